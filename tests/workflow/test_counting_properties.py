"""What must hold for every rule and every start."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.times import CALENDAR, ZONE
from workflow.counting import add_months, expiry, judge, local_day, reckon
from workflow.holidays import calendar_of
from workflow.rules import ClockData, all_rules
from workflow.when import When

starts = st.datetimes(datetime(2004, 1, 1), datetime(2031, 1, 1), timezones=st.just(ZONE))
rules = st.sampled_from(all_rules())
rolling = st.sampled_from(
    [r for r in all_rules() if r.duration and (r.rollover or r.calendar == "working_days")]
)
gaps = st.timedeltas(timedelta(), timedelta(days=400))


@given(rules, starts)
def test_the_legal_end_is_never_before_the_warning_nor_the_warning_before_the_start(
    rule: ClockData, start: datetime
) -> None:
    span = reckon(rule, start, CALENDAR)
    assert span is None or start <= span.warn_from <= span.end


@given(rules, starts, gaps)
def test_who_starts_later_ends_no_earlier(rule: ClockData, start: datetime, gap: timedelta) -> None:
    first, second = reckon(rule, start, CALENDAR), reckon(rule, start + gap, CALENDAR)
    assert (first is None and second is None) or bool(first and second and first.end <= second.end)


@given(rolling, starts)
def test_a_rolled_or_working_day_end_is_a_working_day(rule: ClockData, start: datetime) -> None:
    span = expiry(rule, start, CALENDAR)
    assert span is not None and CALENDAR.is_working_day(local_day(span.end))


@given(rules, starts)
def test_policy_never_shows_as_law(rule: ClockData, start: datetime) -> None:
    span = reckon(rule, start, CALENDAR)
    assert span is None or (span.legal_expiry is None) == (not rule.is_statutory)


@given(rules, starts, gaps, st.timedeltas(timedelta(), timedelta(days=30)), st.data())
def test_what_is_certain_of_an_interval_holds_for_every_instant_in_it(
    rule: ClockData, start: datetime, gap: timedelta, width: timedelta, data: Any
) -> None:
    began, ended = When(start, start + width), When(start + gap, start + gap + width)
    verdict = judge(rule, began, ended, start, as_if_in_force=True)
    inside = st.timedeltas(timedelta(), width)
    one = judge(
        rule,
        When.instant(start + data.draw(inside)),
        When.instant(start + gap + data.draw(inside)),
        start,
        as_if_in_force=True,
    )
    assert verdict in ("unknown", one)


@given(st.dates(), st.integers(0, 360))
def test_months_keep_the_day_or_take_the_last(day: Any, number: int) -> None:
    if day.year > 9960:
        return
    found = add_months(day, number)
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(st.dates(datetime(2004, 1, 1).date(), datetime(2026, 12, 31).date()))
def test_all_regions_share_the_national_calendar_until_told_otherwise(day: Any) -> None:
    assert calendar_of("150703").is_working_day(day) == calendar_of("500113").is_working_day(day)
