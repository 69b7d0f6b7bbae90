"""A protection order, its breaches and the sanctions for them. State changes only through the table."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import EvidenceClass
from casework.codes import Role as PersonRole
from casework.measure import Measure
from casework.models import Case, CasePart, Happened
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from protection_orders import codes as c
from protection_orders.workflow import FLOW, S
from workflow.models import StepRecord
from workflow.state import StateField
from workflow.table import Workflow

NOT_YET_FILED = (S.INFORMED, S.PREPARED, S.NOT_PURSUED)
RENEW_FROM = 45  # days before the end: our own rule, see ppo_renewal_filing
MADE = (S.IN_FORCE, S.SERVED, S.LAPSED, S.REVOKED, S.FED_BACK)


class ProtectionOrder(Measure):
    """`granted` null: granted, contents not known. `lapses_on`: the ruling's own last day, never computed over it."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 10
    panel_template: ClassVar[str] = "protection_orders/_panel.html"

    state = StateField(FLOW)
    applicant = models.CharField(_("Applicant"), max_length=8, choices=c.Applicant, default=c.Applicant.SELF)
    proxy_by = models.CharField(_("Proxy"), max_length=24, choices=c.ProxyBy, blank=True)
    proxy_ground = models.CharField(_("Ground of the proxy"), max_length=12, choices=c.ProxyGround, blank=True)
    victim_will = SealedText(_("Her will, in her words"), pad=256, max_length=1000, blank=True)
    legal_basis = models.CharField(_("Legal basis"), max_length=8, choices=c.Basis, default=c.Basis.ADVL23)
    requested = codes(_("Measures asked for"), c.Measure)
    other_request = SealedText(_("Other measure asked for"), pad=64, max_length=500, blank=True)
    jurisdiction = models.CharField(_("Why this court"), max_length=12, choices=c.Jurisdiction, blank=True)
    urgent = models.BooleanField(_("Urgent: 24 hours"), null=True, blank=True)
    court = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Court"),
        limit_choices_to={"kind": AgencyKind.COURT},
    )  # fmt: skip
    police_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Police station"),
        limit_choices_to={"kind": AgencyKind.POLICE},
    )  # fmt: skip
    evidence = codes(_("Evidence at hand"), EvidenceClass)
    filed_elsewhere = models.BooleanField(_("Filed without the federation; recorded afterwards"), default=False)
    court_number = models.CharField(_("Number at the court"), max_length=40, blank=True)
    ruling_number = models.CharField(_("Number of the ruling"), max_length=40, blank=True)
    granted = codes(_("Measures ordered"), c.Measure)
    granted_known = models.BooleanField(default=False, editable=False)
    other_measure = SealedText(_("Other measure ordered"), pad=64, max_length=500, blank=True)
    validity_months = models.PositiveSmallIntegerField(
        _("Valid for months"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    lapses_on = models.DateField(_("Last day, as printed in the ruling"), null=True, blank=True)
    made_on = models.DateField(null=True, editable=False)
    served_on = codes(_("Served on"), c.Party)
    receiving_officer = SealedText(_("Officer who receives it for the federation"), pad=32, max_length=60, blank=True)
    extend_applied = models.BooleanField(default=False, editable=False)
    vary_applied = models.BooleanField(default=False, editable=False)
    extensions = models.PositiveSmallIntegerField(default=0, editable=False)
    reconsideration_by = models.CharField(max_length=12, choices=c.Party, blank=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["court", "state"], name="order_court"),
            models.Index(fields=["police_agency", "state"], name="order_police"),
            models.Index(fields=["lapses_on"], name="order_live", condition=Q(state__in=["in_force", "served"])),
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; a court what was filed with it; police what was made and is theirs to help with."""
        if actor.role == Role.LIAISON:
            if actor.kind == AgencyKind.COURT:
                return Q(court_id=actor.agency_id) & ~Q(state__in=NOT_YET_FILED)
            if actor.kind == AgencyKind.POLICE:
                return Q(police_agency_id=actor.agency_id, state__in=MADE)
            return NOTHING
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {
            "legal_basis": self.legal_basis,
            "urgent": self.urgent,
            "applicant": self.applicant,
            "proxy_by": self.proxy_by,
            "measures": sorted(self.granted or self.requested),
        }

    def agency_for(self, owner: str) -> UUID | None:
        return {"court": self.court_id, "police": self.police_agency_id}.get(owner) or super().agency_for(owner)

    def case_has_respondent(self) -> bool:
        return self.case.persons.filter(role=PersonRole.RESPONDENT).exists()

    def case_shows_violence(self) -> bool:
        return self.case.incidents.exists() or self.case.assessments.exists()

    def counted_from(self) -> date | None:
        """The first day of the running period: the day it was made, or the last day before an extension."""
        if not self.made_on:
            return self.day_of_move()
        return self.lapses_before_move() if self.extend_applied else self.made_on

    def lapses_before_move(self) -> date | None:
        stored = type(self).objects.filter(pk=self.pk).values_list("lapses_on", flat=True).first()
        return stored or self.made_on

    def day_of_move(self) -> date:
        """The local day of the step being made: its earliest reading."""
        return timezone.localdate(self.moment)

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        left = (self.lapses_on - timezone.localdate()).days if self.lapses_on else None
        return {
            "breaches": list(self.breaches.all()),
            "sanctions": list(self.sanctions.all()),
            "renew": self.is_live and left is not None and left <= RENEW_FROM,
        }

    @property
    def is_live(self) -> bool:
        return self.state in {S.IN_FORCE, S.SERVED}

    @property
    def requested_labels(self) -> list[str]:
        return [str(c.Measure(code).label) for code in self.requested]

    @property
    def granted_labels(self) -> list[str]:
        return [str(c.Measure(code).label) for code in self.granted]


class Breach(Happened, CasePart):
    """One violation of an order. What happened stands, sealed, in the step."""

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="breaches")
    step = models.ForeignKey(StepRecord, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=c.BreachKind)
    found_by = models.CharField(max_length=12, choices=c.FoundBy)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.get_kind_display()


class Sanction(Happened, CasePart):
    """What the court did about a breach. Earlier ones count for the crime of refusing to execute (REF13 3(7))."""

    order = models.ForeignKey(ProtectionOrder, models.PROTECT, related_name="sanctions")
    step = models.ForeignKey(StepRecord, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=c.SanctionKind)
    amount = models.PositiveIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.get_kind_display()
