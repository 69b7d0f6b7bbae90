"""Lists that outlive every backup: signed entries, each behind the one before, in a table and in a file on another disk.

The table is part of the key ring. The file is written at once, so that it tells what came after the newest archive of
the key ring too; a restore reads whichever is longer, and stops where it does not pass its check.
"""

import fcntl
import json
import logging
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from privacy import macs
from privacy.errors import KeyRingError, SealError

log = logging.getLogger(__name__)
LOCK = 0x68684653
START = b""
END = b"\n"
Kind = TypeVar("Kind", bound="Entry")


class Entry(models.Model):
    """`mac` covers the row and the one before it, so nothing can be put in, changed or taken from the middle."""

    n = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    kid = models.PositiveIntegerField()
    mac = models.BinaryField(max_length=32)

    told_as: ClassVar[str]

    class Meta:
        abstract = True
        ordering: ClassVar = ["n"]

    def signed(self) -> list[bytes]:
        """Everything that is under the seal, in its order."""
        raise NotImplementedError

    @classmethod
    def path(cls) -> Path:
        raise NotImplementedError

    @transaction.atomic
    def append(self) -> None:
        """Behind the last one; in the file as soon as the transaction stands."""
        kind = type(self)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = kind._default_manager.order_by("n").last()
        key = macs.writing_key()
        self.n, self.kid = last.n + 1 if last else 1, key.kid
        self.mac = key.mac(*self.signed(), bytes(last.mac) if last else START)
        self.save(force_insert=True)
        transaction.on_commit(kind.write_list, robust=True)

    @classmethod
    def write_list(cls) -> None:
        """Append to the file what it does not hold yet. A disk that is away is tried again by the next run."""
        path = cls.path()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # whoever else writes has appended before we count
                whole = _whole(file.read())
                rows = cls._default_manager.filter(n__gt=whole.count(END)).order_by("n")
                file.truncate(len(whole))  # what a full disk or a kill cut off is written again
                file.seek(len(whole))
                file.writelines(row.line().encode() for row in rows)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            log.error("signed_list_not_written table=%s", cls._meta.db_table)

    def line(self) -> str:
        return (
            json.dumps({f.name: _plain(f.value_from_object(self)) for f in self._meta.concrete_fields}) + "\n"
        )

    @classmethod
    def of(cls, line: str) -> Self:
        held = json.loads(line)
        return cls(**{f.name: _read(f, held[f.name]) for f in cls._meta.concrete_fields})

    @classmethod
    @transaction.atomic
    def gathered(cls) -> list[Self]:
        """All of the database and of the file, checked; those the database has lost are put back."""
        held = list(cls._default_manager.order_by("n"))
        try:
            listed = [cls.of(line) for line in _lines(cls.path())]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyRingError(f"The list of {cls.told_as} cannot be read.") from None
        longer = checked(listed if len(listed) > len(held) else held)
        for row in longer[len(held) :]:
            row.save(force_insert=True)
        return longer


def checked(rows: Sequence[Kind]) -> list[Kind]:
    """The entries in their order, each behind the one before it. KeyRingError names the first that is not."""
    before = START
    for place, row in enumerate(rows, 1):
        try:
            right = macs.key_of(row.kid).mac(*row.signed(), before)
        except SealError:
            right = b""
        if row.n != place or right != bytes(row.mac):
            raise KeyRingError(f"The list of {row.told_as} does not pass its check at entry {place}.")
        before = right
    return list(rows)


def moment(at: datetime) -> bytes:
    return int(at.timestamp() * 1_000_000).to_bytes(8, "big")


def beside(name: str) -> Path:
    """The list of what was shredded, or another one on the same disk."""
    path = Path(settings.SHRED_LIST)
    return path.with_name(name) if name else path


def _lines(path: Path) -> list[str]:
    return _whole(path.read_bytes()).decode().splitlines() if path.exists() else []


def _whole(content: bytes) -> bytes:
    """Up to the last line that was written to its end."""
    return content[: content.rfind(END) + 1]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, UUID | bytes | memoryview):
        return value.hex if isinstance(value, UUID) else bytes(value).hex()
    return value.isoformat() if isinstance(value, datetime) else value


def _read(field: Any, value: Any) -> Any:
    if isinstance(field, ArrayField):
        return [_read(field.base_field, one) for one in value]
    if isinstance(field, models.UUIDField):
        return UUID(value)
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    return datetime.fromisoformat(value) if isinstance(field, models.DateTimeField) else value
