"""Who may do what: the one hand-made copy of the rule. L the body that holds it, F caseworker."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.perpetrator_intervention.workflow import FLOW
from workflow.table import Move

MATRIX = {
    "open": "F", "ask": "F", "hold_ourselves": "F", "close": "F",
    "take_up": "LF", "decline": "LF", "record_session": "LF", "record_breach": "LF", "correct": "LF", "complete": "LF",
    "break_off": "LF", "resume": "LF",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "L": of(AgencyKind.JUSTICE, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "operator": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "system": SYSTEM,
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
        "administrator": of(AgencyKind.FEDERATION, Role.ADMINISTRATOR),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Move) -> None:
    assert {letter for letter, actor in people().items() if move.who(actor)} == set(MATRIX[move.name])
