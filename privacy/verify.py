"""Whether the reading register is what was written: every link, every row, every signed checkpoint.

Each chain is read from its first link, in its order. The first thing that does not fit is named and ends the reading
of that chain. What is found beyond the chains (rows without a place, gaps of a writer) follows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from privacy import macs
from privacy.audit import ReadAudit
from privacy.chain import link_mac
from privacy.chainrows import AuditChain, AuditLink
from privacy.checkpoints import Signed, unsealed_rows
from privacy.errors import SealError
from privacy.reanchor import Anchors, Gap

SETTLED = timedelta(minutes=5)
"""After this time a row has its place; longer without one is a fault."""
PAGE = 5000


class Fault(TextChoices):
    CHANGED = "changed", pgettext_lazy("fault of the register", "The row was changed")
    REMOVED = "removed", pgettext_lazy("fault of the register", "The row was removed")
    GAP = "gap", pgettext_lazy("fault of the register", "A place in the chain is missing")
    RELINKED = "relinked", pgettext_lazy("fault of the register", "The chain was made anew from here")
    INSERTED = "inserted", pgettext_lazy("fault of the register", "The row was put in by somebody else")
    LOOSE = "loose", pgettext_lazy("fault of the register", "The row has no place in the chain")
    BEFORE = "before", pgettext_lazy("fault of the register", "The row written before this one is missing")
    TAIL = "tail", pgettext_lazy("fault of the register", "The end of the chain was cut off")
    REWRITTEN = "rewritten", pgettext_lazy("fault of the register", "The chain differs from what was signed")
    FORGED = "forged", pgettext_lazy("fault of the register", "A checkpoint is not of our signing")


@dataclass(frozen=True, slots=True)
class Finding:
    fault: Fault
    chain: UUID | None = None
    seq: int | None = None
    row: UUID | None = None

    def __str__(self) -> str:
        return f"{self.fault.value} chain={self.chain} seq={self.seq} row={self.row}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one chain: good up to and with `upto`; `bad` is the first thing that is not."""

    chain: UUID
    upto: int
    bad: Finding | None


COLUMNS = """r.at, r.actor_user, r.actor_role, r.actor_agency, r.action, r.purpose, r.outcome, r.request_id, r.place,
    r.session, r.origin, r.kid, r.id, r.owner, r."table", r.object_ids, r.fields, r.writer, r.n, r.prev, r.mac"""
LINKS = f"""
SELECT l.seq, l.row, l.kid, l.mac, {COLUMNS}
FROM privacy_auditlink l LEFT JOIN privacy_readaudit r ON r.id = l.row
WHERE l.chain = %s AND l.seq > %s ORDER BY l.seq LIMIT {PAGE}
"""  # noqa: S608
LOOSE = f"""
SELECT {COLUMNS} FROM privacy_readaudit r LEFT JOIN privacy_auditlink l ON l.row = r.id
WHERE l.row IS NULL AND r.mac <> '' ORDER BY r.id
"""  # noqa: S608
BEFORE = """
SELECT r.id, l.chain, l.seq FROM privacy_readaudit r LEFT JOIN privacy_auditlink l ON l.row = r.id
WHERE r.n > 1 AND NOT EXISTS (
    SELECT FROM privacy_readaudit p WHERE p.writer = r.writer AND p.n = r.n - 1 AND p.mac = r.prev)
ORDER BY l.chain, l.seq
"""


class Keys:
    """Every key asked for once."""

    def __init__(self) -> None:
        self._held: dict[int, Any] = {}

    def __getitem__(self, kid: int) -> Any:
        if kid not in self._held:
            self._held[kid] = macs.key_of(kid)
        return self._held[kid]


def row_is_ours(row: tuple[Any, ...], keys: Keys) -> bool:
    """The row's own seal, over all its columns."""
    *head, session, origin, kid, pk, owner, table, objects, columns, writer, n, prev, mac = row
    if writer is None:
        return False
    shared: list[Any] = [*head, *(part if part is None else bytes(part) for part in (session, origin)), kid]
    common = macs.Common(*shared)
    sealed = macs.content(common.bytes(), pk, owner, table, [one.hex for one in objects], columns)
    try:
        return macs.row_mac(keys[kid], writer, n, bytes(prev), sealed) == bytes(mac)
    except SealError:
        return False


def verify_chain(chain: UUID, *, after: int = 0) -> Verdict:
    """From the link after `after`, whose own MAC is taken as it stands."""
    keys, seq = Keys(), after
    start = AuditLink.objects.filter(chain=chain, seq=after).values_list("mac", flat=True).first()
    prev = bytes(start or b"")
    for found, row_id, kid, mac, *row in _linked(chain, after):
        seq += 1
        fault = None
        if found != seq:
            return Verdict(chain, seq - 1, Finding(Fault.GAP, chain, seq))
        if row[12] is None:
            fault = Fault.REMOVED
        elif not row_is_ours(tuple(row), keys):
            fault = Fault.CHANGED if row[17] else Fault.INSERTED
        elif not _fits(keys, kid, chain, seq, prev, row_id, bytes(row[20]), bytes(mac)):
            fault = Fault.RELINKED
        if fault:
            return Verdict(chain, seq - 1, Finding(fault, chain, seq, row_id))
        prev = bytes(mac)
    return Verdict(chain, seq, None)


def _fits(keys: Keys, kid: int, *parts: Any) -> bool:
    *place, mac = parts
    try:
        return bool(link_mac(keys[kid], *place) == mac)
    except SealError:
        return False


def _linked(chain: UUID, after: int) -> Iterator[tuple[Any, ...]]:
    while page := _fetch(LINKS, [chain, after]):
        yield from page
        after = page[-1][0]


def _fetch(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def chains() -> list[UUID]:
    linked = AuditLink.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return sorted({*linked, *AuditChain.objects.values_list("chain", flat=True)})


def against_checkpoints(checkpoints: Iterable[Signed]) -> tuple[list[Finding], list[Gap]]:
    """Each signed state must still be there, the same link at the same place; what a restore has left behind is named."""
    given = list(checkpoints)
    genuine = [one for one in given if one.is_ours()]
    anchors, found = Anchors(genuine), [Finding(Fault.FORGED) for one in given if one not in genuine]
    for checkpoint in genuine:
        found += [fault for head in anchors.asked_for(checkpoint) for fault in _head(*head)]
    numbers = {one.number for one in genuine}
    if numbers | anchors.missing_numbers() != set(range(1, max(numbers, default=0) + 1)):
        found.append(Finding(Fault.FORGED))
    if genuine and unsealed_rows() != genuine[0].told["older"]:
        last = ReadAudit.objects.filter(mac=b"").order_by("at").last()
        found.append(Finding(Fault.INSERTED if last else Fault.REMOVED, row=last.pk if last else None))
    return found, list(anchors.gaps())


def _head(chain: UUID, seq: int, mac: bytes) -> Iterator[Finding]:
    links = AuditLink.objects.filter(chain=chain)
    held = links.filter(seq=seq).values_list("mac", "row").first()
    if held is None:
        end = links.order_by("-seq").values_list("seq", flat=True).first()
        yield Finding(Fault.TAIL, chain, (end or 0) + 1)
    elif bytes(held[0]) != mac:
        yield Finding(Fault.REWRITTEN, chain, seq, held[1])


def beyond_chains(now: datetime) -> Iterator[Finding]:
    """Rows that no chain holds although it is time, rows of others, and rows whose forerunner is gone."""
    keys = Keys()
    for row in _fetch(LOOSE, []):
        if not row_is_ours(row, keys):
            yield Finding(Fault.INSERTED, row[3], row=row[12])
        elif row[0] < now - SETTLED:
            yield Finding(Fault.LOOSE, row[3], row=row[12])
    for row_id, chain, seq in _fetch(BEFORE, []):
        yield Finding(Fault.BEFORE, chain, seq, row_id)


def verify(now: datetime, checkpoints: Iterable[Signed]) -> tuple[list[Verdict], list[Finding], list[Gap]]:
    """Every chain from its beginning, everything else that is wrong, and what restores left behind.

    Keeps what was found for the auditor's page.
    """
    verdicts = [verify_chain(chain) for chain in chains()]
    others, gaps = against_checkpoints(checkpoints)
    others += beyond_chains(now)
    for verdict in verdicts:
        note(verdict, now, [one for one in others if one.chain == verdict.chain])
    return verdicts, others, gaps


def note(verdict: Verdict, now: datetime, others: Iterable[Finding] = ()) -> None:
    """Into the head of the chain, for the auditor's page."""
    bad = verdict.bad or next(iter(others), None)
    AuditChain.objects.filter(chain=verdict.chain).update(
        verified=verdict.upto,
        verified_at=now,
        fault=bad.fault if bad else "",
        bad_seq=bad.seq if bad else None,
        bad_row=bad.row if bad else None,
    )
