"""What a referral and a consent need: one refusal each."""

from typing import Any

import pytest

from casework import services
from casework.models import Case
from referrals.models import Consent, Referral
from tests.casework.cases import ALL_NO, a_case
from tests.people import a_caseworker, court, justice
from tests.referrals.handed import CONSENT, DUTY, a_lawyer, a_told_case, drafted, in_days, sent
from tests.workflow.refusals import missing, wrong_fields
from workflow.engine import Unmet, begin, perform

pytestmark = pytest.mark.django_db
GOOD: dict[str, Any] = {**CONSENT, "consent_until": in_days(30)}


def refused(obj: Any, move: str, **takes: Any) -> list[str]:
    """The needs that were not met; empty: the move was made."""
    worker = takes.pop("actor", None) or a_caseworker()
    try:
        perform(obj, move, actor=worker, **takes)
    except Unmet as refusal:
        return [need.name for need in refusal.needs]
    return []


def test_nothing_goes_out_without_her_consent_or_a_reason() -> None:
    referral = drafted(a_caseworker())
    found = [
        refused(referral, "send", receiver=justice(), basis=basis)
        for basis in ("consent", "duty", "emergency")
    ]
    assert found == [["consent_or_reason"]] * 3


@pytest.mark.parametrize("missing", ["consent_until", "given_by", "how"])
def test_a_consent_says_until_when_by_whom_and_how(missing: str) -> None:
    referral = drafted(a_caseworker())
    given = {name: value for name, value in GOOD.items() if name != missing}
    assert refused(referral, "send", receiver=justice(), **given) == ["consent_or_reason"]


def test_a_consent_that_ended_yesterday_carries_nothing() -> None:
    referral = drafted(a_caseworker())
    found = refused(referral, "send", receiver=justice(), **GOOD | {"consent_until": in_days(-1)})
    assert found == ["consent_or_reason"]


def test_a_consent_for_one_body_does_not_serve_another() -> None:
    worker = a_caseworker()
    first = sent(worker)
    second = drafted(worker, first.case)
    other = justice("满洲里市法律援助中心")
    assert refused(second, "send", actor=worker, receiver=other, basis="consent") == ["consent_or_reason"]


def test_a_consent_for_one_service_does_not_serve_another() -> None:
    worker = a_caseworker()
    first = sent(worker)
    second = drafted(worker, first.case, service="counselling")
    assert refused(second, "send", actor=worker, receiver=justice(), basis="consent") == ["consent_or_reason"]


def test_a_child_under_14_does_not_consent_for_herself() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_abuse", relation="2_parent_child")
    services.add_person(case, actor=worker, role="victim", name="小红", age=9, sex="f")
    case.refresh_from_db()
    assert refused(drafted(worker, case), "send", receiver=justice(), **GOOD) == [
        "guardian_consents_for_a_child"
    ]


def test_the_guardian_who_is_the_suspect_does_not_consent_for_her() -> None:
    worker = a_caseworker()
    case = a_case(worker, flags=["guardian_is_suspect"])
    found = refused(drafted(worker, case), "send", receiver=justice(), **GOOD | {"given_by": "guardian"})
    assert found == ["guardian_is_not_the_suspect"]


def test_a_body_is_told_no_more_than_its_service_needs() -> None:
    referral = drafted(a_caseworker(), service="employment")
    found = refused(referral, "send", receiver=justice(), **DUTY, shares=["name"])
    beyond = drafted(a_caseworker(), service="employment")
    beyond.shares = ["name", "incidents"]
    beyond.save()
    assert (found, refused(beyond, "send", receiver=justice(), **DUTY)) == ([], ["only_what_it_may_have"])


def test_high_danger_is_never_passed_on_to_mediation() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    before = drafted(worker, case, service="mediation")
    services.assess_danger(case, actor=worker, answers=ALL_NO | {"F1": "yes"})
    before.refresh_from_db()
    with pytest.raises(Unmet) as refusal:
        drafted(worker, Case.objects.get(pk=case.pk), service="mediation")
    sending = refused(Referral.objects.get(pk=before.pk), "send", receiver=justice(), **DUTY, shares=["name"])
    assert ([need.name for need in refusal.value.needs], sending) == (["no_mediation_at_high_danger"],) * 2


def test_it_is_passed_on_to_another_body_and_not_to_the_same() -> None:
    worker = a_caseworker()
    assert refused(sent(worker), "reroute", actor=worker, next_receiver=justice(), reason="改转") == [
        "another_body"
    ]


def test_only_a_refusal_of_legal_aid_is_objected_to() -> None:
    worker = a_caseworker()
    referral = sent(worker, service="medical")
    perform(referral, "refuse", actor=a_lawyer(), refusal="no_place", reason="床位已满")
    assert refused(referral, "object", actor=worker, reason="应当接收") == ["legal_aid_only"]


def test_a_new_basis_is_asked_as_much_as_the_first() -> None:
    worker = a_caseworker()
    assert refused(sent(worker), "rebase", actor=worker, basis="duty") == ["consent_or_reason"]


@pytest.mark.parametrize(
    ("flags", "age", "takes", "found"),
    [
        ([], 34, {"ends_on": in_days(-1)}, ["ends_later"]),
        ([], 9, {}, ["guardian_gives_it_for_a_child"]),
        (["guardian_is_suspect"], 34, {"given_by": "guardian"}, ["giver_is_not_the_suspect"]),
        ([], 34, {}, []),
    ],
)
def test_a_consent_is_given_by_whoever_may_and_for_a_time(
    flags: list[str], age: int, takes: dict[str, Any], found: list[str]
) -> None:
    worker = a_caseworker()
    case = a_case(worker, flags=flags)
    services.add_person(case, actor=worker, role="victim", name="李秀芝", age=age, sex="f")
    case.refresh_from_db()
    given: dict[str, Any] = {
        "agency": court(),
        "service": "legal_aid",
        "ends_on": in_days(9),
        "given_by": "herself",
        "how": "phone",
    }
    try:
        begin(Consent, actor=worker, case=case, **(given | takes))
        names: list[str] = []
    except Unmet as refusal:
        names = [need.name for need in refusal.needs]
    assert names == found


def test_a_referral_goes_to_somebody_and_on_some_basis() -> None:
    worker = a_caseworker()
    referral = drafted(worker)
    assert {"receiver_chosen", "basis_given"} <= set(missing(referral, "send", worker))
    assert wrong_fields(lambda: perform(referral, "send", actor=worker, **DUTY)) == ["receiver"]
    on_nothing: dict[str, Any] = {"receiver": justice(), "why_without": DUTY["why_without"]}
    assert wrong_fields(lambda: perform(referral, "send", actor=worker, **on_nothing)) == ["basis"]
    referral.receiver, referral.basis = justice(), "duty"
    assert not {"receiver_chosen", "basis_given"} & set(missing(referral, "send", worker))
