"""When the clocks of a letter run, how they end, and what they cannot know."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.warning_letter.models import WarningLetter
from tests.people import a_caseworker, a_policeman
from tests.protection_orders.orders import at
from tests.warning_letter.letters import FAR, letter_in
from workflow.engine import perform
from workflow.models import Alert, Deadline
from workflow.sweep import sweep
from workflow.when import When

pytestmark = pytest.mark.django_db
ISSUING = ("wl_decision_72h", "wl_issue_72h_imar")


def clock(letter: WarningLetter, name: str) -> Any:
    return Deadline.objects.filter(obj_id=letter.pk, clock=name).order_by("-created_at").first()


def due(letter: WarningLetter, name: str) -> str:
    return f"{timezone.localtime(clock(letter, name).due_at):%Y-%m-%d %H:%M}"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def letter_at(state: str, reached: str, worker: Actor | None = None, **takes: Any) -> WarningLetter:
    """In this state since `reached`; the steps before it an hour apart."""
    known = len(reached) > 10
    last = moment(reached if known else f"{reached} 12:00")
    before = FAR[: FAR.index(state)]
    times = {one: f"{last - timedelta(hours=len(before) - n):%Y-%m-%d %H:%M}" for n, one in enumerate(before)}
    return letter_in(state, worker or a_caseworker(), times=times | {state: reached}, **takes)


@pytest.mark.parametrize(
    ("accepted", "end"),
    [
        ("2026-11-20 16:40", "2026-11-23 16:40"),  # over a week-end
        ("2026-02-14 20:00", "2026-02-17 20:00"),  # a working Saturday, into the Spring Festival
        ("2026-09-30 09:15", "2026-10-03 09:15"),  # through National Day
        ("2026-02-27 23:59", "2026-03-02 23:59"),  # over the end of February
    ],
)
def test_72_hours_run_from_the_minute_and_never_stand_still(accepted: str, end: str) -> None:
    letter = letter_at("accepted", accepted)
    assert [due(letter, name) for name in ISSUING] == [end, end]


@pytest.mark.parametrize(
    ("issued", "verdict"), [("2026-03-05 10:59", "met"), ("2026-03-05 11:01", "missed"), ("2026-03-05", "unknown")]
)  # fmt: skip
def test_issuing_is_in_time_late_or_not_to_be_known(issued: str, verdict: str) -> None:
    letter = letter_at("accepted", "2026-03-02 11:00")
    perform(letter, "issue", actor=a_policeman(), at=at(issued))
    assert [clock(letter, name).state for name in ISSUING] == [verdict, verdict]


def test_a_letter_after_the_time_is_a_letter_and_the_miss_stays() -> None:
    letter = letter_at("accepted", "2026-03-02 11:00")
    sweep(moment("2026-03-05 11:01"))
    perform(letter, "issue", actor=a_policeman(), at=at("2026-03-07 09:00"))
    assert (letter.state, clock(letter, "wl_issue_72h_imar").state) == ("issued", "missed")


def test_an_acceptance_nobody_dated_gives_no_verdict() -> None:
    worker = a_caseworker()
    letter = letter_in("requested", worker)
    perform(letter, "accept", actor=worker, at=When.unknown())
    perform(letter, "issue", actor=worker, at=When.unknown())
    assert [clock(letter, name).state for name in ISSUING] == ["unknown", "unknown"]


def test_a_letter_without_a_recorded_acceptance_has_no_72_hours() -> None:
    letter = letter_in("requested", a_caseworker())
    perform(letter, "issue", actor=a_policeman())
    assert (letter.state, [clock(letter, name) for name in ISSUING]) == ("issued", [None, None])


@pytest.mark.parametrize(
    ("takes", "verdict"), [({"on_the_spot": True}, "met"), ({}, "missed")], ids=["there and then", "later"]
)
def test_clear_facts_and_a_refusal_of_criticism_call_for_a_letter_on_the_spot(
    takes: dict[str, Any], verdict: str
) -> None:
    letter = letter_at("accepted", "2026-03-02 11:00", accept={"spot_due": True})
    perform(letter, "issue", actor=a_policeman(), at=at("2026-03-02 13:00"), **takes)
    assert clock(letter, "wl_on_the_spot").state == verdict


def test_without_them_nothing_is_due_on_the_spot() -> None:
    assert clock(letter_in("accepted", a_caseworker()), "wl_on_the_spot") is None


def test_another_decision_ends_the_time_for_issuing_without_a_verdict() -> None:
    letter = letter_at("accepted", "2026-03-02 11:00", accept={"spot_due": True})
    perform(letter, "penalise", actor=a_policeman(), at=at("2026-03-03 11:00"), penalty="detention")
    names = (*ISSUING, "wl_on_the_spot")
    assert [clock(letter, name).state for name in names] == ["met", "cancelled", "cancelled"]


def test_no_law_says_within_how_long_the_federation_is_told() -> None:
    letter = letter_at("issued", "2026-03-03 11:00")
    row = clock(letter, "wl_notify_wf")
    perform(letter, "note_notice", actor=a_caseworker(), at=at("2026-03-20 09:00"))
    assert (row.due_at, clock(letter, "wl_notify_wf").state) == (None, "unknown")


@pytest.mark.parametrize(
    ("served", "end"),
    [
        ("2026-03-05 10:00", "2026-03-12 23:59"),
        (
            "2026-02-10 10:00",
            "2026-02-17 23:59",
        ),  # ends on New Year's Day of the lunar year: it does not move
        ("2026-09-26 10:00", "2026-10-03 23:59"),  # ends within National Day
        ("2026-02-25 10:00", "2026-03-04 23:59"),
    ],
)
def test_the_first_visit_is_due_on_the_seventh_day_holiday_or_not(served: str, end: str) -> None:
    assert due(letter_at("served", served), "wl_first_visit_7d") == end


@pytest.mark.parametrize(
    ("visited", "verdict"), [("2026-03-12", "met"), ("2026-03-13", "missed"), (None, "unknown")]
)  # fmt: skip
def test_the_first_visit_is_kept_missed_or_unknown(visited: str | None, verdict: str) -> None:
    letter = letter_at("served", "2026-03-05 10:00")
    when = at(visited) if visited else When.unknown()
    perform(letter, "visit_clean", actor=a_policeman(), at=when, found_by="police")
    assert clock(letter, "wl_first_visit_7d").state == verdict


@pytest.mark.parametrize(
    ("visited", "end"),
    [
        ("2026-03-10", "2026-06-10 23:59"),
        ("2025-11-30", "2026-02-28 23:59"),  # no 30th of February
        ("2026-01-31", "2026-04-30 23:59"),
        ("2026-07-01", "2026-10-01 23:59"),  # National Day: it does not move
        ("2025-11-17", "2026-02-17 23:59"),  # the first day of the lunar year
    ],
)
def test_the_next_visit_is_due_three_months_after_the_last(visited: str, end: str) -> None:
    letter = letter_at("served", f"{moment(visited) - timedelta(days=3):%Y-%m-%d} 10:00")
    perform(letter, "visit_clean", actor=a_policeman(), at=at(visited), found_by="police")
    assert due(letter, "wl_quarterly_visit") == end


def test_a_visit_months_late_is_a_miss_and_the_next_is_counted_from_it() -> None:
    officer = a_policeman()
    letter = letter_at("served", "2026-01-05 10:00")
    perform(letter, "visit_clean", actor=officer, at=at("2026-01-10"), found_by="police")
    perform(letter, "visit_clean", actor=officer, at=at("2026-05-20"), found_by="police")
    rows = Deadline.objects.filter(obj_id=letter.pk, clock="wl_quarterly_visit").order_by("created_at")
    assert ([row.state for row in rows], due(letter, "wl_quarterly_visit")) == (
        ["missed", "open"],
        "2026-08-20 23:59",
    )


def test_the_education_is_our_own_target_of_seven_days() -> None:
    worker = a_caseworker()
    letter = letter_at("issued", "2026-09-28 09:00", worker)
    perform(letter, "note_notice", actor=worker, at=at("2026-09-28 10:00"))
    row = clock(letter, "wl_wf_education")
    assert (due(letter, "wl_wf_education"), row.is_policy, row.legal_expiry) == (
        "2026-10-05 23:59",
        True,
        None,
    )


def test_an_end_by_penalty_leaves_no_visit_open_and_no_visit_missed() -> None:
    officer = a_policeman()
    letter = letter_at("served", "2026-03-05 10:00")
    perform(letter, "report_relapse", actor=officer, at=at("2026-03-08"), account="再犯")
    perform(letter, "punish", actor=officer, at=at("2026-03-09"), ground="violence", penalty="detention")
    assert clock(letter, "wl_first_visit_7d").state == "cancelled"


def test_the_letter_before_the_rule_has_no_clock_of_it() -> None:
    letter = letter_at("accepted", "2024-11-01 10:00")
    assert ([clock(letter, name) is None for name in ISSUING]) == [True, False]


def test_a_missed_visit_is_told_to_the_federation() -> None:
    letter = letter_at("served", "2026-03-05 10:00")
    sweep(moment("2026-03-13 08:00"))
    row = clock(letter, "wl_first_visit_7d")
    assert (row.state, Alert.objects.filter(deadline=row, agency=letter.case.agency).exists()) == (
        "missed",
        True,
    )
