"""The chain of each agency over the reading register, made a moment after the rows stand.

A row carries its own seal from the transaction that wrote it (see macs); nobody waits for a chain there. This step
takes the committed rows that have no place yet, in the order of time, and gives each its place behind the last.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from privacy.chainrows import NO_AGENCY, AuditChain, AuditLink
from privacy.keys import PurposeKey
from privacy.macs import writing_key

LATE = timedelta(minutes=15)
"""No transaction of ours is open for longer: rows older than this have their place, or are found by `verify`."""
BATCH = 5000


class Fresh(NamedTuple):
    """A row that has just got its place: what those who watch need of it."""

    id: UUID
    chain: UUID
    mac: bytes
    actor_user: UUID
    actor_role: str
    actor_agency: UUID | None
    at: datetime
    owner: UUID | None
    object_ids: list[UUID]
    action: str
    outcome: str
    request_id: UUID | None


@dataclass(frozen=True, slots=True)
class Link:
    chain: UUID
    seq: int
    row: UUID
    mac: bytes


UNSEALED = """
SELECT r.id, coalesce(r.actor_agency, %s), r.mac, r.actor_user, r.actor_role, r.actor_agency, r.at, r.owner, r.object_ids,
    r.action, r.outcome, r.request_id
FROM privacy_readaudit r LEFT JOIN privacy_auditlink l ON l.row = r.id
WHERE r.id >= %s AND l.row IS NULL AND r.mac <> '' ORDER BY r.at, r.writer, r.n LIMIT %s
"""
LINK = """
INSERT INTO privacy_auditlink (chain, seq, row, kid, mac)
SELECT l.c, l.s, l.r, %s, decode(l.m, 'hex')
FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::text[]) AS l(c, s, r, m)
"""


def link_mac(key: PurposeKey, chain: UUID, seq: int, prev: bytes, row: UUID, row_mac: bytes) -> bytes:
    return key.mac(b"link", chain.bytes, seq.to_bytes(8, "big"), prev, row.bytes, row_mac)


def seal(
    now: datetime, *, late: timedelta = LATE, then: Callable[[list[Fresh]], None] = lambda rows: None
) -> int:
    """Give every row of the last `late` its place; how many got one. Safe to run twice or side by side.

    `then` is handed the same rows, in the same transaction: whoever watches sees each row exactly once.
    """
    done = 0
    while batch := _seal_batch(_since(now - late), then):
        done += batch
    return done


def _since(moment: datetime) -> UUID:
    """The least id that a row of this moment or later can have; ids begin with their time."""
    return UUID(int=max(0, int(moment.timestamp() * 1000)) << 80)


def _unsealed(since: UUID) -> list[Fresh]:
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED, [NO_AGENCY, since, BATCH])
        return [Fresh(*row)._replace(mac=bytes(row[2])) for row in cursor.fetchall()]


def _seal_batch(since: UUID, then: Callable[[list[Fresh]], None]) -> int:
    waiting = {row.chain for row in _unsealed(since)}
    if not waiting:
        return 0
    with transaction.atomic():
        AuditChain.objects.bulk_create([AuditChain(chain=one) for one in waiting], ignore_conflicts=True)
        locked = AuditChain.objects.select_for_update().filter(chain__in=waiting).order_by("chain")
        heads = {head.chain: _found_again(head) for head in locked}
        rows = [
            row for row in _unsealed(since) if row.chain in heads
        ]  # what another sealer did meanwhile is gone
        _write(list(_links(rows, heads)))
        for head in heads.values():
            head.save(update_fields=["seq", "mac", "upto"])
        then(rows)
    return len(rows)


def _found_again(head: AuditChain) -> AuditChain:
    """A head that was lost goes on behind the last link; a false one shows at the next link."""
    last = None if head.seq else AuditLink.objects.filter(chain=head.chain).order_by("-seq").first()
    if last is not None:
        head.seq, head.mac = last.seq, last.mac
    return head


def _links(rows: Iterable[Fresh], heads: dict[UUID, AuditChain]) -> Iterable[Link]:
    key, of_chain = writing_key(), defaultdict[UUID, list[Fresh]](list)
    for row in rows:
        of_chain[row.chain].append(row)
    for chain, its in of_chain.items():
        head = heads[chain]
        for row in its:
            seq = head.seq + 1
            found = link_mac(key, chain, seq, bytes(head.mac), row.id, row.mac)
            head.seq, head.mac, head.upto = seq, found, row.id
            yield Link(chain, seq, row.id, found)


def _write(links: list[Link]) -> None:
    if not links:
        return
    columns = (
        [one.chain for one in links], [one.seq for one in links], [one.row for one in links],
        [one.mac.hex() for one in links],
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LINK, [writing_key().kid, *columns])
