"""A warning letter asked for, issued, served and visited. State changes only through the table."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.forms import Field, ModelChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.codes import Flag, Relation
from casework.codes import Role as PersonRole
from casework.measure import InboxRow, Measure
from casework.measures.warning_letter import codes as c
from casework.measures.warning_letter.duties import OWED, is_duty
from casework.measures.warning_letter.needs import CLEAN_VISITS
from casework.measures.warning_letter.workflow import FLOW, STANDING, S
from casework.models import Case, Incident, Person, SafetyPlan
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow

LetterType, Origin, Ground = c.LetterType, c.Origin, c.Ground
SEEN_AFTER_END = timedelta(days=90)  # how long the station still sees a letter that is over: our own rule
WAS_ISSUED = Q(state__in=[*STANDING, S.ENDED, S.PENALISED, S.PROSECUTED])


class WarningLetter(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 20
    panel_template: ClassVar[str] = "warning_letter/_panel.html"

    state = StateField(FLOW)
    letter_type = models.CharField(
        _("Type of letter"), max_length=16, choices=c.LetterType, default=c.LetterType.VIOLENCE
    )
    origin = models.CharField(_("Who asked"), max_length=16, choices=c.Origin, default=c.Origin.FEDERATION)
    grounds = ArrayField(
        models.CharField(max_length=24, choices=c.Ground), verbose_name=_("Grounds"), default=list, blank=True
    )
    police_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("Police station"),
        limit_choices_to={"kind": AgencyKind.POLICE, "is_active": True}, null=True, blank=True,
    )  # fmt: skip
    case_number = models.CharField(_("Police case number"), max_length=40, blank=True)
    spot_due = models.BooleanField(
        _("The facts are clear and he or she refuses criticism: the letter is due on the spot"), default=False
    )
    letter_number = models.CharField(_("Number of the letter"), max_length=40, blank=True)
    on_the_spot = models.BooleanField(_("Issued on the spot"), default=False)
    second_letter_reason = SealedText(
        _("Why a letter again and no penalty"), max_length=1000, blank=True, null=True
    )
    served_to = models.CharField(
        _("Who received her copy"), max_length=16, choices=c.ServedTo, blank=True,
        help_text=_("A minor or a person without full capacity: her guardian, never the perpetrator."),
    )  # fmt: skip
    refused_to_sign = models.BooleanField(_("Refused to sign"), default=False)
    refusal_on_video = models.BooleanField(_("Refusal noted and recorded on video"), default=False)
    was_served = models.BooleanField(default=False, editable=False)
    notice_noted = models.BooleanField(default=False, editable=False)
    first_visit_done = models.BooleanField(default=False, editable=False)
    clean_visits = models.PositiveSmallIntegerField(default=0, editable=False)
    relapses = models.PositiveSmallIntegerField(default=0, editable=False)
    relapse_kind = models.CharField(_("What kind"), max_length=12, choices=c.RelapseKind, blank=True)
    relapsed_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["police_agency", "state"])]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; police what was asked of their own station, and for a while what is over."""
        if actor.role == Role.LIAISON and actor.kind == AgencyKind.POLICE:
            lately = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate() - SEEN_AFTER_END)
            return Q(police_agency=actor.agency_id) & ~Q(state=S.DRAFTED) & lately
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def case_has(self, what: str) -> bool:
        """One of the questions of `_about`; a list asks them for all its rows at once."""
        known = self.__dict__.get(f"has_{what}")
        return bool(_about(self.case_id, self.pk)[what].exists() if known is None else known)

    def own_facts(self) -> dict[str, Any]:
        return {
            "letter_type": self.letter_type, "refused_to_sign": self.refused_to_sign, "second": self.case_has("earlier"),
            "origin": self.origin, "grounds": sorted(self.grounds), "on_the_spot": self.on_the_spot,
            "served_to": self.served_to, "relapse_kind": self.relapse_kind, "clean_visits": self.clean_visits,
            **{name: self.asked[name] for name in ("penalty", "ground", "found_by") if name in self.asked},
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        return self.police_agency_id if owner == "police" else super().agency_for(owner)

    def get_absolute_url(self) -> str:
        return reverse("warning_letter:letter", args=[self.pk])

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """A station that was closed stays where it was already chosen."""
        if name == "police_agency" and self.police_agency_id and isinstance(field, ModelChoiceField):
            field.queryset = Agency.objects.filter(
                Q(pk=self.police_agency_id) | Q(kind=AgencyKind.POLICE, is_active=True)
            )

    @property
    def concerns_violence(self) -> bool:
        return self.letter_type == c.LetterType.VIOLENCE

    @property
    def must_be_issued(self) -> bool:
        """A ground named by GJ34 6 or IMAR 22; what nobody named is left to the police."""
        return any(ground != c.Ground.OTHER for ground in self.grounds) or bool(
            c.PROTECTED & set(self.case.flags)
        )

    @property
    def visit_counts(self) -> int:
        """What a clean visit adds to the row. Whether the first, 7-day visit counts is open (law.md Q3): a setting."""
        return int(self.first_visit_done or settings.LETTER_COUNTS_FIRST_VISIT)

    @property
    def clean_visit_goal(self) -> int:
        return CLEAN_VISITS

    @property
    def needs_guardian(self) -> bool:
        """A minor, or no or limited legal capacity (IMAR 24)."""
        return bool(c.UNABLE & set(self.case.flags)) or self.case_has("unable")

    @property
    def guardian_is_suspect(self) -> bool:
        """Said so, or plain from who did it to whom."""
        marked = Flag.GUARDIAN_SUSPECT in self.case.flags or self.case_has("suspected")
        parent = self.case.relation == Relation.PARENT_CHILD and self.needs_guardian
        return marked or parent or self.case.relation == Relation.GUARDIAN

    @property
    def ground_labels(self) -> list[str]:
        return [str(c.Ground(ground).label) for ground in self.grounds]

    @property
    def is_visited(self) -> bool:
        return self.was_served and self.concerns_violence

    def owed(self) -> str | Promise:
        return OWED.get(S(self.state), (self.state_label, ()))[0]

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """What the station is waited for; the rest can be done on the page of the letter."""
        rows = [
            (row, [m for m in row.moves if is_duty(row.obj, m.move.name, actor)])
            for row in super().inbox_rows(actor)
        ]
        return [
            InboxRow(row.obj, row.owed, row.deadline, moves, "warning_letter/_owed.html")
            for row, moves in rows
            if row.deadline or moves
        ]

    @classmethod
    def inbox_objects(cls, actor: Actor) -> "models.QuerySet[WarningLetter]":
        """With what the needs ask of the case, so that a long list costs no more than a short one."""
        about = _about(OuterRef("case_id"), OuterRef("pk"))
        found: models.QuerySet[WarningLetter] = super().inbox_objects(actor)
        return found.annotate(**{f"has_{k}": Exists(v) for k, v in about.items()})


def _about(case: Any, letter: Any) -> dict[str, "models.QuerySet[Any]"]:
    """Questions about the case that a step depends on (W07, W09, W18, F03)."""
    victims = Person.objects.filter(case_id=case, role=PersonRole.VICTIM)
    earlier = WarningLetter.objects.filter(WAS_ISSUED, case_id=case).exclude(pk=letter)
    return {
        "respondent": Person.objects.filter(case_id=case, role=PersonRole.RESPONDENT),
        "incident": Incident.objects.filter(case_id=case),
        "plan": SafetyPlan.objects.filter(case_id=case),
        "earlier": earlier,
        "unable": victims.filter(Q(flags__overlap=sorted(c.UNABLE)) | Q(age__lt=18)),
        "suspected": victims.filter(flags__contains=[Flag.GUARDIAN_SUSPECT]),
    }
