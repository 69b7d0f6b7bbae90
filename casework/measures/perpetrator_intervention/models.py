"""The file of a perpetrator: his or her own reference, key, register of readers and steps.

Only this row knows the case it grew out of, and only the case's own workers are led back to it. Nothing here is
sealed with the case's key, written into its timeline, or found by a search for her.
"""

import secrets
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.forms import ChoiceField, Field
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import PARTNERS, AgeBand, Flag, Form, Language, Matter, Relation, Sex, age_band
from casework.codes import Role as PersonRole
from casework.measure import InboxRow, Measure
from casework.measures.perpetrator_intervention import codes as c
from casework.measures.perpetrator_intervention.duties import OWED
from casework.measures.perpetrator_intervention.workflow import FLOW, S
from casework.models import Case, Happened, Person
from casework.models.case import codes
from casework.reference import ALPHABET
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.state import StateField
from workflow.table import Workflow

SEEN_AFTER_END = timedelta(days=90)  # how long a body still sees a file that is over: our own rule
HOLDERS = (
    AgencyKind.JUSTICE, AgencyKind.POLICE, AgencyKind.COMMITTEE, AgencyKind.GOVERNANCE_CENTRE, AgencyKind.HOSPITAL,
    AgencyKind.CIVIL_AFFAIRS,
)  # fmt: skip


COUNTED = ("held", "attendance", "breach", "outcome")


def new_reference() -> str:
    """Of its own series: nothing in it leads to the case."""
    return "GY-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


class PerpetratorIntervention(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 45
    panel_template: ClassVar[str] = "perpetrator_intervention/_panel.html"

    state = StateField(FLOW)
    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    basis = models.CharField(_("Why"), max_length=12, choices=c.Basis, default=c.Basis.VIOLENCE)
    programme = models.CharField(_("Programme"), max_length=12, choices=c.Programme, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("Body that holds it"), null=True, blank=True,
        limit_choices_to={"kind__in": HOLDERS, "is_active": True},
    )  # fmt: skip
    planned = models.PositiveSmallIntegerField(_("Sessions planned"), null=True, blank=True)
    next_on = models.DateField(_("Next session"), null=True, blank=True)
    against = models.CharField(max_length=8, choices=c.Against, default=c.Against.OTHER, editable=False)
    forms = codes(_("Forms of violence"), Form)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN, editable=False)
    age_band = models.CharField(max_length=8, choices=AgeBand, default=AgeBand.UNKNOWN, editable=False)
    language = models.CharField(_("Language"), max_length=8, choices=Language, default=Language.CHINESE)
    weapon = models.BooleanField(default=False, editable=False)
    name = SealedText(_("Name"), pad=32, max_length=60, blank=True, null=True)
    phone = SealedText(_("Phone"), pad=32, max_length=20, blank=True, null=True)
    attended = models.PositiveSmallIntegerField(default=0, editable=False)
    missed_in_row = models.PositiveSmallIntegerField(default=0, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="intervention_holder")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The workers of the case; and the body that holds the sessions, from when it is asked to some time after."""
        if actor.role == Role.LIAISON:
            lately = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate() - SEEN_AFTER_END)
            return Q(agency_id=actor.agency_id) & ~Q(state=S.PROPOSED) & lately
        if actor.role not in {Role.CASEWORKER, Role.LEAD}:
            return NOTHING
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    @property
    def subject_id(self) -> UUID:
        return self.pk

    def seal_owner(self) -> UUID:
        return self.pk

    def facts(self) -> dict[str, Any]:
        """Not those of the case: only what a count of this work needs."""
        asked: dict[str, Any] = {name: self.asked[name] for name in COUNTED if name in self.asked}
        return {
            "home": str(self.home_id), "basis": self.basis, "programme": self.programme, "against": self.against,
            "attended": self.attended, **asked,
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        return self.home_id if owner == "wf" else None

    def title(self) -> str:
        return f"{self.flow.label} · {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("perpetrator_intervention:file", args=[self.pk])

    def owed(self) -> str | Promise:
        return OWED.get(S(self.state), self.state_label)

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """Those of the case by number; a name stands in no list."""
        if name == "whom" and isinstance(field, ChoiceField):
            people = self.respondents()
            words = (
                (str(n), f"{n} · {p.get_relation_to_victim_display() or p}") for n, p in enumerate(people, 1)
            )
            field.choices = list(words) if len(people) > 1 else []

    def respondents(self) -> list[Person]:
        return list(Person.objects.filter(case_id=self.case_id, role=PersonRole.RESPONDENT))

    def whom(self) -> Person | None:
        """The one who was chosen, or the only one; without a name nobody can be invited."""
        people, number = self.respondents(), str(self.asked.get("whom") or "")
        if number.isdigit() and 0 < int(number) <= len(people):
            people = [people[int(number) - 1]]
        return people[0] if len(people) == 1 and people[0].name else None

    def coded_facts_of(self, person: Person) -> dict[str, Any]:
        return {
            "against": _against(self.case), "forms": sorted(self.case.forms), "sex": person.sex,
            "age_band": age_band(person.age), "language": person.language, "weapon": Flag.WEAPON in self.case.flags,
        }  # fmt: skip

    @property
    def is_late(self) -> bool:
        """The day of the next session has passed and nothing was recorded for it."""
        return self.state == S.RUNNING and self.next_on is not None and self.next_on < timezone.localdate()

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        rows: list[tuple[Any, InboxRow]] = [(row.obj, row) for row in super().inbox_rows(actor)]
        rows.sort(key=lambda pair: pair[0].next_on or timezone.localdate(pair[0].created_at))
        return [
            InboxRow(obj, row.owed, row.deadline, row.moves, "perpetrator_intervention/_owed.html")
            for obj, row in rows
        ]


def _against(case: Case) -> str:
    """As coarse as the work needs it."""
    if case.matter in {Matter.CHILD_ABUSE, Matter.CHILD_SEXUAL_ABUSE}:
        return c.Against.CHILD
    if case.matter == Matter.ELDER_ABUSE:
        return c.Against.ELDER
    if case.relation in PARTNERS:
        return c.Against.PARTNER
    minor = case.victim_age_band in {AgeBand.UNDER_6, AgeBand.UNDER_14, AgeBand.UNDER_18}
    return c.Against.CHILD if case.relation == Relation.PARENT_CHILD and minor else c.Against.OTHER


class Entry(Happened, SealedModel):
    """A row of the file, sealed with its key. A body sees what it recorded itself: what the federation wrote down
    may come from her."""

    created_at = models.DateTimeField(auto_now_add=True)
    held_by = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False, null=True)
    account = SealedText(_("What was said or happened"), pad=256, max_length=5000, blank=True, null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["created_at", "id"]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        seen = Q(file__in=PerpetratorIntervention.objects.visible_to(actor).order_by())
        return seen & Q(held_by_id=actor.agency_id) if actor.role == Role.LIAISON else seen


class Session(Entry):
    file = models.ForeignKey(PerpetratorIntervention, models.PROTECT, related_name="sessions", editable=False)
    held = models.CharField(_("What was held"), max_length=12, choices=c.Programme)
    attendance = models.CharField(_("Attendance"), max_length=8, choices=c.Attendance)
    attitude = models.CharField(_("Attitude"), max_length=8, choices=c.Attitude, blank=True)

    history = sealed_history()

    def __str__(self) -> str:
        return self.attendance

    def seal_owner(self) -> UUID:
        return self.file_id


class Breach(Entry):
    file = models.ForeignKey(PerpetratorIntervention, models.PROTECT, related_name="breaches", editable=False)
    kind = models.CharField(p_("intervention", "Kind of breach"), max_length=12, choices=c.BreachKind)

    history = sealed_history()

    def __str__(self) -> str:
        return self.kind

    def seal_owner(self) -> UUID:
        return self.file_id
