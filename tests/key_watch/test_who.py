"""Who may do what on the watch list. F caseworker, L lead, O operator, M committee, P police, S clocks."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.key_watch.workflow import FLOW
from workflow.table import Move

MATRIX = {
    "propose": "FL", "confirm": "L", "reject": "L", "report": "FLOMP", "review": "FL", "lift": "FL", "expire": "S",
}  # fmt: skip


def of(kind: AgencyKind, role: Role) -> Actor:
    return Actor(uuid4(), None, uuid4(), kind, role)


PEOPLE = {
    "F": of(AgencyKind.FEDERATION, Role.CASEWORKER), "L": of(AgencyKind.FEDERATION, Role.LEAD),
    "O": of(AgencyKind.FEDERATION, Role.OPERATOR), "M": of(AgencyKind.COMMITTEE, Role.LIAISON),
    "P": of(AgencyKind.POLICE, Role.LIAISON), "S": SYSTEM,
    "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR), "court": of(AgencyKind.COURT, Role.LIAISON),
}  # fmt: skip


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Move) -> None:
    assert {letter for letter, actor in PEOPLE.items() if move.who(actor)} == set(MATRIX[move.name])
