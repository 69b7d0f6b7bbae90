"""Who may do what: the one hand-made copy of the rule. P police, A procuratorate, C court, F caseworker, O operator."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.criminal_track.workflow import FLOW
from tests.criminal_track.matters import a_prosecutor, a_track, brought, procuratorate
from tests.people import a_caseworker, a_judge, a_policeman, another_federation, court, police
from workflow.engine import NotVisible, perform, reach

MATRIX = {
    "report": "FO", "take_injury": "PF", "commission": "PF", "opine": "PF", "certify": "PF", "file": "PF", "decline": "PF",
    "drop": "PF", "detain": "PF", "release": "PACF", "transfer": "PF", "send_back": "AF", "prosecute": "AF",
    "not_prosecute": "AF", "convict": "CF", "acquit": "CF", "appeal": "CF", "ask_supervision": "FO", "reopen": "PF", "end": "F",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "P": of(AgencyKind.POLICE, Role.LIAISON),
        "A": of(AgencyKind.PROCURATORATE, Role.LIAISON),
        "C": of(AgencyKind.COURT, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "system": SYSTEM,
        "hospital": of(AgencyKind.HOSPITAL, Role.LIAISON),
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


def seen_by(track: object, *actors: Actor) -> list[bool]:
    found = []
    for actor in actors:
        try:
            found.append(bool(reach(type(track), track.pk, actor)))  # type: ignore[attr-defined, type-var]
        except NotVisible:
            found.append(False)
    return found


@pytest.mark.django_db
def test_each_body_knows_of_it_once_it_is_with_them() -> None:
    worker, bodies = a_caseworker(), (a_policeman(), a_prosecutor(), a_judge())
    track = a_track(worker)
    rows = [seen_by(track, *bodies)]
    perform(track, "transfer", actor=worker, procuratorate_agency=procuratorate())
    rows.append(seen_by(track, *bodies))
    perform(track, "prosecute", actor=worker, court_agency=court())
    rows.append(seen_by(track, *bodies))
    assert rows == [[True, False, False], [True, True, False], [True, True, True]]


@pytest.mark.django_db
def test_another_station_and_another_federation_do_not_know_of_it() -> None:
    worker = a_caseworker()
    track = brought(a_track(worker), worker, "file")
    others = (a_policeman(police("第一街道派出所")), a_caseworker(another_federation()))
    assert seen_by(track, *others) == [False, False]
