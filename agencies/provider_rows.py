"""Whom the identity provider's word stands for, and the sign-ins on their way through it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

USER = "agencies.User"


class ProviderLink(models.Model):
    """One subject of one provider is this user, an administrator has said so.

    `subject` is a keyed hash of issuer and subject: the identifier itself is kept nowhere. `mark` binds it to the
    user with a key that the database does not have.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(USER, models.CASCADE, related_name="provider_link")
    subject = models.BinaryField(unique=True, max_length=36)
    mark = models.BinaryField(max_length=36)
    linked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class ProviderTry(models.Model):
    """A browser sent to the provider. `id` is a hash of a secret that only its cookie holds; good once."""

    id = models.BinaryField(primary_key=True, max_length=32)
    at = models.DateTimeField()
    wanted = models.CharField(max_length=400)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="provider_tries")]

    def __str__(self) -> str:
        return bytes(self.pk).hex()[:8]
