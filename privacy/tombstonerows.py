"""What was decided over files: it only grows, travels with the key ring, and every restore replays it."""

import uuid
from pathlib import Path
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from privacy.signedlist import Entry, beside, moment


class Tombstone(Entry):
    """`owners`: whose data keys are gone; `rows`: rows whose sealed cells were emptied because their key still serves others.

    Ids only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField()
    owners = ArrayField(models.UUIDField())
    rows = ArrayField(models.UUIDField())

    told_as: ClassVar[str] = "what was shredded"

    class Meta(Entry.Meta):
        indexes: ClassVar = [models.Index(fields=["subject"], name="tombstone_subject")]

    def __str__(self) -> str:
        return f"tombstone {self.n}"

    def signed(self) -> list[bytes]:
        ids = (b"".join(one.bytes for one in group) for group in (self.owners, self.rows))
        head = (b"tombstone", self.n.to_bytes(4, "big"), self.id.bytes, self.subject.bytes, moment(self.at))
        return [*head, *ids]

    @classmethod
    def path(cls) -> Path:
        return beside("")


class Ruling(Entry):
    """A mark over a file that was laid, or one that was lifted: a hold, closed to all but the duty leaders.

    `mark` is the mark's id, `by` who decided. Ids and codes only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.UUIDField()
    subject = models.UUIDField()
    kind = models.CharField(max_length=12)
    why = models.CharField(max_length=12)
    by = models.UUIDField()
    lifted = models.BooleanField(default=False)

    told_as: ClassVar[str] = "holds and restrictions"

    class Meta(Entry.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mark", "lifted"], name="one_ruling_each_way")
        ]

    def __str__(self) -> str:
        return f"ruling {self.n}"

    def signed(self) -> list[bytes]:
        ids = (one.bytes for one in (self.id, self.mark, self.subject, self.by))
        words = (self.kind.encode(), self.why.encode(), b"lifted" if self.lifted else b"laid")
        return [b"ruling", self.n.to_bytes(4, "big"), *ids, *words, moment(self.at)]

    @classmethod
    def path(cls) -> Path:
        return beside("rulings.list")
