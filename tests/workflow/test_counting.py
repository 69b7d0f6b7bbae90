"""Every counting rule by examples: around 春节 and 国庆, month ends, leap days, midnight."""

from datetime import date

import pytest

from tests.workflow.times import CALENDAR, at, night
from workflow.counting import Span, expiry, policy_expiry, reckon
from workflow.rules import all_rules, rule_data


def test_t1_court_hours_run_from_the_next_full_hour() -> None:
    found = expiry(rule_data("ppo_decision_72h"), at("2026-11-20 16:40"), CALENDAR)
    assert found == Span(at("2026-11-23 16:40"), at("2026-11-23 17:00"))


@pytest.mark.parametrize(
    ("clock", "start", "warn", "legal"),
    [
        ("ppo_decision_72h", "2026-11-20 16:00:00", "2026-11-23 16:00", "2026-11-23 17:00"),
        ("ppo_decision_72h", "2026-11-20 15:59:59", "2026-11-23 15:59:59", "2026-11-23 16:00"),
        ("ppo_decision_72h", "2026-11-20 23:30", "2026-11-23 23:30", "2026-11-24 00:00"),
        ("ppo_decision_72h", "2026-11-20 00:00", "2026-11-23 00:00", "2026-11-23 01:00"),
        ("ppo_decision_24h_urgent", "2026-12-31 23:01", "2027-01-01 23:01", "2027-01-02 00:00"),
        ("ppo_service_24h", "2024-02-28 10:10", "2024-02-29 10:10", "2024-02-29 11:00"),
        ("preservation_ruling_48h", "2028-02-28 09:30", "2028-03-01 09:30", "2028-03-01 10:00"),
    ],
)
def test_t1_t5_court_clocks_have_two_readings(clock: str, start: str, warn: str, legal: str) -> None:
    assert expiry(rule_data(clock), at(start), CALENDAR) == Span(at(warn), at(legal))


@pytest.mark.parametrize(
    ("clock", "start", "end"),
    [
        ("wl_decision_72h", "2026-11-20 16:40", "2026-11-23 16:40"),
        ("wl_issue_72h_imar", "2026-02-27 23:59", "2026-03-02 23:59"),
        ("ppo_police_verify_24h", "2024-02-28 12:00", "2024-02-29 12:00"),
        ("wl_on_the_spot", "2026-11-20 16:40", "2026-11-20 16:40"),
        ("cyber_incident_report_4h", "2026-12-31 22:00", "2027-01-01 02:00"),
    ],
)
def test_t2_other_hours_run_from_the_instant(clock: str, start: str, end: str) -> None:
    assert expiry(rule_data(clock), at(start), CALENDAR) == Span(at(end), at(end))


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-11-20 00:00", "2026-11-27"),
        ("2026-11-20 23:59", "2026-11-27"),
        ("2024-02-22 09:00", "2024-02-29"),
        ("2023-02-22 09:00", "2023-03-01"),
        ("2026-12-28 09:00", "2027-01-04"),
    ],
)
def test_t2_the_first_day_is_not_counted_and_the_last_ends_at_24_00(start: str, last: str) -> None:
    assert expiry(rule_data("wl_first_visit_7d"), at(start), CALENDAR) == Span(night(last), night(last))


@pytest.mark.parametrize(
    ("clock", "start", "last", "rolled"),
    [
        ("ppo_reconsider_dismissal_5d", "2026-11-23 10:00", "2026-11-28", "2026-11-30"),  # Saturday
        ("ppo_reconsider_dismissal_5d", "2025-09-29 10:00", "2025-10-04", "2025-10-09"),  # 国庆 and 中秋
        ("ppo_reconsider_dismissal_5d", "2026-09-28 10:00", "2026-10-03", "2026-10-08"),
        ("ppo_reconsider_dismissal_5d", "2026-10-05 10:00", "2026-10-10", "2026-10-10"),  # a make-up Saturday
        (
            "mr_police_feedback_3d",
            "2023-01-19 10:00",
            "2023-01-22",
            "2023-01-28",
        ),  # then Saturday is worked
        ("mr_police_feedback_3d", "2024-02-08 10:00", "2024-02-11", "2024-02-18"),  # then Sunday is worked
        ("legal_aid_review_7d", "2025-01-22 10:00", "2025-01-29", "2025-02-05"),
        ("legal_aid_assign_3d", "2026-02-12 10:00", "2026-02-15", "2026-02-24"),
        ("xf_notice_15d", "2026-04-16 10:00", "2026-05-01", "2026-05-06"),  # 劳动节
        ("judicial_suggestion_reply_1m", "2026-01-31 10:00", "2026-02-28", "2026-02-28"),  # make-up Saturday
        ("judicial_suggestion_reply_1m", "2024-12-31 10:00", "2025-01-31", "2025-02-05"),
    ],
)
def test_t2_t8_a_last_day_off_rolls_on(clock: str, start: str, last: str, rolled: str) -> None:
    assert expiry(rule_data(clock), at(start), CALENDAR) == Span(night(last), night(rolled))


@pytest.mark.parametrize(
    ("clock", "start", "last"),
    [
        ("wl_first_visit_7d", "2026-02-12 10:00", "2026-02-19"),
        ("shelter_stay_10d", "2025-09-25 10:00", "2025-10-05"),
        ("injury_appraisal_document_3d", "2026-11-26 10:00", "2026-11-29"),
    ],
)
def test_t2_nothing_rolls_where_the_rule_does_not_say_so(clock: str, start: str, last: str) -> None:
    assert expiry(rule_data(clock), at(start), CALENDAR) == Span(night(last), night(last))


@pytest.mark.parametrize(
    ("clock", "start", "last"),
    [
        ("wl_quarterly_visit", "2026-11-30 10:00", "2027-02-28"),
        ("wl_quarterly_visit", "2023-11-30 10:00", "2024-02-29"),
        ("wl_quarterly_visit", "2027-11-30 10:00", "2028-02-29"),
        ("wl_quarterly_visit", "2026-01-15 10:00", "2026-04-15"),
        ("temp_guardianship_1y", "2024-02-29 10:00", "2025-02-28"),
        ("minor_unit_background_check", "2027-02-28 10:00", "2028-02-28"),
        ("archive_retention_10y", "2024-02-29 10:00", "2034-02-28"),
    ],
)
def test_t3_a_month_without_that_day_ends_on_its_last(clock: str, start: str, last: str) -> None:
    assert expiry(rule_data(clock), at(start), CALENDAR) == Span(night(last), night(last))


@pytest.mark.parametrize("start", ["2026-02-13 18:00", "2025-09-30 18:00", "2026-11-20 18:00"])
def test_t4_hours_run_through_nights_and_holidays(start: str) -> None:
    found = expiry(rule_data("wl_decision_72h"), at(start), CALENDAR)
    assert found and (found.end - at(start)).total_seconds() == 72 * 3600


@pytest.mark.parametrize(
    ("start", "alarm", "last"),
    [
        ("2026-08-31 10:00", "2027-02-27 00:00", "2027-02-28"),  # a Sunday: it never rolls
        ("2023-08-31 10:00", "2024-02-28 00:00", "2024-02-29"),
        ("2027-08-31 10:00", "2028-02-28 00:00", "2028-02-29"),
        ("2026-04-01 10:00", "2026-09-30 00:00", "2026-10-01"),
    ],
)
def test_t6_an_order_never_rolls_and_the_alarm_is_the_day_before(start: str, alarm: str, last: str) -> None:
    assert expiry(rule_data("ppo_validity"), at(start), CALENDAR) == Span(at(alarm), night(last))


@pytest.mark.parametrize("clock", ["ppo_validity", "ppo_renewal_filing"])
def test_t6_the_date_in_the_ruling_wins(clock: str) -> None:
    found = expiry(rule_data(clock), at("2026-11-20 10:00"), CALENDAR, until=date(2027, 2, 20))
    assert found == Span(at("2027-02-19 00:00"), night("2027-02-20"))


def test_t6_an_extension_cannot_be_counted_without_the_ruling() -> None:
    assert expiry(rule_data("ppo_renewal_filing"), at("2026-11-20 10:00"), CALENDAR) is None


@pytest.mark.parametrize(
    ("start", "last", "provisional"),
    [
        ("2023-01-19 10:00", "2023-01-31", False),  # 28 and 29 January were worked
        ("2024-02-08 10:00", "2024-02-21", False),  # 除夕 and Sunday the 18th were worked
        ("2025-01-27 10:00", "2025-02-10", False),  # Saturday the 8th was worked
        ("2026-02-13 10:00", "2026-02-27", False),  # Saturday the 14th was worked
        ("2027-02-04 10:00", "2027-02-15", True),
        ("2025-09-26 10:00", "2025-10-10", False),  # Sunday 28 September was worked
        ("2026-09-30 10:00", "2026-10-13", False),  # Saturday 10 October was worked
        ("2026-12-30 10:00", "2027-01-07", True),
        ("2026-11-21 10:00", "2026-11-27", False),  # received on a Saturday
    ],
)
def test_t7_t8_working_days_follow_the_yearly_notice(start: str, last: str, provisional: bool) -> None:
    found = expiry(rule_data("xf_objection_5wd"), at(start), CALENDAR)
    assert found == Span(night(last), night(last), provisional)


def test_t7_only_one_clock_of_law_is_counted_in_working_days() -> None:
    found = [r.id for r in all_rules() if r.calendar == "working_days" and r.binding != "guidance"]
    assert found == ["xf_objection_5wd"]


@pytest.mark.parametrize(
    ("start", "last", "rolled"),
    [
        ("2027-01-21 10:00", "2027-02-05", "2027-02-09"),  # 春节 2027: four statutory days
        ("2028-01-10 10:00", "2028-01-25", "2028-01-31"),
        ("2031-05-01 10:00", "2031-05-16", "2031-05-16"),  # beyond all data: weekends only
        ("2031-05-02 10:00", "2031-05-17", "2031-05-19"),
    ],
)
def test_t8_beyond_the_notices_a_count_is_provisional(start: str, last: str, rolled: str) -> None:
    found = expiry(rule_data("xf_notice_15d"), at(start), CALENDAR)
    assert found == Span(night(last), night(rolled), True)


@pytest.mark.parametrize("year", [1998, 2003, 2099])
def test_t8_no_year_is_beyond_counting(year: int) -> None:
    found = expiry(rule_data("xf_objection_5wd"), at(f"{year}-06-01 10:00"), CALENDAR)
    assert found and found.provisional


def test_t9_police_and_court_clocks_start_at_acceptance() -> None:
    ids = ["ppo_decision_72h", "ppo_decision_24h_urgent", "wl_decision_72h", "wl_issue_72h_imar"]
    assert all("accepted" in rule_data(clock).starts_on for clock in ids)


def test_t10_promptly_has_no_end_in_law() -> None:
    unnumbered = [rule for rule in all_rules() if rule.duration is None]
    found = [reckon(rule, at("2026-11-20 10:00"), CALENDAR) for rule in unnumbered]
    assert {span.legal_expiry for span in found if span} == {None}


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        ("mr_minor_report", "2026-11-20 17:40"),
        ("ppo_violation_report_to_court", "2026-11-20 18:40"),
    ],
)
def test_t10_the_house_may_set_hours(clock: str, due: str) -> None:
    found = policy_expiry(rule_data(clock), at("2026-11-20 16:40"), CALENDAR)
    assert found == Span(at(due), at(due), is_policy=True)


@pytest.mark.parametrize(
    ("clock", "danger", "last"),
    [
        ("mr_filing_with_superior", "", "2026-11-23"),
        ("ppo_wf_end_feedback", "", "2026-11-27"),
        ("wl_wf_education", "", "2026-11-27"),
        ("wf_statistics_return", "", "2027-02-20"),
        ("ppo_wf_periodic_visit", "", "2026-11-27"),
        ("wf_post_close_follow_up", "high", "2026-11-23"),
        ("wf_post_close_follow_up", "low", "2026-12-20"),
        ("wf_post_close_follow_up", "undetermined", "2026-11-27"),
    ],
)
def test_t10_the_house_may_set_days(clock: str, danger: str, last: str) -> None:
    found = policy_expiry(rule_data(clock), at("2026-11-20 16:40"), CALENDAR, danger=danger)
    assert found == Span(night(last), night(last), is_policy=True)


@pytest.mark.parametrize("clock", ["wl_notify_wf", "mr_police_preprosecution_notice"])
def test_t10_without_law_and_policy_there_is_no_end_at_all(clock: str) -> None:
    assert reckon(rule_data(clock), at("2026-11-20 10:00"), CALENDAR) is None
