"""Who may do what: the one hand-made copy of the rule. P police, F caseworker, O operator."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.warning_letter.workflow import FLOW
from tests.people import a_caseworker, a_policeman, an_operator, another_federation, police
from tests.warning_letter.letters import letter_in
from workflow.engine import NotAllowed, NotVisible, perform
from workflow.table import Move

MATRIX = {
    "draft": "FO", "request": "F", "drop": "F", "learn": "F", "ask_service": "F",
    "accept": "PF", "issue": "PF", "criticise": "PF", "penalise": "PF", "prosecute": "PF", "refuse": "PF", "serve": "PF",
    "visit_clean": "PF", "visit_relapse": "PF", "punish": "PF", "prosecute_relapse": "PF", "resume": "PF", "end": "PF",
    "note_notice": "PFO", "report_relapse": "PFO", "record_education": "FO",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "P": of(AgencyKind.POLICE, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "system": SYSTEM,
        "court": of(AgencyKind.COURT, Role.LIAISON),
        "committee": of(AgencyKind.COMMITTEE, Role.LIAISON),
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
        "administrator": of(AgencyKind.FEDERATION, Role.ADMINISTRATOR),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Move) -> None:
    assert {letter for letter, actor in people().items() if move.who(actor)} == set(MATRIX[move.name])


@pytest.mark.django_db
def test_an_operator_drafts_and_does_not_ask_the_police() -> None:
    operator = an_operator()
    with pytest.raises(NotAllowed):
        perform(letter_in("drafted", operator), "request", actor=operator, police_agency=police())


@pytest.mark.django_db
def test_the_police_do_not_record_our_education() -> None:
    with pytest.raises(NotAllowed):
        perform(letter_in("issued", a_caseworker()), "record_education", actor=a_policeman())


@pytest.mark.django_db
@pytest.mark.parametrize("stranger", ["station", "federation"])
def test_another_station_and_another_federation_do_not_know_of_it(stranger: str) -> None:
    other = (
        a_policeman(police("扎区西山派出所")) if stranger == "station" else a_caseworker(another_federation())
    )
    with pytest.raises(NotVisible):
        perform(letter_in("requested", a_caseworker()), "accept", actor=other)
