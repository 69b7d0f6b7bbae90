"""The tables a release may hold (data/menu.yaml); tables.py lays the counts of a period out in them.

A number is named `series|period|breakdown|group`; the last two are empty for a total. Periods are years ("2026"),
quarters ("2026Q1") and spans of years ("2024-2026"). Nothing that is not on the menu can be asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db.models import Sum

from indicators.dimensions import Dimension
from indicators.figures import FIGURES
from indicators.gate import FLOOR, smallest
from indicators.models import Tally
from indicators.registers import MONTHLY, monthly
from indicators.stories import STORIES

DATA = Path(__file__).parent / "data" / "menu.yaml"
SENSITIVE_FLOOR = 10
QUARTER = "quarter"
# Towns are published in groups only, as the office has drawn them: see towns.py.
TOWN_GROUP = "town_group"
VERDICTS = ("met", "missed", "unknown")
# (figure, dims) -> month of the year, from 1 -> n
Months = Mapping[tuple[str, str], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """One series of the menu."""

    series: str
    by: tuple[str, ...] = ()
    lag: int = 0
    pooled: int = 0
    plus: str = ""
    minus: str = ""

    @property
    def dimensions(self) -> list[Dimension]:
        return (
            [one for one in FIGURES[self.series].dims if one.key in self.by] if self.series in FIGURES else []
        )

    @property
    def has_quarters(self) -> bool:
        return QUARTER in self.by

    @property
    def has_towns(self) -> bool:
        return TOWN_GROUP in self.by


@dataclass(frozen=True, slots=True)
class Menu:
    """`rates_over`: so many years together stand beside the rate of one. `likely`: what a reader will suppose."""

    version: int
    tables: Mapping[str, Table]
    rates_over: int
    within: tuple[tuple[str, str], ...]
    likely: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, str], ...]
    sensitive: frozenset[str]


def sensitive_least() -> int:
    """The smallest count that is shown of sexual violence, minors and people without full capacity."""
    return max(
        SENSITIVE_FLOOR, smallest(), int(getattr(settings, "SMALLEST_SENSITIVE_FIGURE", SENSITIVE_FLOOR))
    )


@cache
def menu() -> Menu:
    return read(DATA.read_text("utf-8"))


def read(text: str) -> Menu:
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    tables = {key: _table(key, row) for key, row in data["tables"].items()}
    for table in tables.values():
        if {one.key for one in table.dimensions} != set(table.by) - {QUARTER, TOWN_GROUP}:
            raise ValueError(f"{table.series}: no such breakdown among {table.by}")
        if "town" in table.by:
            raise ValueError("nothing is published by town, only by groups of towns")
        if table.has_towns and "town" not in {one.key for one in FIGURES[table.series].dims}:
            raise ValueError(f"{table.series} is not counted by town")
    hidden = data["sensitive"]
    sensitive = frozenset([*hidden["figures"], *hidden["groups"]])
    pairs = {key: _pairs(data[key]) for key in ("within", "likely", "same")}
    return Menu(data["version"], tables, rates_over=data["rates_over"], sensitive=sensitive, **pairs)


def _pairs(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in rows)


def _table(key: str, row: Mapping[str, Any]) -> Table:
    stock = row.get("stock", {})
    if key not in FIGURES and key not in STORIES and key not in MONTHLY and not stock:
        raise ValueError(f"no such figure: {key}")
    return Table(key, tuple(row.get("by", ())), row.get("lag", 0), row.get("pooled", 0), **stock)


def name(series: str, period: object, breakdown: str = "", group: str = "") -> str:
    return f"{series}|{period}|{breakdown}|{group}"


def over(year: int, years: int) -> str:
    """The period of so many years that ends with this one."""
    return f"{year - years + 1}-{year}"


@dataclass(frozen=True, slots=True)
class Span:
    """A year and those of its quarters that have ended."""

    year: int
    quarters: tuple[int, ...]

    @classmethod
    def of(cls, year: int, today: date) -> "Span":
        ended = [quarter for quarter in range(1, 5) if _after(year, quarter) <= today]
        return cls(year, tuple(ended))

    @property
    def is_whole(self) -> bool:
        return len(self.quarters) == 4

    @property
    def until(self) -> date:
        """The first day that does not belong to it."""
        return _after(self.year, max(self.quarters, default=0))


def _after(year: int, quarter: int) -> date:
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1)


def months(homes: Iterable[UUID], year: int, figure: str = "") -> Months:
    """The tallies of a year by month, of one figure or of all, and the monthly records; two queries."""
    homes = list(homes)
    rows = Tally.objects.filter(home__in=homes, month__year=year).exclude(n=0)
    if figure:
        rows = rows.filter(figure=figure)
    found: dict[tuple[str, str], dict[int, int]] = {}
    for key, dims, month, n in rows.values_list("figure", "dims", "month").annotate(total=Sum("n")):
        found.setdefault((key, dims), {})[month.month] = n
    kept = {} if figure else monthly(homes, date(year, 1, 1), date(year, 12, 31))
    return found | {(key, ""): {month.month: n for month, n in by.items()} for key, by in kept.items() if by}


def least_of(series: str, breakdown: str = "", group: str = "") -> int:
    known = menu().sensitive
    return sensitive_least() if series in known or f"{breakdown}/{group}" in known else max(FLOOR, smallest())
