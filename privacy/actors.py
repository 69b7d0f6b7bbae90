"""What this floor must know of whoever acts: nothing but ids and a role."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class ActorLike(Protocol):
    """The acting person as seen by the read audit. Never None: clocks and tasks act as the SYSTEM user."""

    @property
    def user_id(self) -> UUID: ...
    @property
    def agency_id(self) -> UUID | None: ...
    @property
    def role(self) -> str: ...


SYSTEM_USER_ID = UUID("00000000-0000-4000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class Keeper:
    """The machine itself, at work on keys: the SYSTEM user of the floor above."""

    user_id: UUID = SYSTEM_USER_ID
    agency_id: UUID | None = None
    role: str = "system"


KEEPER = Keeper()
