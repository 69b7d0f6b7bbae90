"""Working days: the State Council's yearly notices with make-up days, then our own data, then weekends."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Protocol

import chinese_calendar
import yaml

from workflow.rules import DATA

PACKAGED = {day.year for day in chinese_calendar.holidays}


class Calendar(Protocol):
    def is_working_day(self, day: date) -> bool: ...

    def is_settled(self, day: date) -> bool:
        """False where the yearly notice is not known yet, so that a count over this day may still change."""


@dataclass(frozen=True)
class ChineseCalendar:
    """`own_years` fills years the package does not carry; `regional` are further days off of one region."""

    own_years: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    regional: Collection[date] = ()

    def is_working_day(self, day: date) -> bool:
        if day in self.regional:
            return False
        if day.year in PACKAGED:
            return bool(chinese_calendar.is_workday(day))
        own = self.own_years.get(day.year, {})
        if day in own.get("days_off", ()):
            return False
        return day.weekday() < 5 or day in own.get("working_weekends", ())

    def is_settled(self, day: date) -> bool:
        return day.year in PACKAGED or bool(self.own_years.get(day.year, {}).get("notice"))


@cache
def _own() -> dict[str, Any]:
    return dict(yaml.load((DATA / "holidays.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader))


def home_region() -> str:
    """The region meant where a case does not name one."""
    return str(_own()["home"])


@cache
def calendar_of(region: str = "") -> Calendar:
    """The calendar in force in a region (GB/T 2260 code; "" = at home)."""
    province = (region or home_region())[:2] + "0000"
    return ChineseCalendar(_own()["years"], frozenset(_own()["regions"].get(province, ())))
