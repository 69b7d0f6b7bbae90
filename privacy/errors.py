"""What can go wrong with sealed data. No message here ever carries the data or a key."""

from collections.abc import Iterable
from uuid import UUID


class SealError(Exception):
    """The one answer to every failure of opening or sealing: wrong key, place, version or byte."""


class KeyRingError(SealError):
    """The key ring cannot be used at all: missing, unsafe or foreign key file. The process must not go on."""


class ForeignKey(SealError):
    """A key of a compartment that this process was not handed: somebody tries, or an address is served by the wrong one."""


class Unrecorded(Exception):
    """The reading register could not be written, so nothing is given. Says the kind of failure, never its text."""


class NotApproved(Exception):
    """Reading these rows needs a leave that this actor does not have now. `owner`: the case or call."""

    def __init__(self, owner: UUID, object_ids: Iterable[UUID]) -> None:
        super().__init__("a leave is needed")
        self.owner, self.object_ids = owner, tuple(object_ids)


class ProofNeeded(Exception):
    """What is asked for shows a column that opens only after a fresh proof of the person. Nothing was opened."""


class StaleRow(Exception):
    """Somebody saved this row after it was read here."""


class TooVague(Exception):
    """The search would touch too many people: a single character, a bare surname, or too many candidates."""
