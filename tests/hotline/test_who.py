"""Who may do what with a call: the one hand-made copy of the rule. O operator, F caseworker, L duty leader."""

from uuid import uuid4

import pytest
from django.test import Client

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from hotline.models import Call
from hotline.workflow import FLOW, S
from tests.hotline.calls import a_call
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_operator,
    another_federation,
    signed_in,
)

MATRIX = {
    "answer": "OFL", "advise": "OFL", "open_case": "OFL", "join_case": "OFL", "transfer": "OFL", "keep_nothing": "OFL",
    "hand_over": "OFL", "take_over": "OFL", "confirm": "OFL", "take_back": "OFL", "decide_advised": "L",
}  # fmt: skip
PAGES = ("", "/draft", "/people", "/outlook", "/address", "/nothing", "/hand-over", "/take-over")


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    home = AgencyKind.FEDERATION
    staff = {"O": of(home, Role.OPERATOR), "F": of(home, Role.CASEWORKER), "L": of(home, Role.LEAD)}
    others = {
        "police": of(AgencyKind.POLICE, Role.LIAISON),
        "supervisor": of(home, Role.SUPERVISOR),
        "system": SYSTEM,
    }
    return staff | others | {"auditor": of(home, Role.AUDITOR), "administrator": of(home, Role.ADMINISTRATOR)}


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


def test_no_move_refuses_a_call() -> None:
    """First contact (IMAR 18(2)): every way out of an open call is an answer to the caller, or leaves a note of its kind."""
    ends = {move.to for move in FLOW if S.OPEN in move.frm and move.to != "="}
    assert ends == {S.ADVISED, S.CASE_OPENED, S.JOINED, S.TRANSFERRED, S.NO_DATA}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", [a_policeman, a_judge, a_supervisor, an_auditor, an_administrator], ids=lambda who: who.__name__
)
def test_nobody_else_finds_a_call(client: Client, who: object) -> None:
    call = a_call()
    signed_in(client, who())  # type: ignore[operator]
    asked = [client.post(f"/desk/{call.pk}{page}").status_code for page in PAGES]
    asked += [client.get(page).status_code for page in (f"/desk/{call.pk}", "/desk/", "/desk/calls")]
    assert set(asked) == {404}


@pytest.mark.django_db
@pytest.mark.parametrize("who", [an_operator, a_caseworker, a_lead], ids=lambda who: who.__name__)
def test_a_call_of_another_federation_is_not_there(client: Client, who: object) -> None:
    call = a_call(an_operator(another_federation()))
    signed_in(client, who())  # type: ignore[operator]
    asked = [client.post(f"/desk/{call.pk}{page}").status_code for page in PAGES]
    asked += [
        client.get(f"/desk/{call.pk}").status_code,
        client.get(f"/moves/call/{call.pk}/advise").status_code,
    ]
    assert (set(asked), Call.objects.get().state) == ({404}, "open")
