"""Burying: keys deleted or cells emptied, written down in a signed list that outlives every backup.

The list stands in the database beside the key ring, and line by line in settings.SHRED_LIST, which belongs on another
disk: an old key ring brings back old keys, and only a newer list tells that they must go again.
"""

import json
import logging
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from privacy import macs
from privacy.errors import KeyRingError, SealError
from privacy.fields import SealedField
from privacy.shred import shred
from privacy.tombstonerows import Tombstone

log = logging.getLogger(__name__)
LOCK = 0x68684653
START = b""


@transaction.atomic
def bury(subject: UUID, *, owners: Sequence[UUID], rows: Sequence[UUID], at: datetime) -> Tombstone:
    """Written down, then done, in one transaction. The caller has decided that law and people allow it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Tombstone.objects.order_by("n").last()
    key = macs.writing_key()
    stone = Tombstone(n=last.n + 1 if last else 1, subject=subject, at=at.astimezone(UTC), kid=key.kid)
    stone.owners, stone.rows = sorted(owners), sorted(rows)
    stone.mac = macs.mac(key, *_content(stone, bytes(last.mac) if last else START))
    stone.save(force_insert=True)
    lay(stone)
    transaction.on_commit(write_list, robust=True)
    return stone


def lay(stone: Tombstone) -> None:
    """Do what the stone says; done already, it does nothing."""
    for owner in stone.owners:
        shred(owner)
    if stone.rows:
        for table, id_column, cells in emptied_tables():
            with connection.cursor() as cursor:
                cursor.execute("SELECT privacy_forget(%s, %s, %s, %s)", [stone.pk, table, id_column, cells])


def emptied_tables() -> Iterator[tuple[str, str, list[str]]]:
    """Every table with sealed cells that may be empty, live and old versions, and the column that names the row."""
    for model in apps.get_models():
        names = [f.column for f in model._meta.local_concrete_fields if isinstance(f, SealedField) and f.null]
        if names and model._meta.managed:
            columns = {f.column for f in model._meta.local_concrete_fields}
            # The answers given in a step belong to the row that took it.
            yield model._meta.db_table, "obj_id" if {"obj_id", "seq"} <= columns else "id", names


def is_buried(owner: UUID) -> bool:
    return Tombstone.objects.filter(owners__contains=[owner]).exists()


def _content(stone: Tombstone, before: bytes) -> list[bytes]:
    at = int(stone.at.timestamp() * 1_000_000).to_bytes(8, "big")
    ids = (b"".join(one.bytes for one in group) for group in (stone.owners, stone.rows))
    head = (b"tombstone", stone.n.to_bytes(4, "big"), stone.pk.bytes, stone.subject.bytes, at)
    return [*head, *ids, before]


def checked(stones: Sequence[Tombstone]) -> list[Tombstone]:
    """The stones in their order, each behind the one before it. KeyRingError names the first that is not."""
    before = START
    for place, stone in enumerate(stones, 1):
        try:
            right = macs.mac(macs.key_of(stone.kid), *_content(stone, before))
        except SealError:
            right = b""
        if stone.n != place or right != bytes(stone.mac):
            raise KeyRingError(f"The list of what was shredded does not pass its check at entry {place}.")
        before = right
    return list(stones)


def write_list() -> None:
    """Append to the file what it does not hold yet. A disk that is away is tried again by the next run."""
    path = Path(settings.SHRED_LIST)
    known = len(_lines(path))
    lines = [_line(stone) for stone in Tombstone.objects.filter(n__gt=known)]
    if not lines:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
            out.writelines(lines)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        log.error("shred_list_not_written")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _line(stone: Tombstone) -> str:
    facts: dict[str, Any] = {"n": stone.n, "id": stone.pk.hex, "subject": stone.subject.hex, "kid": stone.kid}
    facts |= {"owners": [one.hex for one in stone.owners], "rows": [one.hex for one in stone.rows]}
    return json.dumps(facts | {"at": stone.at.isoformat(), "mac": bytes(stone.mac).hex()}) + "\n"


def _stone(line: str) -> Tombstone:
    held = json.loads(line)
    return Tombstone(
        id=UUID(held["id"]), n=held["n"], subject=UUID(held["subject"]), owners=[UUID(one) for one in held["owners"]],
        rows=[UUID(one) for one in held["rows"]], at=datetime.fromisoformat(held["at"]), kid=held["kid"],
        mac=bytes.fromhex(held["mac"]),
    )  # fmt: skip


@transaction.atomic
def gathered() -> list[Tombstone]:
    """All stones of the database and of the file, checked; those the database has lost are put back."""
    held = list(Tombstone.objects.order_by("n"))
    try:
        listed = [_stone(line) for line in _lines(Path(settings.SHRED_LIST))]
    except (ValueError, KeyError, TypeError):
        raise KeyRingError("The list of what was shredded cannot be read.") from None
    longer = checked(listed if len(listed) > len(held) else held)
    for stone in longer[len(held) :]:
        stone.save(force_insert=True)
    return longer
