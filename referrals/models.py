"""A referral to another body: what for, how soon, on which basis."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from referrals.workflow import FLOW, S
from workflow.state import StateField
from workflow.table import Workflow


class Service(models.TextChoices):
    LEGAL_AID = "legal_aid", _("Legal aid")
    MEDICAL = "medical", _("Medical treatment")
    APPRAISAL = "appraisal", _("Injury appraisal")
    COUNSELLING = "counselling", _("Counselling")
    SHELTER = "shelter", _("Emergency shelter")
    LIVELIHOOD = "livelihood", _("Livelihood and work")
    CHILD_PROTECTION = "child_protection", _("Protection of children")
    INTERPRETER = "interpreter", _("Interpreter")
    OTHER = "other", p_("service", "Other service")


class Urgency(models.TextChoices):
    """The grades of the hand-over form; only "within a day" carries a number there."""

    HOURS = "hours", _("Very urgent: within hours")
    URGENT = "urgent", _("Urgent: within a day")
    DAYS = "days", _("Within days")
    NORMAL = "normal", _("Not urgent")


class Basis(models.TextChoices):
    CONSENT = "consent", _("Her own consent for this body")
    DUTY = "duty", _("Statutory duty (PIPL 13(3))")
    EMERGENCY = "emergency", _("Emergency, to protect life (PIPL 13(4))")


class Referral(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 50
    panel_template: ClassVar[str] = "referrals/_panel.html"

    state = StateField(FLOW)
    service = models.CharField(_("Service"), max_length=24, choices=Service)
    urgency = models.CharField(_("How soon"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    receiver = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Receiving body")
    )
    basis = models.CharField(_("Why her data may go there"), max_length=12, choices=Basis, blank=True)
    consent_until = models.DateField(_("Consent ends on"), null=True, blank=True)
    request = SealedText(_("What is asked for"), pad=256, max_length=2000, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["receiver", "state"], name="referral_inbox")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; a body only what was sent to it, and never after withdrawal."""
        if actor.role == Role.LIAISON:
            return Q(receiver_id=actor.agency_id) & ~Q(state__in=[S.DRAFTED, S.WITHDRAWN])
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {"service": self.service, "urgency": self.urgency}

    def agency_for(self, owner: str) -> UUID | None:
        return super().agency_for(owner) if owner == "wf" else self.receiver_id
