"""What is kept beside an order: who was served, who helps, what was asked for, what was broken, what followed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.models import CasePart, Happened
from privacy.fields import SealedText
from privacy.history import sealed_history
from protection_orders import codes as c
from protection_orders.models.order import ProtectionOrder
from workflow.when import Precision, When


def _order(name: str) -> Any:
    return models.ForeignKey(ProtectionOrder, models.PROTECT, related_name=name, editable=False)


class Entry(Happened, CasePart):
    """A row of a register: whoever may see the order may see it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["created_at", "id"]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(order__in=ProtectionOrder.objects.visible_to(actor).order_by())


class ServiceRecord(Entry):
    """One recipient of the order (ADVL 32); a copy for the federation is at the court's discretion (FF10 14)."""

    order = _order("services")
    recipient = models.CharField(_("Served on"), max_length=12, choices=c.Recipient)
    how = models.CharField(_("How it was served"), max_length=12, choices=c.ServedHow, blank=True)

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "recipient"], name="served_once_each")
        ]

    def __str__(self) -> str:
        return self.recipient


class Assistance(Entry):
    """A notice to help execute (协助执行通知书) that reached a body."""

    order = _order("assistances")
    helper = models.CharField(_("Body"), max_length=12, choices=c.Helper)
    verified_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.helper


class Petition(Entry):
    """An application to extend, change or revoke, or a request for reconsideration, and what became of it."""

    order = _order("petitions")
    kind = models.CharField(_("What is asked"), max_length=12, choices=c.PetitionKind)
    party = models.CharField(_("Who asks"), max_length=12, choices=c.Party)
    of_dismissal = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=c.PetitionOutcome, default=c.PetitionOutcome.PENDING)
    grounds = SealedText(_("What is asked for, and why"), pad=256, max_length=5000, blank=True, null=True)
    decided_from = models.DateTimeField(null=True, editable=False)
    decided_to = models.DateTimeField(null=True, editable=False)
    decided_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.UNKNOWN)

    history = sealed_history()

    def __str__(self) -> str:
        return self.kind

    @property
    def decided(self) -> When:
        return When(self.decided_from, self.decided_to, Precision(self.decided_precision))


class Breach(Entry):
    """One violation of an order. `happened`: of the breach itself; `found_at`: when somebody learned of it."""

    order = _order("breaches")
    kind = models.CharField(_("Kind of breach"), max_length=12, choices=c.BreachKind)
    found_by = models.CharField(_("Who found it"), max_length=12, choices=c.FoundBy)
    found_at = models.DateTimeField(null=True, editable=False)
    reported_at = models.DateTimeField(null=True, editable=False)
    account = SealedText(_("What happened, what was seen"), pad=256, max_length=5000, blank=True, null=True)

    history = sealed_history()

    def __str__(self) -> str:
        return self.kind


class Sanction(Entry):
    """What the court did about a breach. A fine or detention counts for the crime of refusing to execute (REF13 3(7))."""

    order = _order("sanctions")
    kind = models.CharField(_("Sanction"), max_length=20, choices=c.SanctionKind)
    amount = models.PositiveIntegerField(_("Fine in yuan"), null=True)
    days = models.PositiveSmallIntegerField(_("Days of detention"), null=True)

    def __str__(self) -> str:
        return self.kind
