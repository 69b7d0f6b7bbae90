"""Who may do what: the one hand-made copy of the rule. P police, M committee, F caseworker, O operator, S clocks."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.no_contact_order.workflow import FLOW
from tests.no_contact_order.orders import asked, drafted, in_force
from tests.people import a_caseworker, a_committee_worker, a_judge, a_policeman, another_federation, police
from workflow.engine import NotVisible, reach

MATRIX = {
    "draft": "FO", "ask": "F", "learn": "PF", "order": "PF", "refuse": "PF", "drop": "F", "tell": "PF", "report_breach": "FOPM",
    "detain": "PF", "renew": "PF", "lift": "PF", "end": "SF",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "P": of(AgencyKind.POLICE, Role.LIAISON),
        "M": of(AgencyKind.COMMITTEE, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "S": SYSTEM,
        "court": of(AgencyKind.COURT, Role.LIAISON),
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


def sees(order: object, actor: Actor) -> bool:
    try:
        reach(type(order), order.pk, actor)  # type: ignore[attr-defined, type-var]
    except NotVisible:
        return False
    return True


@pytest.mark.django_db
def test_police_know_of_it_once_they_are_asked_and_the_committee_while_it_runs() -> None:
    worker, officer, neighbour = a_caseworker(), a_policeman(), a_committee_worker()
    rows = [
        (sees(order, officer), sees(order, neighbour))
        for order in (drafted(worker), asked(worker), in_force(worker))
    ]
    assert rows == [(False, False), (True, False), (True, True)]


@pytest.mark.django_db
def test_courts_other_stations_and_other_federations_do_not_know_of_it() -> None:
    order = in_force(a_caseworker())
    others = (a_judge(), a_policeman(police("第一街道派出所")), a_caseworker(another_federation()))
    assert [sees(order, actor) for actor in others] == [False, False, False]
