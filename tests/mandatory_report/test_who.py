"""Who may do what: the one hand-made copy. P police, J procuratorate, F caseworker, L duty leader, O operator, S the system."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.mandatory_report.workflow import FLOW
from tests.mandatory_report.reports import a_teacher, found, report_in
from tests.people import a_caseworker, a_judge, a_policeman, another_federation, police
from workflow.engine import NotVisible, perform

MATRIX = {
    "find": "FLOS", "report": "FLO", "amend": "FLO", "take_up": "PFL", "refuse": "PFL", "feed_back": "PFL", "chase": "FLO",
    "file_upward": "FLO", "decide_transfer": "PFL", "tell_reporter": "PFL", "send_clue": "FL", "answer_clue": "JFL",
    "propose_not": "FLO", "sign_not": "L", "overrule": "L", "miss": "FLO", "sanction": "FLO", "close": "FL",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "P": of(AgencyKind.POLICE, Role.LIAISON),
        "J": of(AgencyKind.PROCURATORATE, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "L": of(AgencyKind.FEDERATION, Role.LEAD),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "S": SYSTEM,
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
        "administrator": of(AgencyKind.FEDERATION, Role.ADMINISTRATOR),
        "school": of(AgencyKind.SCHOOL, Role.LIAISON),
        "court": of(AgencyKind.COURT, Role.LIAISON),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("who", [a_judge, a_teacher, lambda: a_policeman(police("第一街道派出所"))])
def test_other_bodies_do_not_know_of_it(who: object) -> None:
    report_in("reported", a_caseworker())
    assert MandatoryReport.objects.visible_to(who()).count() == 0  # type: ignore[operator]


@pytest.mark.django_db
def test_another_federation_does_not_know_of_it() -> None:
    report = found()
    with pytest.raises(NotVisible):
        perform(report, "report", actor=a_caseworker(another_federation()), station="110")
