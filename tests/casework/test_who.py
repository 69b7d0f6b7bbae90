"""Who may do what with a case: the one hand-made copy of the table's `who` column."""

from collections.abc import Callable
from uuid import UUID

import pytest

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from casework.suggestions import Suggestion, register, suggestions_for
from casework.workflow import FLOW
from tests.casework.cases import a_case
from tests.people import a_caseworker

ANY, WORK, LEAD = "operator caseworker lead", "caseworker lead", "lead"
MATRIX = {
    "open": f"{ANY} system", "join": WORK,
    "assess": ANY, "reassess": ANY, "escalate": ANY, "inform_rights": ANY, "notify_petition": ANY,
    "reclassify": ANY, "give_result": ANY, "report_trafficking": ANY, "ask_data": ANY, "answer_data": ANY,
    "ask_others": ANY, "answer_others": ANY,
    "activate": WORK, "refer_to_mediation": WORK, "monitor": WORK, "resume": WORK, "transfer": WORK, "close": WORK,
    "record_follow_up": ANY, "reopen": WORK, "archive": LEAD,
}  # fmt: skip


def somebody(role: Role) -> Actor:
    kind = AgencyKind.POLICE if role == Role.LIAISON else AgencyKind.FEDERATION
    return Actor(UUID(int=1), None, None, kind, role)


@pytest.mark.parametrize("name", [FLOW.opening.name, *(move.name for move in FLOW)])
def test_who_may(name: str) -> None:
    allowed = {role.value for role in Role if FLOW.move(name).who(somebody(role), None)}
    assert allowed == set(MATRIX[name].split())


def quiet(case: object, actor: Actor) -> list[Suggestion]:
    return [Suggestion("可以安排走访", "/a/", "安排")]


def urgent(case: object, actor: Actor) -> list[Suggestion]:
    return [Suggestion("高危且没有保护令", "/b/", "申请", law="A23", urgent=True)]


@pytest.fixture
def two_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms: list[Callable[..., list[Suggestion]]] = []
    monkeypatch.setattr("casework.suggestions._suggesters", rooms)
    for room in (quiet, urgent, urgent):
        register(room)


@pytest.mark.django_db
@pytest.mark.usefixtures("two_rooms")
def test_rooms_above_suggest_and_the_urgent_stands_first() -> None:
    worker = a_caseworker()
    assert [hint.url for hint in suggestions_for(a_case(worker), worker)] == ["/b/", "/a/"]
