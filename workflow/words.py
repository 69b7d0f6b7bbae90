"""Times in the words people read: 2026年3月5日 14:30, 还剩 5 小时, 2024年10月（仅知月份）."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def year_words(day: date) -> str:
    return f"{day.year}年" if chinese() else f"{day.year}"


def month_words(day: date) -> str:
    return f"{day.year}年{day.month}月" if chinese() else f"{MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """A date, or the local date of an aware moment."""
    local = _local(day) if isinstance(day, datetime) else day
    return f"{month_words(local)}{local.day}日" if chinese() else f"{local.day} {month_words(local)}"


def minute_words(moment: datetime) -> str:
    return f"{day_words(moment)} {_local(moment):%H:%M}"


def span_words(span: timedelta) -> str:
    """At most two units, rounded down to the minute: 3 天 4 小时, 2 小时 10 分."""
    minutes = int(abs(span).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if not minutes:
        return _("under a minute")
    day = _("%d d") % days if days else ""
    hour = _("%d h") % hours if hours else ""
    minute = _("%d min") % rest if rest and not days else ""
    return " ".join(part for part in (day, hour, minute) if part)


def left_words(due: datetime, now: datetime) -> str:
    """What is left until `due`, or by how much it has passed."""
    pattern = _("%(span)s left") if due >= now else pgettext("clock", "%(span)s over")
    return pattern % {"span": span_words(due - now)}


def _range_words(first: datetime | None, last: datetime | None) -> str:
    if first and last:
        start, end = (
            (day_words(first), day_words(last)) if _whole_days(first, last) else _minutes(first, last)
        )
        return _("between %(start)s and %(end)s") % {"start": start, "end": end}
    if first:
        return _("not before %(start)s") % {"start": minute_words(first)}
    if last:
        return _("not after %(end)s") % {"end": minute_words(last)}
    return _("time not recorded")


def _whole_days(first: datetime, last: datetime) -> bool:
    edge = _local(last) + timedelta(microseconds=1)
    return _local(first).strftime("%H%M%S%f") == edge.strftime("%H%M%S%f") == "0" * 12


def _minutes(first: datetime, last: datetime) -> tuple[str, str]:
    end = f"{_local(last):%H:%M}" if _local(first).date() == _local(last).date() else minute_words(last)
    return minute_words(first), end


def interval_words(first: datetime | None, last: datetime | None, precision: str) -> str:
    """When something happened, saying how exactly it is known."""
    if precision == "unknown" or (first is None and last is None):
        return _("time not recorded")
    if first is None or last is None or precision == "range":
        return _range_words(first, last)
    start = _local(first)
    if precision == "day":
        return _("%(when)s (day only)") % {"when": day_words(start)}
    if precision == "month":
        return _("%(when)s (month only)") % {"when": month_words(start)}
    if precision == "year":
        return _("%(when)s (year only)") % {"when": year_words(start)}
    return minute_words(first)


def interval_of(thing: Any) -> tuple[datetime | None, datetime | None, str]:
    """The interval of a When, of a step record, or of anything with happened_from, happened_to, precision."""
    if hasattr(thing, "earliest"):
        return thing.earliest, thing.latest, thing.precision
    return thing.happened_from, thing.happened_to, thing.precision
