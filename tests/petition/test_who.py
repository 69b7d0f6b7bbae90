"""Who may do what: the one hand-made copy. F caseworker, L duty leader, O operator, S clocks."""

from typing import Any
from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.petition.models import Petition
from casework.measures.petition.workflow import FLOW
from tests.people import a_caseworker, a_judge, a_policeman, another_federation
from tests.petition.petitions import received

ANY, WORK = "FLO", "FL"
MATRIX = {
    "register": ANY, "accept": ANY, "route": ANY, "redirect": ANY, "object": WORK, "take_back": ANY, "hand_back": ANY,
    "extend": "L", "conclude": WORK, "ask_review": ANY, "review": WORK, "ask_recheck": ANY, "recheck": WORK, "settle": "SFL",
    "mark_urgent": ANY, "report_up": ANY,
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
    return found | {"P": Actor(uuid4(), None, uuid4(), AgencyKind.POLICE, Role.LIAISON), "S": SYSTEM}


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Any) -> None:
    assert {letter for letter, actor in people().items() if move.who(actor)} == set(MATRIX[move.name])


@pytest.mark.django_db
@pytest.mark.parametrize("who", [a_judge, a_policeman, lambda: a_caseworker(another_federation())])
def test_what_is_told_against_somebody_reaches_nobody_else(who: Any) -> None:
    received()
    assert Petition.objects.visible_to(who()).count() == 0
