"""The times of a scenario, as written there, turned into intervals. Nothing is made more exact than the text."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from workflow.when import Precision, When

RELATIVE = re.compile(r"T\+(\d+(?:\.\d+)?)(min|h|d)$")
PART = re.compile(r"(\d{4})(?:-(\d{2}))?-(early|mid|end|spring|summer|autumn|winter|H1|H2)$")
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "H1": (1, 6), "H2": (7, 12)}
DECADES = {"early": (1, 10), "mid": (11, 20)}


class BadTime(ValueError):
    """A time no rule of the format reads."""


def parse(text: object) -> When:
    """`text`: a form of the scenario format, or None. Relative times come out as offsets without a date."""
    if text is None or text == "":
        return When.unknown()
    if isinstance(text, datetime):
        return When.instant(text if text.tzinfo else text.replace(tzinfo=timezone.get_default_timezone()))
    if isinstance(text, date):
        return When.day(text)
    written = re.sub(r"\s*[（(].*$", "", str(text).strip())
    if found := RELATIVE.match(written):
        return _relative(float(found[1]), found[2])
    if written.startswith("--"):
        return When.unknown()  # the day is stated, the year is not
    if "/" in written:
        first, last = (parse(part) for part in written.split("/", 1))
        return When(first.earliest, last.latest, Precision.RANGE)
    if found := PART.match(written):
        return _part(int(found[1]), int(found[2]) if found[2] else None, found[3])
    return _plain(written)


def _relative(number: float, unit: str) -> When:
    """Minutes and hours are exact; "the next day" is anything from nought to two days."""
    if unit == "d":
        offsets = (timedelta(days=max(0.0, number - 1)), timedelta(days=number + 1))
    else:
        exact = timedelta(minutes=number) if unit == "min" else timedelta(hours=number)
        offsets = (exact, exact)
    return When(None, None, Precision.RANGE, offsets)


def _part(year: int, month: int | None, part: str) -> When:
    if month is not None:
        first, last = DECADES.get(part, (21, monthrange(year, month)[1]))
        return When.days(date(year, month, first), date(year, month, last))
    if part == "winter":
        return When.days(date(year, 12, 1), date(year + 1, 2, monthrange(year + 1, 2)[1]))
    start, end = SEASONS.get(part) or {"early": (1, 4), "mid": (5, 8), "end": (9, 12)}[part]
    return When.days(date(year, start, 1), date(year, end, monthrange(year, end)[1]))


def _plain(written: str) -> When:
    try:
        if len(written) == 4:
            return When.year(int(written))
        if len(written) == 7:
            return When.month(int(written[:4]), int(written[5:]))
        if len(written) == 10:
            return When.day(date.fromisoformat(written))
        moment = datetime.fromisoformat(written)
    except ValueError as wrong:
        raise BadTime(written) from wrong
    return When.instant(moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone()))


def anchor(times: Sequence[When], at: int) -> list[When]:
    """Give the relative times their dates: T is the entry `at`, which itself lies at offset nought."""
    start = replace(times[at], offsets=(timedelta(0), timedelta(0)))
    found = []
    for number, time in enumerate(times):
        if number == at and any(other.offsets for other in times):
            found.append(start)
        elif time.offsets:
            found.append(
                When(
                    _plus(start.earliest, time.offsets[0]),
                    _plus(start.latest, time.offsets[1]),
                    Precision.RANGE,
                    time.offsets,
                )
            )
        else:
            found.append(time)
    return found


def _plus(moment: datetime | None, lapse: timedelta) -> datetime | None:
    return None if moment is None else moment + lapse


def bound(times: Sequence[When]) -> list[When]:
    """The list is in the order of events: an undated entry lies between its dated neighbours."""
    bounded = list(times)
    earliest = None
    for number, time in enumerate(bounded):
        earliest = time.earliest or earliest
        if time.earliest is None and earliest is not None:
            bounded[number] = replace(time, earliest=earliest, precision=Precision.RANGE)
    latest = None
    for number in range(len(bounded) - 1, -1, -1):
        time = bounded[number]
        latest = time.latest or latest
        if time.latest is None and latest is not None and (time.earliest is None or time.earliest <= latest):
            bounded[number] = replace(time, latest=latest, precision=Precision.RANGE)
    return bounded
