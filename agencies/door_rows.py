"""Who is signed in where, and from which networks people may come."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

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
