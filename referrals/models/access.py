"""What opens a referral to its receiver besides an account: evidence attached to it, and one-time codes."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models

from agencies.actor import Actor
from agencies.kinds import Role
from casework.models import Evidence
from referrals.models.referral import Referral


class Attachment(models.Model):
    """One entry of the evidence register that goes with a referral."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="attachments")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    attached_by = models.UUIDField()
    attached_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["attached_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "evidence"], name="attached_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HandOverCode(models.Model):
    """A code for a partner without an account. Only its keyed digest is kept; it opens one sitting, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="hand_over_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def is_good(self, now: datetime) -> bool:
        return self.used_at is None and self.void_at is None and now < self.expires_at

    @property
    def actor(self) -> Actor:
        """Whoever holds it acts for the receiving body; the id in the registers is that of the code."""
        receiver = self.referral.receiver
        assert receiver is not None
        return Actor(self.pk, None, receiver.pk, receiver.kind, Role.LIAISON)
