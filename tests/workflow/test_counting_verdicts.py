"""What two intervals can say: kept, not kept, or not to be told."""

from datetime import date, timedelta

import pytest

from tests.workflow.times import at, day, instant
from workflow.counting import judge
from workflow.rules import rule_data
from workflow.when import When

NOW = at("2026-11-23 12:00")
NOWHEN = When.unknown()
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("clock", "start", "end", "verdict"),
    [
        ("ppo_decision_72h", day("2016-03-07"), day("2016-03-09"), "met"),
        ("ppo_decision_24h_urgent", day("2016-03-07"), day("2016-03-09"), "unknown"),
        ("ppo_decision_72h", day("2016-04-05"), day("2016-04-06"), "met"),
        ("ppo_decision_24h_urgent", day("2016-04-05"), day("2016-04-06"), "unknown"),
        ("ppo_decision_72h", day("2016-03-07"), day("2016-03-10"), "unknown"),
        ("ppo_decision_72h", day("2016-03-07"), day("2016-03-11"), "unknown"),
        ("ppo_decision_72h", day("2016-03-07"), day("2016-03-12"), "breached"),
        ("ppo_decision_72h", instant("2023-01-19 21:00"), day("2023-01-20"), "met"),
        ("ppo_decision_24h_urgent", day("2023-01-20"), day("2023-01-20"), "met"),
        ("ppo_decision_72h", day("2017-05-17"), NOWHEN, "unknown"),
        ("ppo_decision_72h", NOWHEN, day("2018-12-18"), "unknown"),
        ("ppo_decision_72h", NOWHEN, NOWHEN, "unknown"),
        ("ppo_decision_72h", When.month(2022, 12), NOWHEN, "unknown"),
        ("ppo_decision_72h", instant("2026-11-20 16:40"), instant("2026-11-23 17:00"), "met"),
        ("ppo_decision_72h", instant("2026-11-20 16:40"), instant("2026-11-23 17:01"), "breached"),
        ("wl_decision_72h", instant("2026-11-20 16:40"), instant("2026-11-23 16:41"), "breached"),
        ("wl_decision_72h", day("2026-11-17"), day("2026-11-19"), "met"),
        ("wl_decision_72h", day("2026-11-17"), day("2026-11-20"), "unknown"),
        ("wl_on_the_spot", day("2026-11-17"), day("2026-11-17"), "unknown"),
        ("wl_on_the_spot", instant("2026-11-17 10:00"), instant("2026-11-17 10:00"), "met"),
        ("wl_first_visit_7d", day("2026-11-10"), day("2026-11-17"), "met"),
        ("wl_first_visit_7d", day("2026-11-10"), day("2026-11-18"), "breached"),
        ("wl_first_visit_7d", When.month(2026, 10), day("2026-11-05"), "unknown"),
        ("mr_minor_report", instant("2026-11-20 10:00"), instant("2026-11-20 10:30"), "met"),
        ("mr_minor_report", day("2023-09-28"), day("2023-09-28"), "unknown"),
        ("wl_notify_wf", day("2026-11-10"), day("2026-11-18"), "unknown"),
        ("pia_record_retention", day("2022-01-10"), day("2025-01-11"), "met"),
        ("pia_record_retention", day("2022-01-10"), day("2024-12-31"), "breached"),
    ],
)
def test_a_clock_is_judged_by_what_is_certain(clock: str, start: When, end: When, verdict: str) -> None:
    assert judge(rule_data(clock), start, end, NOW) == verdict


@pytest.mark.parametrize(
    ("clock", "start", "end", "verdict", "as_if"),
    [
        ("ppo_service_24h", day("2016-03-09"), NOWHEN, "not_applicable", "unknown"),
        ("ppo_service_24h", NOWHEN, day("2018-12-18"), "not_applicable", "unknown"),
        ("wl_decision_72h", When.month(2023, 8), When.month(2023, 8), "not_applicable", "unknown"),
        ("wl_decision_72h", day("2024-12-05"), day("2024-12-06"), "not_applicable", "met"),
        ("wl_decision_72h", day("2024-12-06"), day("2024-12-07"), "met", "met"),
        ("wl_decision_72h", When.year(2024), When.year(2024), "unknown", "unknown"),
        ("ppo_decision_72h", day("2016-02-29"), day("2016-03-01"), "not_applicable", "met"),
    ],
)
def test_a_rule_holds_from_the_day_it_is_in_force(
    clock: str, start: When, end: When, verdict: str, as_if: str
) -> None:
    rule = rule_data(clock)
    assert (judge(rule, start, end, NOW), judge(rule, start, end, NOW, as_if_in_force=True)) == (
        verdict,
        as_if,
    )


@pytest.mark.parametrize(
    ("region", "verdict"), [("150703", "met"), ("500113", "not_applicable"), ("", "met")]
)
def test_a_rule_of_one_region_holds_only_there(region: str, verdict: str) -> None:
    rule = rule_data("wl_issue_72h_imar")
    found = judge(rule, day("2026-11-17"), day("2026-11-18"), NOW, region=region)
    assert found == verdict


@pytest.mark.parametrize(
    ("clock", "start", "verdict"),
    [
        ("wl_decision_72h", instant("2026-11-20 12:01"), "open"),
        ("wl_decision_72h", instant("2026-11-20 11:59"), "breached"),
        ("ppo_decision_72h", instant("2026-11-20 11:59"), "open"),
        ("ppo_decision_72h", day("2026-11-20"), "open"),
        ("ppo_reconsider_dismissal_5d", day("2026-11-10"), "lapsed"),
        ("ppo_validity", day("2026-11-10"), "open"),
        ("ppo_validity", day("2026-05-10"), "lapsed"),
        ("ppo_decision_72h", NOWHEN, "unknown"),
    ],
)
def test_a_clock_that_still_runs(clock: str, start: When, verdict: str) -> None:
    assert judge(rule_data(clock), start, None, NOW) == verdict


def test_the_date_in_the_ruling_decides_whether_an_extension_came_in_time() -> None:
    rule, start = rule_data("ppo_renewal_filing"), day("2026-02-23")
    found = [judge(rule, start, day(f"2026-08-{d}"), NOW, until=date(2026, 8, 23)) for d in (20, 23, 24)]
    assert found == ["met", "met", "breached"]


@pytest.mark.parametrize(
    ("clock", "minutes", "verdict"),
    [
        ("ppo_decision_24h_urgent", 20, "met"),
        ("ppo_decision_24h_urgent", 24 * 60, "met"),
        ("ppo_decision_24h_urgent", 24 * 60 + 30, "unknown"),
        ("ppo_decision_24h_urgent", 25 * 60 + 1, "breached"),
        ("wl_first_visit_7d", 7 * 24 * 60, "met"),
        ("wl_first_visit_7d", 8 * 24 * 60 + 1, "breached"),
        ("mr_minor_report", 5, "met"),
    ],
)
def test_undated_times_are_judged_by_their_distance(clock: str, minutes: int, verdict: str) -> None:
    start = When(at("2026-10-01"), at("2026-10-31"), offsets=(0 * MINUTE, 0 * MINUTE))
    end = When(start.earliest, start.latest, offsets=(minutes * MINUTE, minutes * MINUTE))
    assert judge(rule_data(clock), start, end, NOW) == verdict
