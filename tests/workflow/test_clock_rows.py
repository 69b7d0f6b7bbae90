"""Clocks of one object: started once, judged when stopped, suspended with a reason."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from tests.people import a_caseworker, a_lead, a_policeman, an_operator, federation
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.times import at, day, instant, night
from workflow.clocks import (
    NotRunning,
    cancel_clocks,
    drop_clocks,
    recount_provisional,
    resume,
    start_clock,
    stop_clocks,
    suspend,
)
from workflow.deadlines import Deadline, SuspendReason
from workflow.due import due_board, open_deadlines
from workflow.engine import NotVisible, perform
from workflow.rulebook import ClockRule
from workflow.when import When

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 18:00")
STARTED = instant("2026-11-20 16:40")


def started(clock: str = "ppo_decision_72h", at_: When = STARTED, **more: Any) -> Deadline:
    deadline = start_clock(an_errand(), clock, at_, now=NOW, **more)
    assert deadline is not None
    return deadline


def stopped(deadline: Deadline, at_: When, now: Any = NOW) -> Deadline:
    return stop_clocks(Errand.objects.get(pk=deadline.obj_id), [deadline.clock], at_, now)[0]


def test_a_statutory_clock_has_two_instants_and_no_policy() -> None:
    row = started()
    found = (row.warn_from, row.legal_expiry, row.policy_due, row.is_policy, row.rule.version)
    assert found == (at("2026-11-23 16:40"), at("2026-11-23 17:00"), None, False, 1)


def test_a_policy_clock_has_no_legal_end() -> None:
    row = started("mr_minor_report")
    assert (row.legal_expiry, row.policy_due, row.is_policy) == (None, at("2026-11-20 17:40"), True)


def test_the_database_refuses_policy_in_the_place_of_law() -> None:
    row = started("mr_minor_report")
    with pytest.raises(IntegrityError, match="policy_is_never_law"):
        Deadline.objects.filter(pk=row.pk).update(legal_expiry=row.policy_due)


def test_a_start_on_some_hour_of_a_day_warns_early_and_expires_late() -> None:
    row = started("wl_decision_72h", day("2026-11-20"))
    found = (row.warn_from, row.first_expiry, row.legal_expiry)
    assert found == (at("2026-11-23 00:00"), at("2026-11-23 00:00"), night("2026-11-23"))


def test_an_unknown_start_is_kept_as_unknown() -> None:
    row = started("wl_decision_72h", When.unknown())
    assert (row.state, row.warn_from, row.legal_expiry, row.next_wake_at) == ("unknown", None, None, None)


def test_an_unknown_start_is_filled_in_once_it_is_known() -> None:
    errand = an_errand()
    for at_ in (When.unknown(), STARTED):
        start_clock(errand, "ppo_decision_72h", at_, now=NOW)
    row = Deadline.objects.get()
    assert (row.state, row.legal_expiry) == ("open", at("2026-11-23 17:00"))


def test_a_clock_runs_once_per_object() -> None:
    errand = an_errand()
    rows = [start_clock(errand, "wl_decision_72h", STARTED, now=NOW) for _ in range(3)]
    assert ({row and row.pk for row in rows}, Deadline.objects.count()) == ({rows[0] and rows[0].pk}, 1)


def test_a_rule_not_yet_in_force_starts_no_clock() -> None:
    assert start_clock(an_errand(), "wl_decision_72h", day("2024-12-05"), now=NOW) is None


def test_the_date_of_the_ruling_ends_the_order() -> None:
    row = started("ppo_validity", until=date(2027, 2, 20))
    assert (row.warn_from, row.legal_expiry) == (at("2027-02-19 00:00"), night("2027-02-20"))


def test_a_clock_without_any_end_stays_open_and_never_wakes() -> None:
    row = started("wl_notify_wf")
    assert (row.state, row.due_at, row.next_wake_at) == ("open", None, None)


@pytest.mark.parametrize(
    ("clock", "end", "state", "verdict"),
    [
        ("ppo_decision_72h", instant("2026-11-23 17:00"), "met", "met"),
        ("ppo_decision_72h", instant("2026-11-23 17:01"), "missed", "breached"),
        ("ppo_decision_72h", day("2026-11-23"), "unknown", "unknown"),
        ("ppo_decision_72h", When.unknown(), "unknown", "unknown"),
        ("mr_minor_report", instant("2026-11-20 17:00"), "met", "met"),
    ],
)
def test_the_end_is_judged(clock: str, end: When, state: str, verdict: str) -> None:
    row = stopped(started(clock), end)
    assert (row.state, row.verdict(NOW), row.next_wake_at) == (state, verdict, None)


def test_undated_times_are_judged_when_stopped() -> None:
    least = at("2026-11-20 00:00") - at("2026-11-20 00:00")
    most = at("2026-11-20 00:20") - at("2026-11-20 00:00")
    row = started("ppo_decision_24h_urgent", When(None, at("2026-11-20 18:00"), offsets=(least, least)))
    assert stopped(row, When(None, at("2026-11-20 18:00"), offsets=(least, most))).state == "met"


def test_a_missed_clock_that_is_done_late_stays_missed_with_its_end() -> None:
    row = started("wl_decision_72h")
    Deadline.objects.filter(pk=row.pk).update(state="missed")
    late = stopped(row, instant("2026-11-25 10:00"), at("2026-11-25 11:00"))
    assert (late.state, late.ended_to, late.closed_at) == (
        "missed",
        at("2026-11-25 10:00"),
        at("2026-11-25 11:00"),
    )


def test_an_end_in_time_that_is_told_late_counts_as_kept() -> None:
    row = started("wl_decision_72h")
    Deadline.objects.filter(pk=row.pk).update(state="missed")
    assert stopped(row, instant("2026-11-22 10:00"), at("2026-11-25 11:00")).state == "met"


def test_a_new_round_may_start_while_an_old_one_is_missed() -> None:
    errand = an_errand()
    first = start_clock(errand, "wl_decision_72h", STARTED, now=NOW)
    assert first
    Deadline.objects.filter(pk=first.pk).update(state="missed")
    second = start_clock(errand, "wl_decision_72h", instant("2026-11-25 10:00"), now=NOW)
    assert second and (second.pk != first.pk, open_deadlines(errand.subject_id).count()) == (True, 2)


def test_stopping_nothing_asks_nothing(django_assert_num_queries: Any) -> None:
    errand = an_errand()
    with django_assert_num_queries(0):
        stop_clocks(errand, (), STARTED, NOW)


def test_a_clock_is_started_with_three_queries(django_assert_num_queries: Any) -> None:
    errand = an_errand()
    ClockRule.objects.current("ppo_decision_72h")
    with django_assert_num_queries(3):
        start_clock(errand, "ppo_decision_72h", STARTED, now=NOW)


def test_a_cancelled_clock_has_no_verdict() -> None:
    row = started()
    cancel_clocks(Errand.objects.get(pk=row.obj_id), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.verdict(NOW), row.next_wake_at) == ("cancelled", "not_applicable", None)


def test_hours_stand_still_while_suspended() -> None:
    lead = a_lead()
    row = started()
    suspend(row, actor=lead, reason=SuspendReason.APPRAISAL, now=at("2026-11-21 10:00"))
    found = resume(row, actor=lead, now=at("2026-11-22 10:30"))
    assert (found.warn_from, found.legal_expiry) == (at("2026-11-24 17:10"), at("2026-11-24 17:30"))


def test_days_stand_still_by_whole_days_and_roll_as_usual() -> None:
    lead = a_lead()
    row = started("ppo_reconsider_dismissal_5d", instant("2026-11-16 10:00"))
    suspend(row, actor=lead, reason=SuspendReason.HEARING, now=at("2026-11-18 17:00"))
    found = resume(row, actor=lead, now=at("2026-11-19 09:00"))
    assert (found.warn_from, found.legal_expiry) == (night("2026-11-22"), night("2026-11-24"))


def test_a_suspension_keeps_its_reason_and_its_persons() -> None:
    lead, row = a_lead(), started()
    suspend(row, actor=lead, reason=SuspendReason.APPRAISAL, now=NOW)
    resume(row, actor=lead, now=at("2026-11-22 10:30"))
    found = row.suspensions.get()
    assert (found.reason, found.suspended_by_id, found.resumed_by_id) == (
        "appraisal",
        lead.user_id,
        lead.user_id,
    )


def test_a_suspended_clock_does_not_wake_and_says_why() -> None:
    row = suspend(started(), actor=a_lead(), reason=SuspendReason.HEARING, now=NOW)
    assert [row.state, row.next_wake_at, row.suspended_at, row.suspend_reason] == [
        "suspended",
        None,
        NOW,
        SuspendReason.HEARING.label,
    ]


def test_a_suspended_clock_that_is_stopped_is_judged_without_the_pause() -> None:
    row = started("wl_decision_72h")
    suspend(row, actor=a_lead(), reason=SuspendReason.HEARING, now=at("2026-11-21 10:00"))
    assert stopped(row, instant("2026-11-30 10:00"), at("2026-11-30 10:00")).state == "met"


def test_only_a_running_clock_can_be_suspended() -> None:
    row = suspend(started(), actor=a_lead(), reason=SuspendReason.HEARING, now=NOW)
    with pytest.raises(NotRunning):
        suspend(row, actor=a_lead(), reason=SuspendReason.HEARING, now=NOW)


def test_police_cannot_suspend_what_they_owe() -> None:
    with pytest.raises(PermissionDenied):
        suspend(started("wl_decision_72h"), actor=a_policeman(), reason=SuspendReason.HEARING, now=NOW)


def test_a_foreign_federation_cannot_suspend() -> None:
    foreign = a_caseworker(agency=federation("别处妇女联合会"))
    with pytest.raises(NotVisible):
        suspend(started(), actor=foreign, reason=SuspendReason.HEARING, now=NOW)


def test_a_provisional_end_is_counted_again() -> None:
    row = started("xf_objection_5wd", instant("2026-12-30 10:00"))
    Deadline.objects.filter(pk=row.pk).update(legal_expiry=night("2027-02-01"))
    assert (row.is_provisional, recount_provisional(), Deadline.objects.get().legal_expiry) == (
        True,
        1,
        night("2027-01-07"),
    )


def test_the_move_starts_and_stops_its_clocks() -> None:
    lead, errand = a_lead(), an_errand()
    perform(errand, "take", actor=lead, at=STARTED, now=NOW, number="7")
    perform(errand, "finish", actor=lead, at=STARTED, now=NOW, number="7", weight=1, account="x", paid=True)
    assert [(row.clock, row.state) for row in Deadline.objects.all()] == [("wl_decision_72h", "met")]


def test_a_clock_that_lost_its_point_has_no_verdict_unless_it_was_overdue() -> None:
    obj = an_errand()
    for clock in ("wl_decision_72h", "wl_first_visit_7d"):
        start_clock(obj, clock, STARTED, now=NOW)
    later = at("2026-11-26 10:00")
    drop_clocks(obj, ("wl_decision_72h", "wl_first_visit_7d"), When.instant(later), later)
    found = {row.clock: row.state for row in Deadline.objects.all()}
    assert found == {"wl_decision_72h": "missed", "wl_first_visit_7d": "cancelled"}


def test_the_board_puts_the_most_urgent_first() -> None:
    for clock in ("wl_notify_wf", "wl_first_visit_7d", "mr_minor_report", "ppo_decision_72h"):
        started(clock)
    board = due_board(an_operator(), at("2026-11-23 10:00"))
    found = [
        [row.clock for row in rows] for rows in (board.overdue, board.today, board.later, board.timeless)
    ]
    assert found == [["mr_minor_report"], ["ppo_decision_72h"], ["wl_first_visit_7d"], ["wl_notify_wf"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_is_one_query(rows: int, django_assert_num_queries: Any) -> None:
    actor = an_operator()
    for _ in range(rows):
        started()
    with django_assert_num_queries(1):
        board = due_board(actor, NOW)
        assert (
            len([(row.label, row.owner_agency and row.owner_agency.short_name) for row in board.later])
            == rows
        )


def test_nobody_sees_the_deadlines_of_another_house() -> None:
    started()
    board = due_board(an_operator(agency=federation("别处妇女联合会")), NOW)
    assert board.later == []
