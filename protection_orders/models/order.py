"""A protection order. Its registers are in registers.py. State changes only through the table."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.forms import Field, ModelChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import EvidenceClass, Relation
from casework.codes import Role as PersonRole
from casework.measure import InboxRow, Measure
from casework.models import Case, Person
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from protection_orders import codes as c
from protection_orders.dates import last_day
from protection_orders.duties import is_duty
from protection_orders.workflow import FLOW, S
from workflow.state import StateField
from workflow.table import Workflow

NOT_YET_FILED = (S.INFORMED, S.PREPARED, S.NOT_PURSUED)
MADE = (S.IN_FORCE, S.SERVED, S.LAPSED, S.REVOKED, S.FED_BACK)
RENEW_FROM = 45  # days before the end: our own rule, see ppo_renewal_filing
# The answers of a move that are codes or numbers: they are counted.
ASKED_FACTS = ("breach", "found_by", "sanction_kind", "amount", "days", "party", "change", "why_not")
SEEN_AFTER_END = timedelta(days=90)  # how long another body still sees an order that is over: our own rule


def _agency(label: Any, kind: AgencyKind) -> Any:
    return models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label,
        limit_choices_to={"kind": kind, "is_active": True},
    )  # fmt: skip


class ProtectionOrder(Measure):
    """`granted` empty and `granted_known` false: the contents are not known. `lapses_on`: the ruling's own last day."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 10
    panel_template: ClassVar[str] = "protection_orders/_panel.html"

    state = StateField(FLOW)
    applicant = models.CharField(_("Applicant"), max_length=8, choices=c.Applicant, default=c.Applicant.SELF)
    proxy_by = models.CharField(_("Proxy"), max_length=24, choices=c.ProxyBy, blank=True)
    proxy_ground = models.CharField(
        _("Ground of the proxy"), max_length=12, choices=c.ProxyGround, blank=True
    )
    victim_will = SealedText(_("Her will, in her words"), pad=256, max_length=1000, blank=True, null=True)
    respondent = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Respondent"),
        help_text=_("Only needed where the case has several."),
    )  # fmt: skip
    relation = models.CharField(
        _("Relation of the respondent to her"), max_length=32, choices=Relation.choices, blank=True,
        help_text=_("Empty: as in the case."),
    )  # fmt: skip
    protects = codes(_("Whom it protects"), c.Protects)
    legal_basis = models.CharField(_("Legal basis"), max_length=8, choices=c.Basis, default=c.Basis.ADVL23)
    requested = codes(_("Measures asked for"), c.Measure)
    other_request = SealedText(_("Other measure asked for"), pad=64, max_length=500, blank=True, null=True)
    evidence = codes(_("Evidence at hand"), EvidenceClass)
    jurisdiction = models.CharField(_("Why this court"), max_length=12, choices=c.Jurisdiction, blank=True)
    urgent = models.BooleanField(_("Urgent: 24 hours"), null=True, blank=True)
    court = _agency(_("Court"), AgencyKind.COURT)
    police_agency = _agency(_("Police station"), AgencyKind.POLICE)
    committee = _agency(_("Committee"), AgencyKind.COMMITTEE)
    service_address = SealedText(
        _("Address for service"), pad=64, max_length=200, blank=True, null=True,
        help_text=_("Where papers may be sent. Never where she lives now, if he must not know it."),
    )  # fmt: skip
    employer_consent = models.BooleanField(
        _("She agrees that his employer receives it"), null=True, blank=True
    )
    filed_elsewhere = models.BooleanField(
        _("Filed without the federation; recorded afterwards"), default=False
    )
    court_number = models.CharField(_("Number at the court"), max_length=40, blank=True)
    ruling_number = models.CharField(_("Number of the ruling"), max_length=40, blank=True)
    granted = codes(_("Measures ordered"), c.Measure)
    granted_known = models.BooleanField(default=False, editable=False)
    other_measure = SealedText(_("Other measure ordered"), pad=64, max_length=500, blank=True, null=True)
    validity_months = models.PositiveSmallIntegerField(_("Valid for months"), null=True, blank=True)
    validity_days = models.PositiveSmallIntegerField(_("and days"), null=True, blank=True)
    lapses_on = models.DateField(_("Last day, as printed in the ruling"), null=True, blank=True)
    made_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    served_on = codes(_("Served on"), c.Recipient)
    served_how = models.CharField(_("How it was served"), max_length=12, choices=c.ServedHow, blank=True)
    receiving_officer = SealedText(
        _("Officer who receives it for the federation"), pad=32, max_length=60, blank=True, null=True
    )
    helped_by = ArrayField(models.CharField(max_length=12), default=list, editable=False)
    verified = models.BooleanField(default=False, editable=False)
    extend_applied = models.BooleanField(default=False, editable=False)
    vary_applied = models.BooleanField(default=False, editable=False)
    revoke_applied = models.BooleanField(default=False, editable=False)
    reconsideration_by = models.CharField(max_length=12, choices=c.Party, blank=True, editable=False)
    extensions = models.PositiveSmallIntegerField(default=0, editable=False)
    breach_count = models.PositiveSmallIntegerField(default=0, editable=False)
    unreported = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["court", "state"], name="order_court"),
            models.Index(fields=["police_agency", "state"], name="order_police"),
            models.Index(fields=["committee", "state"], name="order_committee"),
            models.Index(
                fields=["lapses_on"], name="order_live", condition=Q(state__in=["in_force", "served"])
            ),
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; a court what was filed with it; police and committee what was made and is theirs."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        lately = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate() - SEEN_AFTER_END)
        match actor.kind:
            case AgencyKind.COURT:
                return Q(court_id=actor.agency_id) & ~Q(state__in=NOT_YET_FILED) & lately
            case AgencyKind.POLICE:
                return Q(police_agency_id=actor.agency_id, state__in=MADE) & lately
            case AgencyKind.COMMITTEE:
                return Q(committee_id=actor.agency_id, state__in=MADE) & lately
        return NOTHING

    def own_facts(self) -> dict[str, Any]:
        """Codes only. `measures` null: not known. What the move itself asked for is counted by its step."""
        return {
            "legal_basis": self.legal_basis, "urgent": self.urgent, "applicant": self.applicant,
            "proxy_by": self.proxy_by, "proxy_ground": self.proxy_ground, "jurisdiction": self.jurisdiction,
            "requested": sorted(self.requested) or None, "measures": sorted(self.granted) or None,
            "evidence": sorted(self.evidence), "filed_elsewhere": self.filed_elsewhere, "outcome": self.state,
            "extensions": self.extensions, "breaches": self.breach_count,
            **{name: self.asked[name] for name in ASKED_FACTS if name in self.asked},
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        known = {"court": self.court_id, "police": self.police_agency_id, "committee": self.committee_id}
        return known[owner] if owner in known else super().agency_for(owner)

    def get_absolute_url(self) -> str:
        return reverse("protection_orders:order", args=[self.pk])

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """The respondent is one of this case's; no name stands in the list."""
        if name == "respondent" and isinstance(field, ModelChoiceField):
            rows = list(self.respondents())
            numbers = {row.pk: n for n, row in enumerate(rows, 1)}
            picker: Any = field
            picker.queryset = self.respondents()
            picker.label_from_instance = lambda row: (
                f"{numbers.get(row.pk)} · {row.get_relation_to_victim_display() or row}"
            )

    def respondents(self) -> "models.QuerySet[Person]":
        return Person.objects.filter(case_id=self.case_id, role=PersonRole.RESPONDENT)

    def has_one_respondent(self) -> bool:
        return self.respondent_id is not None or self.respondents().count() == 1

    def case_shows_violence(self) -> bool:
        return self.case.incidents.exists() or self.case.assessments.exists()

    def another_is_pending(self) -> bool:
        """One against another respondent of the same case is no obstacle."""
        others = ProtectionOrder.objects.filter(
            case_id=self.case_id, state__in=(S.FILED, S.ACCEPTED)
        ).exclude(pk=self.pk)
        if self.respondent_id is not None:
            others = others.filter(Q(respondent_id=self.respondent_id) | Q(respondent=None))
        return others.exists()

    @property
    def last_day(self) -> date | None:
        """The day of the ruling; failing that, counted from its length; failing that, not known."""
        return self.lapses_on or last_day(
            self.made_on or self.day_of_move(), self.validity_months, self.validity_days
        )

    def counted_from(self) -> date | None:
        """The first day of the running period: the day it was made, or the last day before an extension."""
        if not self.made_on:
            return self.day_of_move()
        return self.end_before_move() if self.extend_applied else self.made_on

    def end_before_move(self) -> date | None:
        """The last day as it stood before the move at hand."""
        return self.__dict__.get("end_as_saved")

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        found = super().from_db(db, field_names, values)
        found.__dict__["end_as_saved"] = found.__dict__.get("lapses_on")
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.__dict__["end_as_saved"] = self.lapses_on

    def day_of_move(self) -> date:
        """The local day of the step being made: its earliest reading."""
        return timezone.localdate(self.moment)

    def served_before(self) -> set[str]:
        return set(self.services.values_list("recipient", flat=True))

    def already_reconsidered(self, party: str) -> bool:
        """Once against the dismissal or the order as it stands; a later order may be reconsidered again."""
        rows = self.petitions.filter(kind=c.PetitionKind.RECONSIDER, party=party)
        return bool(party) and rows.filter(of_dismissal=self.state == S.DISMISSED).exists()

    @property
    def requested_labels(self) -> list[str]:
        return [str(c.Measure(code).label) for code in self.requested]

    @property
    def granted_labels(self) -> list[str]:
        return [str(c.Measure(code).label) for code in self.granted]

    @property
    def evidence_labels(self) -> list[str]:
        return [str(EvidenceClass(code).label) for code in self.evidence]

    @property
    def is_live(self) -> bool:
        return self.state in {S.IN_FORCE, S.SERVED}

    def wants_visits(self) -> bool:
        """She is visited while the order protects her (FF10 18)."""
        return self.is_live

    @property
    def is_made(self) -> bool:
        return self.made_on is not None or self.state in MADE

    @property
    def days_left(self) -> int | None:
        return (self.lapses_on - timezone.localdate()).days if self.is_live and self.lapses_on else None

    @property
    def renewable(self) -> bool:
        """Close to its end, and nobody has asked to extend it yet."""
        left = self.days_left
        return left is not None and 0 <= left <= RENEW_FROM and not self.extend_applied

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """What a liaison owes: what its body can do next, or a clock of its own; the rest is on the order's page."""
        rows = super().inbox_rows(actor)
        found = [(row, [m for m in row.moves if is_duty(row.obj, m.move.name, actor)]) for row in rows]
        return [
            InboxRow(row.obj, row.owed, row.deadline, moves, "protection_orders/_owed.html")
            for row, moves in found
            if row.deadline or moves
        ]
