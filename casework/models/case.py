"""The case itself: coded columns only, but for its three sealed texts."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.forms import Field, ModelChoiceField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from casework.case_types import CaseType, case_type
from casework.codes import (
    PARTNERS,
    AgeBand,
    Channel,
    ClosingReason,
    Danger,
    Flag,
    Form,
    Language,
    Matter,
    Relation,
    Sex,
    Wish,
)
from casework.codes import Role as PersonRole
from casework.protection import require_need_to_know, texts_closed
from casework.workflow import FLOW
from privacy.actors import ActorLike
from privacy.blind import alike
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import Deadline, LifeModel
from workflow.state import StateField
from workflow.table import Workflow

# Whose number or name says that two cases may be of one person.
HURT = (PersonRole.VICTIM, PersonRole.CHILD)


def codes(label: Any, choices: type[models.TextChoices]) -> "ArrayField[Any, Any]":
    """A column for several codes of one vocabulary."""
    return ArrayField(
        models.CharField(max_length=32, choices=choices.choices), verbose_name=label, default=list, blank=True
    )


class Case(LifeModel):
    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "casework/_panel.html"
    is_file: ClassVar[bool] = True

    state = StateField(FLOW)
    reference = models.CharField(_("Reference"), max_length=12, unique=True, editable=False)
    alias = models.CharField(_("Alias"), max_length=24, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("Women's federation"), related_name="+")
    first_agency = models.ForeignKey(Agency, models.PROTECT, editable=False, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("Responsible caseworker"),
        null=True,
        blank=True,
        related_name="+",
    )
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name=_("Town"), null=True, blank=True, related_name="+"
    )
    matter = models.CharField(_("Matter"), max_length=32, choices=Matter.choices, default=Matter.DV)
    forms = codes(_("Forms of violence"), Form)
    harms = ArrayField(
        models.CharField(max_length=32), verbose_name=_("Harm done, beyond the forms of violence"), default=list, blank=True
    )  # fmt: skip
    relation = models.CharField(
        _("Relation of the perpetrator to the victim"),
        max_length=32,
        choices=Relation.choices,
        default=Relation.NOT_STATED,
    )
    channel = models.CharField(_("How it came to us"), max_length=32, choices=Channel.choices)
    flags = codes(_("Circumstances"), Flag)
    wishes = codes(_("What she asks for"), Wish)
    language = models.CharField(
        _("Language"), max_length=8, choices=Language.choices, default=Language.CHINESE
    )
    danger = models.CharField(_("Danger"), max_length=16, choices=Danger.choices, default=Danger.UNDETERMINED)
    escalated = models.BooleanField(default=False, editable=False)
    victim_sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN, editable=False)
    victim_age_band = models.CharField(
        max_length=8, choices=AgeBand.choices, default=AgeBand.UNKNOWN, editable=False
    )
    named_petition = models.BooleanField(_("A named, direct petition"), default=False)
    legal_route = models.BooleanField(_("Has to take a legal route"), default=True)
    rights_informed_at = models.DateTimeField(null=True, editable=False)
    children_answered = models.BooleanField(_("A child lives with the violence"), null=True)
    cause = SealedText(_("Cause"), pad=256, max_length=4000, blank=True, null=True)
    wish = SealedText(_("Her own wish"), pad=256, max_length=2000, blank=True, null=True)
    result = SealedText(_("Result"), pad=256, max_length=4000, blank=True, null=True)
    closing_reason = models.CharField(
        _("Reason for closing"), max_length=16, choices=ClosingReason.choices, blank=True
    )
    follow_up_on = models.DateField(_("Day of the follow-up"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    joined_to = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("Case of the same person"), null=True, related_name="joined"
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=["agency", "-created_at", "-id"], name="case_list"),
            # The list of a scope of two or three columns: walked in its order until the page is full.
            models.Index(fields=["-created_at", "-id"], name="case_newest"),
            models.Index(fields=["first_agency", "-created_at"], name="case_first"),
            models.Index(fields=["assignee", "state"], name="case_mine"),
        ]

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation that works on it, and the one of first contact; a duty leader also sees the federations below."""
        if actor.kind != AgencyKind.FEDERATION or actor.role not in {
            Role.OPERATOR,
            Role.CASEWORKER,
            Role.LEAD,
        }:
            return NOTHING
        mine = Q(agency_id=actor.agency_id) | Q(first_agency_id=actor.agency_id)
        if actor.emergency is not None:
            mine |= Q(pk=actor.emergency)
        return mine | Q(agency__parent_id=actor.agency_id) if actor.role == Role.LEAD else mine

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        require_need_to_know(rows, actor=actor, purpose=purpose)

    def closed_to(self, actor: Actor) -> bool:
        """Are its texts closed to this actor, for its protection class?"""
        return texts_closed(self, actor)

    @property
    def type(self) -> CaseType:
        """What this kind of matter needs, as data."""
        return case_type(self.matter)

    @property
    def subject_id(self) -> UUID:
        return self.id

    def facts(self) -> dict[str, Any]:
        """Coded words only; stored with every step."""
        return {
            "matter": self.matter,
            "forms": sorted(self.forms),
            "harms": sorted(self.harms),
            "relation": self.relation,
            "home": str(self.agency_id),
            "channel": self.channel,
            "town": self.area_id,
            "danger": self.danger,
            "flags": sorted(self.flags),
            "sex": self.victim_sex,
            "age_band": self.victim_age_band,
            "closing_reason": self.closing_reason,
        }

    def agency_for(self, owner: str) -> UUID | None:
        """A complaint of harassment that reaches us makes us the unit that received it (L06, our reading)."""
        return self.agency_id if owner in ("wf", "unit_receiving_complaint") else None

    def keeper_id(self) -> UUID | None:
        return self.assignee_id

    @property
    def home_id(self) -> UUID | None:
        return self.agency_id

    def title(self) -> str:
        return f"{self.reference} · {self.alias}"

    def get_absolute_url(self) -> str:
        return reverse("casework:case", args=[self.pk])

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """A case is passed on to another women's federation, to nobody else."""
        if name == "agency" and isinstance(field, ModelChoiceField):
            others = Agency.objects.filter(kind=AgencyKind.FEDERATION, is_active=True)
            field.queryset = others.exclude(pk=self.agency_id)
        if name == "joined_to" and isinstance(field, ModelChoiceField):
            field.queryset = self.perhaps_same(actor)
            field.help_text = _("Only cases in which the same telephone, ID number or name is recorded.")

    def perhaps_same(self, actor: Actor) -> "models.QuerySet[Case]":
        """Other cases of this federation in which somebody hurt carries the same number or name; nothing is opened."""
        people = self.persons.filter(role__in=HURT).values_list("tags", flat=True)
        same = alike((tag for tags in people for tag in tags), "persons__tags")
        others = type(self).objects.visible_to(actor).filter(agency_id=self.agency_id, joined_to=None)
        found = others.filter(same, persons__role__in=HURT).exclude(pk=self.pk).values("pk")
        return type(self).objects.filter(pk__in=found)

    def latest_level(self) -> str | None:
        latest = self.assessments.order_by("-created_at", "-id").values_list("level", flat=True).first()
        return None if latest is None else str(latest)

    def kept_matter(self) -> str | None:
        """The type as it is stored, whatever is being tried on this object."""
        if self._state.adding:
            return None
        return type(self).objects.filter(pk=self.pk).values_list("matter", flat=True).first()

    def has_open_clock(self, clock: str) -> bool:
        return bool(Deadline.objects.live().filter(obj_id=self.pk, clock=clock).exists())

    def may_need_order(self) -> bool:
        return self.matter not in {Matter.EMPLOYMENT, Matter.PROPERTY}

    def scale_applies(self) -> bool:
        """The danger scale speaks of intimate partners only; it says nothing about a child or an old parent."""
        return self.relation in {*PARTNERS, Relation.NOT_STATED} and self.matter in {
            Matter.DV,
            Matter.STALKING,
        }

    def passed_on_properly(self) -> bool:
        before = type(self).objects.filter(pk=self.pk).values_list("agency_id", flat=True).first()
        return before != self.agency_id and self.agency.kind == AgencyKind.FEDERATION
