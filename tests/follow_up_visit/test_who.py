"""Who may do what: the one hand-made copy of the rule. F caseworker, O operator, M committee, P police, S clocks."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.workflow import FLOW
from tests.follow_up_visit.visits import HELD, a_visit, entrusted, with_police
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_policeman,
    an_operator,
    another_federation,
    committee_agency,
    police,
)
from workflow.engine import NotAllowed, NotVisible, perform

MATRIX = {
    "plan": "FS", "hold": "FO", "not_safe": "FO", "miss": "FO", "entrust": "F", "ask_police": "F",
    "seen_well": "FMP", "seen_trouble": "FMP", "not_seen": "FMP", "reschedule": "FS", "cancel": "FS",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "M": of(AgencyKind.COMMITTEE, Role.LIAISON),
        "P": of(AgencyKind.POLICE, Role.LIAISON),
        "S": SYSTEM,
        "court": of(AgencyKind.COURT, Role.LIAISON),
        "civil_affairs": of(AgencyKind.CIVIL_AFFAIRS, Role.LIAISON),
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
        "administrator": of(AgencyKind.FEDERATION, Role.ADMINISTRATOR),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_committee_knows_of_a_visit_only_while_it_is_asked() -> None:
    neighbour = a_committee_worker()
    visit = entrusted(a_caseworker())
    during = FollowUpVisit.objects.visible_to(neighbour).count()
    perform(visit, "seen_well", actor=neighbour)
    assert (during, FollowUpVisit.objects.visible_to(neighbour).count()) == (1, 0)


@pytest.mark.django_db
def test_another_committee_and_another_station_know_nothing() -> None:
    worker = a_caseworker()
    entrusted(worker)
    with_police(worker)
    strangers = (
        a_committee_worker(committee_agency("第一街道居民委员会")),
        a_policeman(police("一街派出所")),
        a_caseworker(another_federation()),
    )
    assert [FollowUpVisit.objects.visible_to(actor).count() for actor in strangers] == [0, 0, 0]


@pytest.mark.django_db
def test_a_committee_cannot_record_the_visit_itself() -> None:
    with pytest.raises(NotAllowed):
        perform(entrusted(a_caseworker()), "hold", actor=a_committee_worker(), **HELD)


@pytest.mark.django_db
def test_a_planned_visit_is_absent_for_the_committee() -> None:
    with pytest.raises(NotVisible):
        perform(a_visit(), "seen_well", actor=a_committee_worker())


@pytest.mark.django_db
def test_an_operator_records_a_visit_and_asks_nobody_else() -> None:
    operator = an_operator()
    visit = a_visit()
    with pytest.raises(NotAllowed):
        perform(visit, "entrust", actor=operator, helper=committee_agency().pk, brief="x")
    perform(visit, "hold", actor=operator, **HELD)
    assert visit.state == "done"
