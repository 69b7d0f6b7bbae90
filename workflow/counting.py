"""How time limits are counted (T1-T10). Pure: a rule, an instant and a calendar give two instants.

`warn_from` is the earliest reading of the end, `legal_expiry` the latest (T5). A day ends at 24:00,
written as its last microsecond, inclusive as in `When`: the date shown is the last day, not the day after.
"""

import calendar as months
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from django.utils import timezone

from workflow.holidays import Calendar, calendar_of, home_region
from workflow.rules import ClockData
from workflow.when import When

Verdict = Literal["met", "breached", "unknown", "open", "lapsed", "not_applicable"]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The end of a clock, by two readings. `provisional`: counted over a year whose notice is not out."""

    warn_from: datetime
    end: datetime
    provisional: bool = False
    is_policy: bool = False

    @property
    def legal_expiry(self) -> datetime | None:
        """The latest reading of the law; None where the end is only house policy."""
        return None if self.is_policy else self.end


def local_day(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def end_of(day: date) -> datetime:
    return start_of(day) + DAY - MOMENT


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def expiry(
    rule: ClockData, start: datetime, calendar: Calendar, *, until: date | datetime | None = None
) -> Span | None:
    """When the law ends this clock; None where it gives no number (T10). `until`, from the ruling, wins."""
    if until is not None:
        return _fixed(rule, start, until)
    if rule.duration is None:
        return None
    if rule.calendar == "hours":
        return _hours(rule, start, rule.duration)
    return _days(rule, _last_day(rule.calendar, local_day(start), rule.duration, calendar), start, calendar)


def policy_expiry(rule: ClockData, start: datetime, calendar: Calendar, *, danger: str = "") -> Span | None:
    """When the house wants it done. Never law: `legal_expiry` stays empty."""
    policy, day = rule.policy, local_day(start)
    if "hours" in policy:
        return _policy(_plus_hours(start, policy["hours"]))
    if "working_days" in policy:
        last = _last_day("working_days", day, policy["working_days"], calendar)
        return _policy(end_of(last), not calendar.is_settled(last))
    if "months" in policy:
        return _policy(end_of(add_months(day, policy["months"])))
    number = _policy_days(rule, danger)
    return None if number is None else _policy(end_of(day + number * DAY))


def reckon(
    rule: ClockData,
    start: datetime,
    calendar: Calendar,
    *,
    until: date | datetime | None = None,
    danger: str = "",
) -> Span | None:
    """The law's end, else the house's, else none."""
    if not rule.is_statutory and until is not None:
        return _policy(_fixed(rule, start, until).end)
    if rule.is_statutory:
        return expiry(rule, start, calendar, until=until)
    return policy_expiry(rule, start, calendar, danger=danger)


def judge(
    rule: ClockData,
    start: When,
    end: When | None,
    now: datetime,
    *,
    calendar: Calendar | None = None,
    until: date | datetime | None = None,
    danger: str = "",
    region: str = "",
    as_if_in_force: bool = False,
) -> Verdict:
    """Whether the clock was kept, as far as the two intervals can say.

    `end=None`: it still runs. `region`: where it happened ("" = at home).
    """
    applies = True if as_if_in_force else in_force(rule, start, end, region)
    if applies is False:
        return "not_applicable"

    days = calendar or calendar_of(region)

    def limit(at: datetime | None) -> datetime | None:
        span = reckon(rule, at, days, until=until, danger=danger) if at else None
        return span.end if span else None

    verdict = by_offsets(rule, start, end, danger)
    if verdict == "unknown":
        verdict = compare(rule, limit(start.earliest), limit(start.latest), end, now)
    return verdict if applies or verdict in ("open", "lapsed") else "unknown"


def compare(
    rule: ClockData, first: datetime | None, last: datetime | None, end: When | None, now: datetime
) -> Verdict:
    """Set an end against the limit, itself known only to lie between `first` and `last`."""
    if end is None:
        return _running(rule, last, now)
    if rule.nature == "minimum":
        late_enough = end.earliest is not None and last is not None and end.earliest >= last
        too_early = end.latest is not None and first is not None and end.latest < first
        return "met" if late_enough else "breached" if too_early else "unknown"
    if end.latest is not None and first is not None and end.latest <= first:
        return "met"
    if end.earliest is not None and last is not None and end.earliest > last:
        return "breached"
    return "unknown"


def by_offsets(rule: ClockData, start: When, end: When | None, danger: str = "") -> Verdict:
    """Compare times told only by their distance from one undated instant ("within 20 minutes of receipt")."""
    length = None if rule.nature == "minimum" else _length(rule, danger)
    if (
        end is None
        or start.offsets is None
        or end.offsets is None
        or length is None
        or rule.nature == "minimum"
    ):
        return "unknown"
    at_least, at_most = end.offsets[0] - start.offsets[1], end.offsets[1] - start.offsets[0]
    shortest, longest = length
    if at_most <= shortest:
        return "met"
    return "breached" if longest is not None and at_least > longest else "unknown"


def in_force(rule: ClockData, start: When, end: When | None, region: str) -> bool | None:
    """Whether the rule held where and when the clock started; None when the dates cannot tell."""
    if rule.region and rule.region[:2] != (region or home_region())[:2]:
        return False
    if rule.in_force_from is None:
        return True
    since = start_of(rule.in_force_from)
    if start.earliest is not None and start.earliest >= since:
        return True
    ends = end.latest if end is not None else None
    known = [at for at in (start.latest, ends) if at is not None]
    if known and min(known) < since:
        return False
    return None


def resumed(rule: ClockData, at: datetime, since: datetime, until: datetime) -> datetime:
    """Where an end lies after the clock stood still: hours to the second, days by whole days."""
    if rule.calendar == "hours":
        return at + (until - since)
    return at + (local_day(until) - local_day(since))


def rolled(rule: ClockData, at: datetime, calendar: Calendar) -> datetime:
    """The end moved on to a working day, where the rule says so."""
    return end_of(_next(local_day(at), calendar.is_working_day)) if rule.rollover else at


def add_months(day: date, number: int) -> date:
    """T3: the same day of the month, or the last day where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _hours(rule: ClockData, start: datetime, number: float) -> Span:
    """T2 from the instant; T1 courts from the next full hour, even from a full one. T4: days off count."""
    warn = _plus_hours(start, number)
    if rule.counting != "next_hour":
        return Span(warn, warn)
    local = timezone.localtime(start, timezone.get_default_timezone())
    return Span(warn, _plus_hours(local.replace(minute=0, second=0, microsecond=0), number + 1))


def _plus_hours(start: datetime, number: float) -> datetime:
    """In UTC, so that a change of the zone's offset can never add or lose an hour."""
    return timezone.localtime(start.astimezone(UTC) + number * HOUR, timezone.get_default_timezone())


def _last_day(unit: str, day: date, number: int, calendar: Calendar) -> date:
    """T2, T7: day 0 is not counted."""
    if unit == "months":
        return add_months(day, number)
    if unit == "natural_days":
        return day + number * DAY
    for _ in range(number):
        day = _next(day + DAY, calendar.is_working_day)
    return day


def _days(rule: ClockData, last: date, start: datetime, calendar: Calendar) -> Span:
    """T2: a last day off rolls on, only where `rollover` says so; weekends are 法定休假日."""
    if rule.nature == "lapse":
        return _alarm_before(last, start)
    end = rolled(rule, end_of(last), calendar)
    consulted = rule.rollover or rule.calendar == "working_days"
    return Span(end_of(last), end, consulted and not calendar.is_settled(local_day(end)))


def _fixed(rule: ClockData, start: datetime, until: date | datetime) -> Span:
    if isinstance(until, datetime):
        return Span(until, until)
    if rule.nature == "lapse" or rule.standard == "before_lapse":
        return _alarm_before(until, start)
    return Span(end_of(until), end_of(until))


def _alarm_before(last: date, start: datetime) -> Span:
    """T6: the end of an order never rolls, and the alarm is on the day before."""
    return Span(min(max(start_of(last - DAY), start), end_of(last)), end_of(last))


def _next(day: date, wanted: Callable[[date], bool]) -> date:
    while not wanted(day):
        day += DAY
    return day


def _policy(end: datetime, provisional: bool = False) -> Span:
    return Span(end, end, provisional, is_policy=True)


def _policy_days(rule: ClockData, danger: str) -> int | None:
    policy = rule.policy
    if "by_danger" in policy:
        rounds = policy["by_danger"]
        days: int = rounds.get(danger, rounds["medium"])[0]
        return days
    first: int | None = policy.get("first_days", policy.get("natural_days"))
    return first


def _length(rule: ClockData, danger: str) -> tuple[timedelta, timedelta | None] | None:
    """The shortest and the longest this clock can run, whatever the date; no longest where it rolls."""
    number, unit = rule.duration, str(rule.calendar)
    if number is None:
        unit = "hours" if "hours" in rule.policy else "natural_days"
        number = rule.policy.get("hours", _policy_days(rule, danger))
    if number is None:
        return None
    if unit == "hours":
        return number * HOUR, (number + (rule.counting == "next_hour")) * HOUR
    shortest, longest = (28, 31) if unit == "months" else (1, 1)
    return number * shortest * DAY, None if rule.rollover or unit == "working_days" else (
        number * longest + 1
    ) * DAY


def _running(rule: ClockData, last: datetime | None, now: datetime) -> Verdict:
    if last is None:
        return "unknown"
    if now <= last:
        return "open"
    return "breached" if rule.nature == "limit" else "lapsed"
