"""Who is signed in where, from which networks people may come, and what an administrator should look at."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

USER = "agencies.User"


class OpenSession(models.Model):
    """A session in use. Deleting the row ends the session at its next request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(USER, models.CASCADE, related_name="open_sessions")
    began = models.DateTimeField()
    seen = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["-seen"]

    def __str__(self) -> str:
        return str(self.pk)


class Network(models.Model):
    """A network from which people of the agency may work. No row: from anywhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("agencies.Agency", models.CASCADE, related_name="networks")
    cidr = models.CharField(_("Network"), max_length=43)

    class Meta:
        ordering: ClassVar = ["cidr"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "cidr"], name="network_once_per_agency")
        ]

    def __str__(self) -> str:
        return self.cidr


class Alarm(models.Model):
    """Something at the door that a person should look at. Ids and codes only."""

    class Kind(models.TextChoices):
        GUESSED_NAME = "guessed_name", pgettext_lazy("alarm", "One name is guessed at from many places")
        GUESSED_CODE = "guessed_code", pgettext_lazy("alarm", "Wrong second steps after a right password")
        CHANGED_POSTING = (
            "changed_posting",
            pgettext_lazy("alarm", "A posting was changed behind the product"),
        )
        COPIED_KEY = "copied_key", pgettext_lazy("alarm", "A passkey seems to have been copied")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(USER, models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return str(self.pk)
