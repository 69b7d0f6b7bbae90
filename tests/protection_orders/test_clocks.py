"""When the clocks of an order run, how they end, and what they cannot know."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Task
from protection_orders.dates import last_day
from protection_orders.models import ProtectionOrder
from protection_orders.selectors import acceptance_lag, order_view
from tests.people import a_caseworker, a_judge, a_policeman
from tests.protection_orders.orders import at, order_in, prepared
from workflow.engine import perform
from workflow.models import Alert, Deadline
from workflow.sweep import sweep
from workflow.when import When

pytestmark = pytest.mark.django_db


def clock(order: ProtectionOrder, name: str) -> Any:
    return Deadline.objects.filter(obj_id=order.pk, clock=name).order_by("-created_at").first()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def due(order: ProtectionOrder, name: str) -> str:
    return f"{timezone.localtime(clock(order, name).due_at):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("made", "months", "days", "end"),
    [
        (date(2026, 3, 5), 6, None, date(2026, 9, 5)),
        (date(2026, 8, 31), 6, None, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, None, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, None, date(2026, 4, 30)),
        (date(2026, 3, 5), None, 30, date(2026, 4, 4)),
        (date(2026, 3, 5), 1, 15, date(2026, 4, 20)),
        (date(2026, 3, 5), None, None, None),
        (None, 6, None, None),
    ],
)
def test_the_end_of_a_length(
    made: date | None, months: int | None, days: int | None, end: date | None
) -> None:
    assert last_day(made, months, days) == end


def test_no_clock_runs_between_filing_and_acceptance() -> None:
    order = order_in("filed", a_caseworker())
    assert not Deadline.objects.filter(obj_id=order.pk).exists()


def test_the_court_has_72_hours_from_the_next_full_hour_of_acceptance() -> None:
    order = order_in("accepted", a_caseworker(), made="2026-11-20 16:40")
    found = clock(order, "ppo_decision_72h")
    assert (timezone.localtime(found.warn_from), timezone.localtime(found.due_at)) == (
        moment("2026-11-23 16:40"),
        moment("2026-11-23 17:00"),
    )


def test_the_72_hours_run_through_the_spring_festival() -> None:
    order = order_in("accepted", a_caseworker(), made="2026-02-16 20:00")
    assert due(order, "ppo_decision_72h") == "2026-02-19 21:00"


def test_an_urgent_matter_also_has_24_hours() -> None:
    order = order_in("accepted", a_caseworker(), made="2026-03-02 10:00", urgent=True)
    assert due(order, "ppo_decision_24h_urgent") == "2026-03-03 11:00"


def test_a_late_ruling_is_a_breach_of_the_clock_and_still_an_order() -> None:
    worker = a_caseworker()
    order = order_in("accepted", worker, made="2026-03-02 10:00")
    perform(order, "grant", actor=worker, at=at("2026-03-06 10:00"), granted=["M1"])
    assert (order.state, clock(order, "ppo_decision_72h").state) == ("in_force", "missed")


def test_an_acceptance_of_unknown_hour_gives_no_false_verdict() -> None:
    worker = a_caseworker()
    order = order_in("filed", worker, made="2026-03-02 10:00")
    perform(order, "accept", actor=worker, at=at("2026-03-02"))
    perform(order, "grant", actor=worker, at=at("2026-03-05"), granted=["M1"])
    assert clock(order, "ppo_decision_72h").state == "unknown"


def test_an_order_with_no_date_at_all_can_be_recorded() -> None:
    worker = a_caseworker()
    order = prepared(worker)
    steps: list[tuple[str, dict[str, Any]]] = [("file", {}), ("accept", {}), ("grant", {"not_stated": True})]
    for name, takes in steps:
        perform(order, name, actor=worker, at=When.unknown(), **takes)
    assert (order.state, order.made_on, order.lapses_on, clock(order, "ppo_validity").state) == (
        "in_force", None, None, "unknown",
    )  # fmt: skip


def test_a_ruling_may_be_recorded_where_the_acceptance_is_not_known() -> None:
    worker = a_caseworker()
    order = order_in("filed", worker)
    perform(order, "grant", actor=worker, granted=["M1"])
    assert (order.state, clock(order, "ppo_decision_72h")) == ("in_force", None)


def test_service_is_due_in_24_hours() -> None:
    order = order_in("in_force", a_caseworker(), made="2026-03-02 10:20")
    assert due(order, "ppo_service_24h") == "2026-03-03 11:00"


def test_partial_service_does_not_stop_the_clock() -> None:
    worker = a_caseworker()
    order = order_in("in_force", worker)
    perform(order, "serve_some", actor=worker, served_on=["applicant"])
    assert (order.state, clock(order, "ppo_service_24h").closed_at) == ("in_force", None)


def test_the_date_of_the_ruling_wins_over_its_length() -> None:
    order = order_in("in_force", a_caseworker(), validity_months=6, lapses_on=date(2026, 8, 31))
    assert (order.lapses_on, due(order, "ppo_validity")) == (date(2026, 8, 31), "2026-08-31 23:59")


def test_the_end_never_rolls_over_a_holiday() -> None:
    order = order_in("in_force", a_caseworker(), made="2026-04-01 10:00", validity_months=6)
    assert due(order, "ppo_validity") == "2026-10-01 23:59"


def test_an_unknown_length_is_watched_to_the_outer_limit_and_asked_for() -> None:
    order = order_in("in_force", a_caseworker(), made="2026-03-02 10:00")
    assert (order.lapses_on, due(order, "ppo_validity")) == (None, "2026-09-02 23:59")
    assert Task.objects.filter(case=order.case, kind="ask_again").exists()


def test_the_renewal_is_called_to_mind_four_times() -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 1), made="2026-03-02 10:00")
    for days in (46, 45, 44, 30, 14, 7):
        sweep(moment("2026-09-01 09:30") - timedelta(days=days))
    told = Alert.objects.filter(
        deadline__obj_id=order.pk, deadline__clock="ppo_renewal_filing", level="reminder"
    )
    assert told.values("rung").distinct().count() == 4


def test_the_sweep_ends_the_order_after_its_last_day() -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 1), made="2026-03-02 10:00")
    sweep(moment("2026-09-01 23:59"))
    order.refresh_from_db()
    before = order.state
    sweep(moment("2026-09-02 00:01"))
    order.refresh_from_db()
    assert (before, order.state) == ("served", "lapsed")


def test_an_order_never_served_lapses_too() -> None:
    order = order_in("in_force", a_caseworker(), lapses_on=date(2026, 9, 1), made="2026-03-02 10:00")
    sweep(moment("2026-09-02 00:01"))
    order.refresh_from_db()
    assert order.state == "lapsed"


def test_the_end_asks_for_a_new_plan() -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 1), made="2026-03-02 10:00")
    Task.objects.filter(case=order.case).update(done_at=timezone.now())
    sweep(moment("2026-09-02 00:01"))
    assert set(Task.objects.filter(case=order.case, done_at=None).values_list("kind", flat=True)) == {
        "safety_plan"
    }


def test_the_last_report_is_owed_by_whoever_was_asked_to_help() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 1), made="2026-03-02 10:00")
    perform(order, "notify_federation", actor=worker, at=at("2026-03-03"))
    sweep(moment("2026-09-02 00:01"))
    assert due(order, "ppo_wf_end_feedback") == "2026-09-08 23:59"


def test_a_refused_extension_gives_the_right_back() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 1), made="2026-03-02 10:00")
    perform(order, "apply_extend", actor=worker, at=at("2026-08-01"), party="applicant")
    asked = clock(order, "ppo_renewal_filing").closed_at
    perform(order, "refuse_change", actor=worker, at=at("2026-08-05"), change="extend")
    assert (asked is not None, Deadline.objects.live().filter(obj_id=order.pk, clock="ppo_renewal_filing").count()) == (
        True, 1,
    )  # fmt: skip


def test_the_dismissal_can_be_attacked_for_five_days_and_the_end_rolls() -> None:
    worker = a_caseworker()
    order = order_in("accepted", worker, made="2026-03-02 10:00")
    perform(order, "dismiss", actor=worker, at=at("2026-03-03 10:00"))
    assert due(order, "ppo_reconsider_dismissal_5d") == "2026-03-09 23:59"


def test_the_respondents_five_days_are_shown_by_both_readings() -> None:
    worker = a_caseworker()
    order = order_in("in_force", worker, made="2026-03-02 10:00")
    perform(order, "serve_some", actor=worker, at=at("2026-03-10 10:00"), served_on=["respondent"])
    assert (due(order, "ppo_reconsider_order_5d"), order_view(order).second_reading) == (
        "2026-03-09 23:59",
        date(2026, 3, 16),
    )


def test_the_police_check_within_24_hours() -> None:
    worker, officer = a_caseworker(), a_policeman()
    order = order_in("in_force", worker, made="2026-03-02 10:00")
    perform(order, "notify_police", actor=worker, at=at("2026-03-03 10:30"))
    assert due(order, "ppo_police_verify_24h") == "2026-03-04 10:30"
    perform(order, "verify", actor=officer, at=at("2026-03-05 09:00"), account="已上门核实")
    assert clock(order, "ppo_police_verify_24h").state == "missed"


@pytest.mark.parametrize(
    ("found_by", "runs"), [("victim", True), ("committee", True), ("court", False), ("police", False)]
)
def test_the_federation_reports_what_court_and_police_do_not_know(found_by: str, runs: bool) -> None:
    worker = a_caseworker()
    order = order_in("served", worker)
    perform(order, "report_breach", actor=worker, breach="violence", found_by=found_by)
    assert (clock(order, "ppo_violation_report_to_court") is not None, order.unreported > 0) == (runs, runs)


def test_the_report_is_due_two_hours_after_it_was_found() -> None:
    worker = a_caseworker()
    order = order_in("served", worker)
    found = at("2026-03-20 10:00")
    perform(
        order,
        "report_breach",
        actor=worker,
        at=found,
        breach="privacy",
        found_by="victim",
        broken_on=date(2026, 3, 8),
    )
    row = clock(order, "ppo_violation_report_to_court")
    assert (due(order, "ppo_violation_report_to_court"), row.is_policy, row.legal_expiry) == (
        "2026-03-20 12:00",
        True,
        None,
    )


def test_the_wait_for_acceptance_is_shown() -> None:
    worker, judge = a_caseworker(), a_judge()
    order = order_in("filed", worker, made="2026-03-02 10:00")
    waiting = acceptance_lag(order, moment("2026-03-04 10:00"))
    perform(order, "accept", actor=judge, at=at("2026-03-05 12:00"))
    lag = acceptance_lag(order, moment("2026-03-09 10:00"))
    assert waiting is not None and lag is not None
    assert (waiting.least, waiting.waiting, lag.least, lag.most) == (
        timedelta(days=2), True, timedelta(days=3, hours=2), timedelta(days=3, hours=2),
    )  # fmt: skip
