"""Who may do what: the one hand-made copy. C court, V civil affairs, F caseworker, L duty leader, O operator, S clocks."""

from typing import Any
from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.guardianship.models import Guardianship
from casework.measures.guardianship.workflow import FLOW
from tests.guardianship.matters import a_civil_servant, matter_in, prepared
from tests.people import a_caseworker, a_judge, a_policeman, another_federation, court

MATRIX = {
    "prepare": "FLO", "amend": "FLO", "place": "VFLO", "end_care": "VFLO", "file": "FL", "not_pursue": "FL", "accept": "CFL",
    "revoke": "CFL", "dismiss": "CFL", "withdraw": "CFL", "appoint": "CFL", "ask_restore": "CFL", "refuse_restore": "CFL",
    "restore": "CFL", "settle": "SFL",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "C": of(AgencyKind.COURT, Role.LIAISON),
        "V": of(AgencyKind.CIVIL_AFFAIRS, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "L": of(AgencyKind.FEDERATION, Role.LEAD),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "S": SYSTEM,
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "police": of(AgencyKind.POLICE, Role.LIAISON),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Any) -> None:
    assert {letter for letter, actor in people().items() if move.who(actor)} == set(MATRIX[move.name])


@pytest.mark.django_db
def test_a_court_knows_of_it_once_it_is_filed() -> None:
    worker, judge = a_caseworker(), a_judge()
    prepared(worker)
    before = Guardianship.objects.visible_to(judge).count()
    matter_in("filed", worker)
    assert (before, Guardianship.objects.visible_to(judge).count()) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "count"),
    [
        (a_civil_servant, 1), (a_policeman, 0), (lambda: a_judge(court("满洲里市人民法院")), 0),
        (lambda: a_caseworker(another_federation()), 0),
    ],
)  # fmt: skip
def test_who_knows_of_it(who: Any, count: int) -> None:
    matter_in("filed", a_caseworker())
    assert Guardianship.objects.visible_to(who()).count() == count
