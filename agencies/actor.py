"""The actor: a person in one posting. Every command and every move is given one; there is no default."""

from dataclasses import dataclass
from uuid import UUID

from agencies.kinds import Role
from privacy.actors import SYSTEM_USER_ID

__all__ = ["SYSTEM", "SYSTEM_USER_ID", "Actor"]


@dataclass(frozen=True, slots=True)
class Actor:
    user_id: UUID
    posting_id: UUID | None
    agency_id: UUID | None
    kind: str
    role: str
    label: str = ""
    emergency: UUID | None = None
    """The one file she may read now outside her scope, by break-glass."""

    @property
    def is_system(self) -> bool:
        return self.role == Role.SYSTEM


SYSTEM = Actor(SYSTEM_USER_ID, None, None, "", Role.SYSTEM, "SYSTEM")
