"""What this floor must know of whoever acts: nothing but ids and a role."""

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
