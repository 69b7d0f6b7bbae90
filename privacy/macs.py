"""What makes a row of the reading register provable: its own seal, and its place behind the row written before it.

Every thread that writes is a `writer`: it numbers its rows and puts the MAC of its last committed row into the next.
What it wrote last is in its memory, not in the database, so a row taken away shows as soon as the same writer goes on.
Nobody waits for anybody: the chain of an agency is made of these rows a moment later (see chain).
"""

import os
import threading
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from privacy.cache import newest, remember
from privacy.envelope import lengths
from privacy.errors import SealError
from privacy.keyrows import KeyState
from privacy.keys import CHECKS, PurposeKey, ring
from privacy.purposes import Purpose

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Head = tuple[int, bytes]
START: Head = (0, b"")


@dataclass(frozen=True, slots=True)
class Common:
    """What all rows of one statement share, in the order of the columns."""

    at: datetime
    actor_user: UUID
    actor_role: str
    actor_agency: UUID | None
    action: str
    purpose: str
    outcome: str
    request_id: UUID | None
    place: str
    session: bytes | None
    origin: bytes | None
    kid: int

    def columns(self) -> list[Any]:
        hashes = [part.hex() if part else None for part in (self.session, self.origin)]
        return [
            self.at, self.actor_user, self.actor_role, self.actor_agency, self.action, self.purpose, self.outcome,
            self.request_id, self.place, *hashes, self.kid,
        ]  # fmt: skip

    def bytes(self) -> bytes:
        at = (self.at - EPOCH) // timedelta(microseconds=1)
        words = (self.actor_role, self.action, self.purpose, self.outcome, self.place)
        ids = (self.actor_user, self.actor_agency, self.request_id)
        return lengths(
            at.to_bytes(8, "big"), self.kid.to_bytes(4, "big"), self.session or b"", self.origin or b"",
            *(word.encode() for word in words), *(one.bytes if one else b"" for one in ids),
        )  # fmt: skip


def content(
    shared: bytes, pk: UUID, owner: UUID | None, table: str, objects: Sequence[str], columns: Sequence[str]
) -> bytes:
    """One row as it is sealed; `shared` are the bytes of what it has in common with its neighbours."""
    return lengths(
        shared, pk.bytes, owner.bytes if owner else b"", table.encode(), ",".join(objects).encode(),
        ",".join(columns).encode(),
    )  # fmt: skip


def writing_key() -> PurposeKey:
    keys = ring.purpose_keys(Purpose.AUDIT, (KeyState.PRIMARY,))
    if not keys:
        raise SealError("no key to write the register with")
    return keys[0]


def key_of(kid: int) -> PurposeKey:
    for key in ring.purpose_keys(Purpose.AUDIT, CHECKS):
        if key.kid == kid:
            return key
    raise SealError("the register's key is not usable")


def hidden(key: PurposeKey, kind: str, text: str) -> bytes | None:
    """A keyed hash: the same session or address shows as the same, and as nothing else."""
    return key.mac(b"hidden", kind.encode(), text.encode())[:16] if text else None


def row_mac(key: PurposeKey, writer: UUID, n: int, prev: bytes, sealed: bytes) -> bytes:
    return key.mac(b"row", writer.bytes, n.to_bytes(8, "big"), prev, sealed)


def follow(key: PurposeKey, writer: UUID, head: Head, sealed: bytes) -> tuple[tuple[str, str, str], Head]:
    """The next row of this writer: number, MAC before, MAC, as text; and where the writer stands then."""
    n, prev = head[0] + 1, head[1]
    found = row_mac(key, writer, n, prev, sealed)
    return (str(n), prev.hex(), found.hex()), (n, found)


class Writer:
    """One thread of one process. Only what was committed counts: a row rolled back is followed by nobody."""

    def __init__(self) -> None:
        self.id, self.pid, self._head = uuid4(), os.getpid(), START

    def get(self, name: Hashable) -> Head:
        return self._head

    def put(self, entries: Mapping[Hashable, Head]) -> None:
        self._head = entries["head"]

    def head(self) -> Head:
        found: Head = newest(self, "head")
        return found

    def wrote(self, head: Head) -> None:
        remember(self, {"head": head})


_threads = threading.local()


def writer() -> Writer:
    """This thread's; another one after a fork, or two processes would write as one."""
    held: Writer | None = getattr(_threads, "writer", None)
    if held is None or held.pid != os.getpid():
        held = _threads.writer = Writer()
    return held
