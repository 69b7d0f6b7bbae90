"""Who may do what: the one hand-made copy. F caseworker, L duty leader, O operator."""

from typing import Any
from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.family_mediation.models import FamilyMediation
from casework.measures.family_mediation.workflow import FLOW
from tests.family_mediation.mediations import a_mediation
from tests.people import a_caseworker, a_judge, a_policeman, another_federation

MATRIX = {
    "plan": "FL", "hold": "FLO", "agree": "FL", "keep": "FLO", "break": "FLO", "fail": "FLO", "stop": "FLO", "convert": "FLO",
}  # fmt: skip


def people() -> dict[str, Actor]:
    posts = {
        "F": Role.CASEWORKER,
        "L": Role.LEAD,
        "O": Role.OPERATOR,
        "V": Role.SUPERVISOR,
        "A": Role.AUDITOR,
    }
    found = {
        letter: Actor(uuid4(), None, uuid4(), AgencyKind.FEDERATION, role) for letter, role in posts.items()
    }
    return found | {"M": Actor(uuid4(), None, uuid4(), AgencyKind.COMMITTEE, Role.LIAISON), "S": SYSTEM}


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Any) -> None:
    assert {letter for letter, actor in people().items() if move.who(actor)} == set(MATRIX[move.name])


@pytest.mark.django_db
@pytest.mark.parametrize("who", [a_judge, a_policeman, lambda: a_caseworker(another_federation())])
def test_nobody_else_knows_of_it(who: Any) -> None:
    a_mediation()
    assert FamilyMediation.objects.visible_to(who()).count() == 0
