"""What a person holds besides a password, and what has been tried with it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import SealedText
from privacy.models import SealedModel

USER = "agencies.User"


class CodeApp(SealedModel):
    """An app on a telephone that shows a code of six digits. Counts once its first code has been typed.

    `last_step`: the half minute of the last code that was taken; no code is taken twice.
    """

    compartment = "staff"
    clear_fields = frozenset({"name"})
    user = models.ForeignKey(USER, models.CASCADE, related_name="code_apps")
    name = models.CharField(_("What it is called"), max_length=40)
    seed = SealedText(pad=64)
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["confirmed_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def seal_owner(self) -> uuid.UUID:
        return self.user_id


class Passkey(models.Model):
    """The public half of a key that never leaves a device."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(USER, models.CASCADE, related_name="passkeys")
    name = models.CharField(_("What it is called"), max_length=40)
    host = models.CharField(max_length=255)
    credential = models.BinaryField(unique=True, max_length=1023)
    public_half = models.BinaryField()
    counter = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["confirmed_at"]

    def __str__(self) -> str:
        return str(self.pk)


class RecoveryCode(models.Model):
    """One of ten codes on paper, each good once. Only its hash is kept; the code has 118 bits."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(USER, models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class FactorTries(models.Model):
    """Wrong second steps of one person since the last right one. Only who knows the password gets here."""

    user = models.OneToOneField(USER, models.CASCADE, primary_key=True, related_name="+")
    wrong = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class FactorReset(models.Model):
    """One administrator asks that a person's second factors be taken away, another one of the agency does it."""

    class Reason(models.TextChoices):
        LOST = "lost", pgettext_lazy("factor reset", "Telephone or key lost")
        BROKEN = "broken", pgettext_lazy("factor reset", "Telephone or key broken or replaced")
        LEFT = "left", pgettext_lazy("factor reset", "Handed over on leaving")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(USER, models.PROTECT, related_name="factor_resets")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=8, choices=Reason)
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(decided_by=None) | ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user"))),
                name="factor_reset_by_two_others",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(decided_at=None), name="factor_reset_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
