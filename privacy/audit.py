"""Who read whose data, when, and for what: written in the transaction of the reading, before it is shown."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from privacy import macs
from privacy.actors import ActorLike
from privacy.errors import SealError, Unrecorded
from privacy.keys import PurposeKey
from privacy.request import current


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
    UNSTATED = "unstated", pgettext_lazy("purpose of reading", "Not stated")
    EMERGENCY = "emergency", pgettext_lazy("purpose of reading", "Emergency")


class Action(models.TextChoices):
    """What was done. A room that does something new to protected data adds its code here."""

    OPEN = "open", pgettext_lazy("audited action", "Opened a page")
    READ = "read", pgettext_lazy("audited action", "Read")
    SEARCH = "search", pgettext_lazy("audited action", "Found by search")
    PRINT = "print", pgettext_lazy("audited action", "Printed")
    EXPORT = "export", pgettext_lazy("audited action", "Exported")
    FILE = "file", pgettext_lazy("audited action", "Opened a file")
    RESEAL = "reseal", pgettext_lazy("audited action", "Sealed anew under another key")
    MOVE = "move", pgettext_lazy("audited action", "Tried a step")
    RESTORE = "restore", pgettext_lazy("audited action", "Restored from a backup")
    BREAK_GLASS = "break_glass", pgettext_lazy("audited action", "Emergency access")


class Outcome(models.TextChoices):
    OK = "ok", pgettext_lazy("audited outcome", "Given")
    DENIED = "denied", pgettext_lazy("audited outcome", "Refused: no access")
    REFUSED = "refused", pgettext_lazy("audited outcome", "Refused: not possible now")
    SLOWED = "slowed", pgettext_lazy("audited outcome", "Refused: too many at once")
    SEAL_ERROR = "seal_error", pgettext_lazy("audited outcome", "Data did not pass their check")
    NO_KEY = "no_key", pgettext_lazy("audited outcome", "Refused: this process was not handed the key")


OK = Outcome.OK
SEAL_ERROR = Outcome.SEAL_ERROR


class ReadAudit(models.Model):
    """One reading, or one that was refused. Ids, codes and column names only. The database refuses to change or delete a row.

    `owner` is the case or call; None for a search that found nobody. `table` is always the live table. `session` and
    `origin` are keyed hashes of the session and of the address it came from. `writer`, `n`, `prev` and `mac`: see macs.
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
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.OK)
    request_id = models.UUIDField(null=True)
    place = models.CharField(max_length=64, default="")
    session = models.BinaryField(max_length=16, null=True)
    origin = models.BinaryField(max_length=16, null=True)
    kid = models.PositiveIntegerField(default=0)
    writer = models.UUIDField(null=True)
    n = models.PositiveBigIntegerField(default=0)
    prev = models.BinaryField(max_length=32, default=b"")
    mac = models.BinaryField(max_length=32, default=b"")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-at"], name="readaudit_owner_at"),
            models.Index(fields=["actor_user", "-at"], name="readaudit_actor_at"),
            models.Index(fields=["actor_agency", "-at", "-id"], name="readaudit_agency_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


INSERT = """
INSERT INTO privacy_readaudit (at, actor_user, actor_role, actor_agency, action, purpose, outcome, request_id, place,
    session, origin, kid, writer, id, owner, "table", object_ids, fields, n, prev, mac)
SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s, decode(%s, 'hex'), decode(%s, 'hex'), %s, %s,
    r.id, r.o, r.t, r.i::uuid[], r.f::varchar[], r.n, decode(r.p, 'hex'), decode(r.m, 'hex')
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[])
    AS r(id, o, t, i, f, n, p, m)
"""
Read = tuple[UUID | None, str, Iterable[UUID], Iterable[str]]


def write_reads(
    *, actor: ActorLike, action: str, purpose: str, reads: Iterable[Read], outcome: str = Outcome.OK
) -> None:
    """One row per (owner, table, row ids, columns), in one statement: a page of 50 cases is 50 rows.

    Unrecorded where the rows do not stand afterwards, whatever the reason: then nothing may be shown.
    """
    rows = list(reads)
    if not rows:
        return
    try:
        key = macs.writing_key()
        _insert(key, _common(key, actor, action, purpose, outcome), rows)
    except (DatabaseError, SealError) as error:
        raise Unrecorded(type(error).__name__) from None


def _common(key: PurposeKey, actor: ActorLike, action: str, purpose: str, outcome: str) -> macs.Common:
    request = current()
    return macs.Common(
        at=timezone.now(), actor_user=actor.user_id, actor_role=str(actor.role), actor_agency=actor.agency_id,
        action=str(action), purpose=str(purpose), outcome=str(outcome),
        request_id=request.id if request else None, place=request.place if request else "",
        session=macs.hidden(key, "session", request.session if request else ""),
        origin=macs.hidden(key, "origin", request.address if request else ""), kid=key.kid,
    )  # fmt: skip


def _insert(key: PurposeKey, common: macs.Common, rows: Sequence[Read]) -> None:
    writer, shared = macs.writer(), common.bytes()
    lines, head = [], writer.head()
    for new_id, (owner, table, ids, names) in zip(_new_ids(common.at, len(rows)), rows, strict=True):
        objects, columns = sorted({one.hex for one in ids}), sorted(set(names))
        content = macs.content(shared, UUID(new_id), owner, table, objects, columns)
        line, head = macs.follow(key, writer.id, head, content)
        owner_text = owner.hex if owner else "null"
        lines.append((new_id, owner_text, table, _array(objects), _array(columns), *line))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*common.columns(), writer.id, *map(_array, zip(*lines, strict=True))])
        if cursor.rowcount != len(lines):  # a trigger of somebody else's swallowed a row
            raise Unrecorded("rows are missing")
    writer.wrote(head)


def _array(words: Iterable[str]) -> str:
    """PostgreSQL's own writing of an array; of plain words and arrays of them, which need no escaping."""
    return "{" + ",".join(f'"{word}"' if word[:1] in ("{", "") else word for word in words) + "}"


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
    outcome: str = Outcome.OK,
) -> None:
    """Write one audit row now. Any failure is the caller's: without the row nothing may be shown."""
    reads = [(owner, table, object_ids, fields)]
    write_reads(actor=actor, action=action, purpose=purpose, reads=reads, outcome=outcome)


def record_refusal(
    *,
    actor: ActorLike,
    action: str = Action.OPEN,
    outcome: str = Outcome.DENIED,
    object_ids: Iterable[UUID] = (),
    owner: UUID | None = None,
    table: str = "",
    purpose: str = Purpose.UNSTATED,
) -> None:
    """Write down what was asked for and not given. Outside the transaction of what failed, or the row goes with it.

    Answers 403, 404, 409 and 429 of a signed-in person are written down by `agencies.register`; this is for the rest.
    """
    record_read(
        actor=actor, action=action, owner=owner, table=table, object_ids=object_ids, fields=(),
        purpose=purpose, outcome=outcome,
    )  # fmt: skip
