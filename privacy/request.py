"""The request being answered: an id for the audit, from where it came, and what it has already written down as read."""

import uuid
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Reads:
    """What this request has read and committed to the audit, and the marks its rows bear.

    `session` and `address` are what the request came with; the register holds keyed hashes of them. `place` is the
    name of the view; `table` and `owner` are what is asked for, told by a view that knows it (see `about`).
    `proved`: whether the person has just proved to be herself; None where nobody sits in front of a page.
    """

    id: uuid.UUID
    seen: set[Hashable] = field(default_factory=set)
    session: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    place: str = ""
    table: str = ""
    owner: uuid.UUID | None = None
    proved: bool | None = None

    def get(self, name: Hashable) -> bool | None:
        return True if name in self.seen else None

    def put(self, entries: Mapping[Hashable, bool]) -> None:
        self.seen.update(entries)


_current: ContextVar[Reads | None] = ContextVar("privacy_request", default=None)


def current() -> Reads | None:
    return _current.get()


def request_id() -> uuid.UUID | None:
    reads = _current.get()
    return reads.id if reads else None


def about(*, table: str, owner: uuid.UUID | None) -> None:
    """What this request asks for, so that a refusal is written down with it."""
    if reads := _current.get():
        reads.table, reads.owner = table, owner


def person_proved(fresh: bool = True) -> None:
    """Whoever knows how the person behind this request has proved to be herself says so."""
    if reads := _current.get():
        reads.proved = fresh


@contextmanager
def request_scope(known_as: uuid.UUID | None = None) -> Iterator[Reads]:
    """From here to the end, the same reading is written down once."""
    reads = Reads(known_as or uuid.uuid4())
    token = _current.set(reads)
    try:
        yield reads
    finally:
        _current.reset(token)
