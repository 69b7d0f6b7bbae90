"""The only vocabulary of permission: predicates over an actor and an object that a lawyer could read.

Used in two places only: the `who` column of a workflow table, and `visible_to`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role


@dataclass(frozen=True, slots=True)
class Who:
    words: str
    test: Callable[[Actor, Any], bool]

    def __call__(self, actor: Actor, obj: Any = None) -> bool:
        return self.test(actor, obj)

    def __or__(self, other: "Who") -> "Who":
        return Who(f"{self.words} or {other.words}", lambda a, o: self.test(a, o) or other.test(a, o))

    def __and__(self, other: "Who") -> "Who":
        return Who(f"{self.words} and {other.words}", lambda a, o: self.test(a, o) and other.test(a, o))


def role(*roles: Role) -> Who:
    return Who(" or ".join(roles), lambda actor, obj: actor.role in roles)


def liaison_of(*kinds: AgencyKind) -> Who:
    words = " or ".join(f"{kind} liaison" for kind in kinds)
    return Who(words, lambda actor, obj: actor.role == Role.LIAISON and actor.kind in kinds)


def not_the(column: str) -> Who:
    """Anybody but the user this column of the object names: the second of four eyes."""
    return Who(f"not the {column}", lambda actor, obj: obj is None or getattr(obj, column) != actor.user_id)


def of_its(column: str) -> Who:
    """Whoever reports for the agency this column names: liaison, duty leader, or supervisor of an office of numbers."""
    return Who(
        f"who reports for its {column}",
        lambda actor, obj: (
            obj is not None
            and getattr(obj, f"{column}_id") == actor.agency_id
            and (actor.role in (Role.LIAISON, Role.LEAD) or _of_numbers(actor))
        ),
    )


def listed_in(column: str, words: str) -> Who:
    """Users whose ids stand in this list of the object."""
    return Who(words, lambda actor, obj: obj is not None and actor.user_id in getattr(obj, column))


def seated(group: str, words: str) -> Who:
    """Whoever sits in this group today. The object knows its seats: they are rows of its own room, from a day until a day."""
    return Who(words, lambda actor, obj: obj is not None and obj.seats(group, actor))


def _of_numbers(actor: Actor) -> bool:
    kinds = (AgencyKind.STATISTICS, AgencyKind.COMMITTEE_OFFICE)
    return actor.kind in kinds and actor.role in (Role.LIAISON, Role.SUPERVISOR)


operator = role(Role.OPERATOR)
caseworker = role(Role.CASEWORKER, Role.LEAD)
lead = role(Role.LEAD)
federation = role(Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
liaison = role(Role.LIAISON)
supervisor = role(Role.SUPERVISOR)
auditor = role(Role.AUDITOR)
administrator = role(Role.ADMINISTRATOR)
system = role(Role.SYSTEM)
police = liaison_of(AgencyKind.POLICE)
court = liaison_of(AgencyKind.COURT)
civil_affairs = liaison_of(AgencyKind.CIVIL_AFFAIRS)
justice = liaison_of(AgencyKind.JUSTICE)
committee = liaison_of(AgencyKind.COMMITTEE)
procuratorate = liaison_of(AgencyKind.PROCURATORATE)
asker = Who("whoever asked", lambda actor, obj: obj is not None and actor.user_id == obj.asked_by_id)
not_asker = Who("nobody for themselves", lambda actor, obj: obj is None or actor.user_id != obj.asked_by_id)
let_in = Who("nobody its texts are closed to", lambda actor, obj: obj is None or not obj.closed_to(actor))
statistics = Who(
    "statistics bureau", lambda actor, obj: actor.kind == AgencyKind.STATISTICS and _of_numbers(actor)
)
committee_office = Who(
    "committee office", lambda actor, obj: actor.kind == AgencyKind.COMMITTEE_OFFICE and _of_numbers(actor)
)
nobody = Who("nobody", lambda actor, obj: False)
