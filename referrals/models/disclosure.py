"""The disclosure ledger: what went to whom, when, on which basis (PIPL 23, NDR 12: kept three years)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from casework.models.case import codes
from casework.models.parts import CasePart
from privacy.fields import SealedText
from referrals.codes import Basis, Channel, Item, Service
from referrals.models.consent import Consent
from referrals.models.referral import Referral


class Disclosure(CasePart):
    """Append-only: the database refuses to change or delete a row."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="disclosures", editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Body"))
    service = models.CharField(_("For which service"), max_length=24, choices=Service)
    basis = models.CharField(_("Basis"), max_length=12, choices=Basis)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    items = codes(_("What was passed on"), Item)
    channel = models.CharField(_("How"), max_length=12, choices=Channel)
    reason = SealedText(_("Why without consent"), pad=256, max_length=5000, blank=True, null=True)
    shared_at = models.DateTimeField(_("When"))
    kept_until = models.DateField(_("Kept until at least"))

    class Meta:
        ordering = ("-shared_at", "-id")
        indexes: ClassVar = [models.Index(fields=["case", "-shared_at"], name="disclosure_of_case")]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"

    @property
    def item_labels(self) -> list[str]:
        return [str(Item(item).label) for item in self.items]
