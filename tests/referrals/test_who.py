"""Who may do what: the one hand-made copy of the rule. L liaison of the receiving body, F caseworker, O operator."""

from uuid import uuid4

import pytest

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from referrals.workflow import CONSENTS, FLOW
from tests.people import a_caseworker, a_policeman, another_federation, justice
from tests.referrals.handed import a_lawyer, accepted, drafted, sent
from workflow.engine import NotAllowed, NotVisible, perform

MATRIX = {
    "draft": "FO", "amend": "FO", "send": "F", "see": "L", "accept": "FL", "start": "FL", "feed_back": "FL", "finish": "FL",
    "refuse": "FL", "object": "F", "allow": "FL", "uphold": "FL", "rebase": "F", "reroute": "F", "close": "F",
    "let_rest": "F", "withdraw": "FO",
}  # fmt: skip
CONSENT_MATRIX = {"give": "FO", "withdraw": "FO"}


def people() -> dict[str, Actor]:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    return {
        "L": of(AgencyKind.JUSTICE, Role.LIAISON),
        "F": of(AgencyKind.FEDERATION, Role.CASEWORKER),
        "O": of(AgencyKind.FEDERATION, Role.OPERATOR),
        "system": SYSTEM,
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


@pytest.mark.parametrize("move", [CONSENTS.opening, *CONSENTS], ids=lambda move: move.name)
def test_who_keeps_her_consents(move: object) -> None:
    may = {letter for letter, actor in people().items() if move.who(actor)}  # type: ignore[attr-defined]
    assert may == set(CONSENT_MATRIX[move.name])  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_draft_is_known_to_nobody_outside() -> None:
    with pytest.raises(NotVisible):
        perform(drafted(a_caseworker(), receiver=justice()), "see", actor=a_lawyer())


@pytest.mark.django_db
@pytest.mark.parametrize("stranger", [a_policeman, lambda: a_lawyer(justice("海拉尔区法律援助中心"))])
def test_another_body_does_not_know_of_it(stranger: object) -> None:
    with pytest.raises(NotVisible):
        perform(sent(a_caseworker()), "accept", actor=stranger())  # type: ignore[operator]


@pytest.mark.django_db
def test_another_federation_does_not_know_of_it() -> None:
    with pytest.raises(NotVisible):
        perform(sent(a_caseworker()), "accept", actor=a_caseworker(another_federation()))


@pytest.mark.django_db
def test_the_receiver_does_not_close_for_the_sender() -> None:
    lawyer = a_lawyer()
    referral = accepted(a_caseworker(), lawyer)
    perform(referral, "finish", actor=lawyer, outcome="helped", answer="已结案")
    with pytest.raises(NotAllowed):
        perform(referral, "close", actor=lawyer, need_met=True)
