"""A referral to another body: what for, how soon, on which basis, and what of her the body may see."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, IntegerField, Q, Value, When
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.measure import InboxRow, Measure
from casework.models import Case
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from referrals.codes import ALLOWED, GIVERS, NEVER, Basis, Item, Outcome, Refusal, Service, Urgency
from referrals.models.consent import Consent
from referrals.workflow import AT_WORK, FLOW, OPEN, C, S
from workflow.state import StateField
from workflow.table import Workflow

READABLE_AFTER = timedelta(days=14)  # our own rule: how long a receiver may still look after the end
SHOWN = (*OPEN, S.ANSWERED, S.OBJECTED)


class Referral(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 50
    service_column: ClassVar[str] = "service"
    panel_template: ClassVar[str] = "referrals/_panel.html"

    state = StateField(FLOW)
    service = models.CharField(_("Service"), max_length=24, choices=Service)
    urgency = models.CharField(_("How soon"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    receiver = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Receiving body")
    )
    basis = models.CharField(_("Why her data may go there"), max_length=12, choices=Basis, blank=True)
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="referrals", editable=False
    )
    shares = codes(_("What the other body may see"), Item)
    request = SealedText(_("What is asked for"), pad=256, max_length=2000, blank=True, null=True)
    condition = SealedText(_("How she is, in body and mind"), pad=256, max_length=1000, blank=True, null=True)
    companions = SealedText(_("Who comes with her"), pad=256, max_length=500, blank=True, null=True)
    our_contact = SealedText(
        _("Our contact for questions, with number"), pad=64, max_length=100, blank=True, null=True
    )
    limitation_on = models.DateField(
        _("Last day of a limitation period, if one is near"), null=True, blank=True,
        help_text=_("Legal aid only: in the last seven days aid can come before the decision."),
    )  # fmt: skip
    refusal = models.CharField(_("Why it is sent back"), max_length=16, choices=Refusal, blank=True)
    outcome = models.CharField(_("What came of it"), max_length=12, choices=Outcome, blank=True)
    amount = models.PositiveIntegerField(
        _("Sum given, in whole yuan"), null=True, blank=True, validators=[MaxValueValidator(1_000_000)],
        help_text=_("Help with a livelihood only. Leave empty if no money was given or the sum is not known."),
    )  # fmt: skip
    next_receiver = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Next body")
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="following", editable=False
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["receiver", "state"], name="referral_inbox")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; a body what was sent to it, while the basis holds, not a second longer."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        if actor.agency_id is None:
            return NOTHING
        lately = Q(state=S.DONE, outcome__gt="", ended_at__gt=Now() - READABLE_AFTER)
        given = Q(consent__state=C.IN_FORCE, consent__ends_on__gte=timezone.localdate())
        return (
            Q(receiver_id=actor.agency_id) & (Q(state__in=SHOWN) | lately) & (~Q(basis=Basis.CONSENT) | given)
        )

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """As every measure's, with who asks and for what."""
        return [
            InboxRow(row.obj, row.owed, row.deadline, row.moves, "referrals/_owed.html")
            for row in super().inbox_rows(actor)
        ]

    def own_facts(self) -> dict[str, Any]:
        return {
            "service": self.service, "urgency": self.urgency, "basis": self.basis, "refusal": self.refusal,
            "outcome": self.outcome, "amount": self.amount, "receiver": str(self.receiver_id or ""),
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        return super().agency_for(owner) if owner == "wf" else self.receiver_id

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.pk])

    def owed(self) -> str | Promise:
        return {
            S.SENT: _("Accept it or send it back"), S.SEEN: _("Accept it or send it back"),
            S.ACCEPTED: _("Begin, and say how it stands"), S.IN_SERVICE: _("Say what was done"),
            S.OBJECTED: _("Decide on the objection"),
        }.get(S(self.state), super().owed())  # fmt: skip

    def tune(self, name: str, field: forms.Field, actor: Actor) -> None:
        """Bodies that can receive, the usual ones for this service first; items this service may have."""
        if name in ("receiver", "next_receiver") and isinstance(field, forms.ModelChoiceField):
            field.queryset = possible_receivers(self.service)
        if name == "amount" and self.service != Service.LIVELIHOOD:
            field.widget = forms.HiddenInput()
        if name == "shares" and isinstance(field, forms.MultipleChoiceField):
            allowed = ALLOWED.get(self.service, tuple(Item))
            field.choices = [(str(item.value), item.label) for item in Item if item in allowed]

    def consent_on_record(self) -> Consent | None:
        """In force on the day of the move, for exactly this body and this service."""
        rows = Consent.objects.filter(
            case_id=self.case_id, agency=self.receiver, service=self.service, state=C.IN_FORCE,
            ends_on__gte=timezone.localdate(self.moment),
        )  # fmt: skip
        return rows.order_by("-ends_on").first()

    @property
    def share_labels(self) -> list[str]:
        return [str(Item(item).label) for item in self.shares]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def basis_gone(self) -> bool:
        """It still runs, and the consent it rests on has ended: the receiver is shut out until there is a new one."""
        consent = self.consent if self.basis == Basis.CONSENT else None
        return self.is_open and self.basis == Basis.CONSENT and not (
            consent is not None and consent.holds_on(timezone.localdate())
        )  # fmt: skip


def possible_receivers(service: str) -> Any:
    usual = Choose(
        When(kind__in=GIVERS.get(service, ()), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Agency.objects.filter(is_active=True).exclude(kind__in=NEVER)
    return rows.annotate(usual=usual).order_by("usual", F("kind"), "name")
