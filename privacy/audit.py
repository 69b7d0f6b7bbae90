"""Who read whose data, when, and for what: written in the transaction of the reading, before it is shown."""

import os
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from privacy.actors import ActorLike
from privacy.request import request_id


class Purpose(models.TextChoices):
    HOTLINE = "hotline", pgettext_lazy("purpose of reading", "Hotline call")
    CASEWORK = "casework", pgettext_lazy("purpose of reading", "Casework")
    LIAISON = "liaison", pgettext_lazy("purpose of reading", "Liaison duty")
    SEARCH = "search", pgettext_lazy("purpose of reading", "Search")
    DOCUMENT = "document", pgettext_lazy("purpose of reading", "Document")
    FOLLOW_UP = "follow_up", pgettext_lazy("purpose of reading", "Follow-up visit")
    SUPERVISION = "supervision", pgettext_lazy("purpose of reading", "Supervision")
    AUDIT = "audit", pgettext_lazy("purpose of reading", "Audit")
    SYSTEM = "system", pgettext_lazy("purpose of reading", "System task")


class Action(models.TextChoices):
    READ = "read", pgettext_lazy("audited action", "Read")
    SEARCH = "search", pgettext_lazy("audited action", "Found by search")
    PRINT = "print", pgettext_lazy("audited action", "Printed")
    EXPORT = "export", pgettext_lazy("audited action", "Exported")
    FILE = "file", pgettext_lazy("audited action", "Opened a file")
    RESEAL = "reseal", pgettext_lazy("audited action", "Sealed anew under another key")


OK = "ok"
SEAL_ERROR = "seal_error"


class ReadAudit(models.Model):
    """One reading. Ids, codes and column names only. The database refuses to change or delete a row.

    `owner` is the case or call; None for a search that found nobody. `table` is always the live table.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor_user = models.UUIDField()
    actor_role = models.CharField(max_length=32)
    actor_agency = models.UUIDField(null=True)
    owner = models.UUIDField(null=True)
    table = models.CharField(max_length=64)
    object_ids = ArrayField(models.UUIDField(), default=list)
    fields = ArrayField(models.CharField(max_length=64), default=list)
    action = models.CharField(max_length=16, choices=Action)
    purpose = models.CharField(max_length=16, choices=Purpose)
    outcome = models.CharField(max_length=16, default=OK)
    request_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-at"], name="readaudit_owner_at"),
            models.Index(fields=["actor_user", "-at"], name="readaudit_actor_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


INSERT = """
INSERT INTO privacy_readaudit (id, at, actor_user, actor_role, actor_agency, action, purpose, outcome, request_id,
    owner, "table", object_ids, fields)
SELECT r.id, %s, %s, %s, %s, %s, %s, %s, %s, r.o, r.t, r.i::uuid[], r.f::varchar[]
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[]) AS r(id, o, t, i, f)
"""


def write_reads(
    *,
    actor: ActorLike,
    action: str,
    purpose: str,
    reads: Iterable[tuple[UUID | None, str, Iterable[UUID], Iterable[str]]],
    outcome: str = OK,
) -> None:
    """One row per (owner, table, row ids, columns), in one statement: a page of 50 cases is 50 rows."""
    rows = [
        (
            owner.hex if owner else "null",
            table,
            _array(sorted({one.hex for one in ids})),
            _array(sorted(set(names))),
        )
        for owner, table, ids, names in reads
    ]
    if not rows:
        return
    now, columns = timezone.now(), zip(*rows, strict=True)
    who: list[str | UUID | None] = [actor.user_id, actor.role, actor.agency_id]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [now, *who, action, purpose, outcome, request_id(), _array(_new_ids(now, len(rows)))]
            + [_array(column) for column in columns],
        )


def _array(words: Iterable[str]) -> str:
    """PostgreSQL's own writing of an array; of plain words and arrays of them, which need no escaping."""
    return "{" + ",".join(f'"{word}"' if word[:1] == "{" else word for word in words) + "}"


def _new_ids(now: datetime, count: int) -> list[str]:
    """UUIDs of version 7: in the order of time, so that a page of rows lands in one place of the index."""
    head, noise = f"{int(now.timestamp() * 1000):012x}7", os.urandom(10 * count).hex()
    return [f"{head}{noise[i : i + 3]}8{noise[i + 3 : i + 18]}" for i in range(0, 20 * count, 20)]


def record_read(
    *,
    actor: ActorLike,
    action: str,
    owner: UUID | None,
    table: str,
    object_ids: Iterable[UUID],
    fields: Iterable[str],
    purpose: str,
    outcome: str = OK,
) -> None:
    """Write one audit row now. Any failure is the caller's: without the row nothing may be shown."""
    reads = [(owner, table, object_ids, fields)]
    write_reads(actor=actor, action=action, purpose=purpose, reads=reads, outcome=outcome)
