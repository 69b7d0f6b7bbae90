"""When something happened, as far as anybody knows: an interval, not a pretended instant."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    INSTANT = "instant", _("exact time")
    DAY = "day", _("day only")
    MONTH = "month", _("month only")
    YEAR = "year", _("year only")
    RANGE = "range", _("between two times")
    UNKNOWN = "unknown", _("not known")


@dataclass(frozen=True, slots=True)
class When:
    """`earliest` and `latest` are aware datetimes, inclusive; None means that side is open.

    `offsets`: least and most time since an instant T of the same life whose date is not known, where the
    source says "20 minutes after receipt" and no more. Two such times are compared by their offsets.
    """

    earliest: datetime | None
    latest: datetime | None
    precision: Precision = Precision.RANGE
    offsets: tuple[timedelta, timedelta] | None = None

    @classmethod
    def instant(cls, at: datetime) -> "When":
        return cls(at, at, Precision.INSTANT)

    @classmethod
    def days(cls, first: date, last: date, precision: Precision = Precision.RANGE) -> "When":
        zone = timezone.get_default_timezone()
        end = datetime.combine(last + timedelta(days=1), time(), zone)
        return cls(datetime.combine(first, time(), zone), end - timedelta(microseconds=1), precision)

    @classmethod
    def day(cls, day: date) -> "When":
        return cls.days(day, day, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> "When":
        last = calendar.monthrange(year, month)[1]
        return cls.days(date(year, month, 1), date(year, month, last), Precision.MONTH)

    @classmethod
    def year(cls, year: int) -> "When":
        return cls.days(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def unknown(cls) -> "When":
        return cls(None, None, Precision.UNKNOWN)
