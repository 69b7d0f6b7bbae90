"""What was shredded, for ever: it only grows, travels with the key ring, and every restore replays it."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Tombstone(models.Model):
    """`owners`: whose data keys are gone; `rows`: rows whose sealed cells were emptied because their key still serves others.

    Ids only. `mac` covers the row and the one before it, so nothing can be put in, changed or taken from the middle.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    n = models.PositiveIntegerField(unique=True)
    subject = models.UUIDField()
    owners = ArrayField(models.UUIDField())
    rows = ArrayField(models.UUIDField())
    at = models.DateTimeField()
    kid = models.PositiveIntegerField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar = ["n"]
        indexes: ClassVar = [models.Index(fields=["subject"], name="tombstone_subject")]

    def __str__(self) -> str:
        return f"tombstone {self.n}"
