"""The clocks of a referral: started where they apply, kept, missed, and dropped when nobody owes anything any more."""

from typing import Any

import pytest

from referrals.models import Referral
from tests.people import a_caseworker, justice
from tests.protection_orders.orders import at
from tests.referrals.handed import a_lawyer, in_days, sent
from workflow.engine import perform
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
SENT = at("2026-03-02 10:00")  # a Monday


def clock(referral: Referral, name: str) -> Deadline:
    return Deadline.objects.get(obj_id=referral.pk, clock=name)


def states(referral: Referral) -> dict[str, str]:
    return dict(Deadline.objects.filter(obj_id=referral.pk).values_list("clock", "state"))


def handed(urgency: str = "normal", **takes: Any) -> Referral:
    return sent(a_caseworker(), at=SENT, urgency=urgency, **takes)


@pytest.mark.parametrize(
    ("urgency", "started"),
    [
        ("hours", {"referral_within_hours", "referral_urgent_1d"}),
        ("urgent", {"referral_urgent_1d"}),
        ("days", {"referral_within_days"}),
        ("normal", set()),
    ],
)
def test_each_grade_of_urgency_has_its_clock(urgency: str, started: set[str]) -> None:
    assert set(states(handed(urgency, service="counselling"))) == started


def test_hours_and_days_are_our_own_targets_and_a_day_is_of_the_form() -> None:
    found = {
        name: clock(handed(urgency, service="shelter"), name).is_policy
        for urgency, name in (
            ("hours", "referral_within_hours"), ("urgent", "referral_urgent_1d"), ("days", "referral_within_days"),
        )
    }  # fmt: skip
    assert found == {"referral_within_hours": True, "referral_urgent_1d": False, "referral_within_days": True}


@pytest.mark.parametrize(("begun", "verdict"), [("2026-03-03 09:00", "met"), ("2026-03-03 11:00", "missed")])
def test_an_urgent_service_begins_within_a_day(begun: str, verdict: str) -> None:
    referral, lawyer = handed("urgent"), a_lawyer()
    perform(referral, "accept", actor=lawyer, at=SENT)
    perform(referral, "start", actor=lawyer, at=at(begun))
    assert states(referral)["referral_urgent_1d"] == verdict


@pytest.mark.parametrize(("decided", "verdict"), [("2026-03-09", "met"), ("2026-03-10", "missed")])
@pytest.mark.parametrize("move", ["accept", "refuse"])
def test_legal_aid_decides_in_seven_days(move: str, decided: str, verdict: str) -> None:
    referral = handed()
    takes: dict[str, Any] = {"refusal": "other", "reason": "不属于范围"} if move == "refuse" else {}
    perform(referral, move, actor=a_lawyer(), at=at(decided), **takes)
    assert states(referral)["legal_aid_review_7d"] == verdict


@pytest.mark.parametrize(("assigned", "verdict"), [("2026-03-05", "met"), ("2026-03-06", "missed")])
def test_legal_aid_assigns_a_lawyer_in_three_days(assigned: str, verdict: str) -> None:
    referral, lawyer = handed(), a_lawyer()
    perform(referral, "accept", actor=lawyer, at=SENT)
    perform(referral, "start", actor=lawyer, at=at(assigned))
    assert states(referral)["legal_aid_assign_3d"] == verdict


@pytest.mark.parametrize(("told", "verdict"), [("2026-03-05", "met"), ("2026-03-06", "missed")])
def test_the_receiver_says_how_it_stands_in_three_working_days(told: str, verdict: str) -> None:
    referral, lawyer = handed(service="housing"), a_lawyer()
    perform(referral, "accept", actor=lawyer, at=SENT)
    perform(referral, "feed_back", actor=lawyer, at=at(told), answer="正在找房")
    assert states(referral)["referral_feedback_3wd"] == verdict


@pytest.mark.parametrize(("reviewed", "verdict"), [("2026-03-09", "met"), ("2026-03-10", "missed")])
def test_an_objection_is_reviewed_in_five_days(reviewed: str, verdict: str) -> None:
    referral, lawyer = handed(), a_lawyer()
    perform(referral, "refuse", actor=lawyer, at=SENT, refusal="conditions", reason="经济条件")
    perform(referral, "object", actor=a_caseworker(), at=at("2026-03-04"), reason="不审查经济状况")
    perform(referral, "uphold", actor=lawyer, at=at(reviewed), reason="维持")
    assert states(referral)["legal_aid_objection_5d"] == verdict


def test_a_limitation_that_is_near_is_watched_to_its_own_last_day() -> None:
    referral = handed(limitation_on=in_days(5))
    due = clock(referral, "legal_aid_urgent_limitation_7d").due_at
    assert due is not None and due.date() <= in_days(5)


def test_a_limitation_matters_to_legal_aid_only() -> None:
    assert "legal_aid_urgent_limitation_7d" not in states(handed(service="housing", limitation_on=in_days(5)))


@pytest.mark.parametrize(
    ("move", "takes"),
    [
        ("withdraw", {"reason": "本人不再需要"}),
        ("reroute", {"reason": "太远"}),
    ],
)
def test_what_nobody_owes_any_more_is_neither_kept_nor_missed(move: str, takes: dict[str, Any]) -> None:
    referral = handed("urgent")
    if move == "reroute":
        takes["next_receiver"] = justice("满洲里市法律援助中心")
    perform(referral, move, actor=a_caseworker(), **takes)
    assert states(referral) == {"referral_urgent_1d": "cancelled", "legal_aid_review_7d": "cancelled"}


def test_a_clock_belongs_to_the_receiving_body() -> None:
    referral = handed("urgent")
    owners = Deadline.objects.filter(obj_id=referral.pk).values_list("owner_agency", flat=True).distinct()
    assert list(owners) == [justice().pk]
