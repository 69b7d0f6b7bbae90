"""A mandatory report. Who made it is no column of this: it lies in the reporter's compartment of the case."""

import secrets
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.codes import Role as PersonRole
from casework.measure import InboxRow, Measure
from casework.measures.mandatory_report.codes import Duty, Feedback, FoundHow, Origin, Situation, Unable, Unit
from casework.measures.mandatory_report.workflow import FLOW
from casework.models import Case
from casework.models.case import codes
from casework.models.parts import Happened
from casework.reference import ALPHABET
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import Deadline
from workflow.state import StateField
from workflow.table import Workflow


def new_receipt() -> str:
    """Two groups of four: read over the telephone, never guessed together with the query code."""
    groups = ("".join(secrets.choice(ALPHABET) for _letter in range(4)) for _group in range(2))
    return "QB-" + "-".join(groups)


def mark(kind: str, value: object) -> str:
    """A keyed digest: two equal values have the same one, and nobody without the key learns the value."""
    return salted_hmac(f"mandatory_report.{kind}", str(value), algorithm="sha256").hexdigest()


def asked_of(actor: Actor, state: str) -> str | Promise:
    """What the row in the inbox of a body asks for."""
    if actor.kind == AgencyKind.PROCURATORATE:
        return _("Say what you did about it")
    if state in {"found", "reported"}:
        return _("Take it up, and answer with the number of the receipt")
    return _("Feed back how far it has come")


class MandatoryReport(Happened, Measure):
    """`happened_*`: when the harm was found. `sender`: keyed mark of the agency account it came from."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 10
    panel_template: ClassVar[str] = "mandatory_report/_panel.html"
    page_texts = ("place", "account", "injury", "materials", "officer")
    page_roles = (PersonRole.VICTIM, PersonRole.CHILD, PersonRole.RESPONDENT, PersonRole.GUARDIAN)

    state = StateField(FLOW)
    receipt = models.CharField(
        _("Receipt number"), max_length=16, unique=True, default=new_receipt, editable=False
    )
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.FEDERATION, editable=False)
    duty = models.CharField(_("Who was harmed"), max_length=12, choices=Duty, default=Duty.MINOR)
    situations = codes(_("Situation"), Situation)
    unable_reasons = codes(_("Why this adult cannot report"), Unable)
    unit = models.CharField(
        _("Kind of body that found it"), max_length=16, choices=Unit, default=Unit.FEDERATION
    )
    found_how = models.CharField(_("How it was found"), max_length=16, choices=FoundHow, blank=True)
    place = SealedText(_("Where"), pad=64, max_length=200, blank=True, null=True)
    injury = SealedText(_("Injuries seen"), pad=256, max_length=2000, blank=True, null=True)
    account = SealedText(_("What was seen or heard"), pad=256, max_length=4000)
    materials = SealedText(
        _("Photos, records and other material at hand"), pad=256, max_length=2000, blank=True, null=True
    )
    sender_told_police = models.BooleanField(
        _("The reporter has told the police already"), default=False, editable=False
    )
    police_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("Police station"), null=True, blank=True,
        limit_choices_to={"kind": AgencyKind.POLICE, "is_active": True},
    )  # fmt: skip
    station = models.CharField(_("Station, if not in the list"), max_length=80, blank=True)
    officer = SealedText(_("Officer who took it"), pad=32, max_length=60, blank=True, null=True)
    police_receipt = models.CharField(_("Number of the police receipt"), max_length=40, blank=True)
    filed_with = models.CharField(_("Superior body it was filed with"), max_length=80, blank=True)
    feedback = models.CharField(max_length=16, choices=Feedback, blank=True, editable=False)
    transfer_on = models.DateField(_("Day of the transfer"), null=True, blank=True)
    missed_unit = models.CharField(
        _("Kind of body that did not report"), max_length=16, choices=Unit, blank=True
    )
    procuratorate = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True, editable=False)
    clue_answered = models.BooleanField(default=False, editable=False)
    reported = models.BooleanField(default=False, editable=False)
    open_to_police = models.BooleanField(default=False, editable=False)
    chased = models.PositiveSmallIntegerField(default=0, editable=False)
    proposed_by = models.UUIDField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    form_mark = models.CharField(max_length=64, blank=True, editable=False)
    query_mark = models.CharField(max_length=64, blank=True, editable=False)
    sender = models.CharField(max_length=64, blank=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["police_agency", "state"], name="report_inbox"),
            models.Index(fields=["digest"], name="report_digest", condition=~Q(digest="")),
            models.Index(fields=["sender"], name="report_sender", condition=~Q(sender="")),
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; the police of the place once it is theirs; the procuratorate what was sent to it."""
        if actor.role == Role.LIAISON and actor.kind == AgencyKind.POLICE:
            return Q(police_agency_id=actor.agency_id, open_to_police=True)
        if actor.role == Role.LIAISON and actor.kind == AgencyKind.PROCURATORATE:
            return Q(procuratorate_id=actor.agency_id)
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {
            "duty": self.duty, "situations": sorted(self.situations), "unit": self.unit, "origin": self.origin,
            "feedback": self.feedback, "missed_unit": self.missed_unit,
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        return self.police_agency_id if owner == "police" else super().agency_for(owner)

    def person_fields_for(self, actor: Actor) -> tuple[str, ...]:
        """The police must find them; the procuratorate reads what happened to whom, not where they can be reached."""
        return (
            ("name",) if actor.kind == AgencyKind.PROCURATORATE else ("name", "phone", "id_number", "address")
        )

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """The state says what we owe; another body reads what is asked of it."""
        found = []
        for row in super().inbox_rows(actor):
            report = row.obj
            if isinstance(report, cls) and (row.deadline or report.waits_for(actor)):
                found.append(replace(row, owed=asked_of(actor, report.state)))
        return found

    def waits_for(self, actor: Actor) -> bool:
        """Does this body still owe an answer, clock or not?"""
        if actor.kind == AgencyKind.PROCURATORATE:
            return not self.clue_answered
        return self.state in {"found", "proposed", "reported"}

    def filed_before(self) -> bool:
        return bool(type(self).objects.filter(pk=self.pk).exclude(filed_with="").exists())

    def feedback_overdue(self) -> bool:
        """Their three days are over, or they did not even take it up when they were asked again."""
        rows = Deadline.objects.filter(obj_id=self.pk, clock="mr_police_feedback_3d")
        late = rows.filter(Q(state="missed") | Q(closed_at=None, legal_expiry__lt=self.moment))
        return bool(late.exists()) or (self.state == "reported" and self.chased > 0)

    @property
    def situation_labels(self) -> list[str]:
        return [str(Situation(code).label) for code in self.situations]

    @property
    def unable_labels(self) -> list[str]:
        return [str(Unable(code).label) for code in self.unable_reasons]

    @property
    def waits_for_report(self) -> bool:
        return not self.reported and self.state in {"found", "proposed"}


class Knock(models.Model):
    """A report sent or a query made from outside: a keyed mark of where from, kept for a day, to slow down guessing."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)
    place = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "place", "at"], name="report_knock")]

    def __str__(self) -> str:
        return self.kind
