"""Who may do what: the one hand-made copy of the rule. C court, P police, M committee, F caseworker, O operator, S clocks."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from protection_orders.workflow import FLOW
from tests.people import a_caseworker, a_committee_worker, a_judge, a_policeman, an_operator, court
from tests.protection_orders.orders import order_in, prepared
from workflow.engine import NotAllowed, NotVisible, perform

MATRIX = {
    "inform": "FO", "prepare": "FO", "amend": "FO", "not_pursue": "FO", "file": "F",
    "accept": "CF", "grant": "CF", "dismiss": "CF", "withdraw": "CF", "deem_withdrawn": "CF", "terminate": "CF",
    "serve_some": "CF", "serve": "CF", "notify_police": "CFP", "verify": "PF", "notify_federation": "FOC",
    "notify_committee": "FOCM", "report_breach": "FOPCM", "tell_court": "FO", "sanction": "CF",
    "apply_extend": "CF", "extend": "CF", "apply_vary": "CF", "vary": "CF", "apply_revoke": "CF", "revoke": "CF",
    "refuse_change": "CF", "reconsider": "CF", "uphold": "CF", "grant_after_all": "CF", "set_aside": "CF",
    "lapse": "SF", "feed_back": "FO",
}  # fmt: skip


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "C": of(AgencyKind.COURT, Role.LIAISON),
        "P": of(AgencyKind.POLICE, Role.LIAISON),
        "M": of(AgencyKind.COMMITTEE, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "S": SYSTEM,
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR),
        "auditor": of(AgencyKind.FEDERATION, Role.AUDITOR),
        "administrator": of(AgencyKind.FEDERATION, Role.ADMINISTRATOR),
        "hospital": of(AgencyKind.HOSPITAL, Role.LIAISON),
    }


def test_the_matrix_names_every_move() -> None:
    assert set(MATRIX) == {move.name for move in [FLOW.opening, *FLOW]}


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(MATRIX[move.name])  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_an_operator_prepares_and_does_not_file() -> None:
    operator = an_operator()
    order = prepared(operator)
    with pytest.raises(NotAllowed):
        perform(order, "file", actor=operator)


@pytest.mark.django_db
def test_police_do_not_decide() -> None:
    order = order_in("served", a_caseworker())
    with pytest.raises(NotAllowed):
        perform(order, "sanction", actor=a_policeman(), sanction_kind="admonition")


@pytest.mark.django_db
def test_a_committee_does_not_serve() -> None:
    order = order_in("in_force", a_caseworker())
    with pytest.raises(NotAllowed):
        perform(order, "serve", actor=a_committee_worker(), not_stated=True)


@pytest.mark.django_db
def test_another_court_does_not_know_of_it() -> None:
    order = order_in("filed", a_caseworker())
    with pytest.raises(NotVisible):
        perform(order, "accept", actor=a_judge(court("满洲里市人民法院")))
