"""The tables a release may hold (data/menu.yaml), and the counts of a period laid out in them for the audit.

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

from indicators.audit import Book
from indicators.casework import indicators
from indicators.dimensions import Dimension
from indicators.figures import CLOCK_FIGURES, FIGURES
from indicators.gate import FLOOR, smallest
from indicators.layout import OTHER, listed_clocks, owner_codes, owner_of
from indicators.models import Tally
from indicators.stories import STORIES

DATA = Path(__file__).parent / "data" / "menu.yaml"
SENSITIVE_FLOOR = 10
QUARTER = "quarter"
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


@dataclass(frozen=True, slots=True)
class Menu:
    version: int
    tables: Mapping[str, Table]
    within: tuple[tuple[str, str], ...]
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
    data = yaml.safe_load(text)
    tables = {key: _table(key, row) for key, row in data["tables"].items()}
    for table in tables.values():
        if {one.key for one in table.dimensions} != set(table.by) - {QUARTER}:
            raise ValueError(f"{table.series}: no such breakdown among {table.by}")
        if "town" in table.by:
            raise ValueError(
                "nothing is published by town until groups of towns with 10,000 residents are agreed"
            )
    hidden = data["sensitive"]
    sensitive = frozenset([*hidden["figures"], *hidden["groups"]])
    return Menu(data["version"], tables, _pairs(data["within"]), _pairs(data["same"]), sensitive)


def _pairs(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in rows)


def _table(key: str, row: Mapping[str, Any]) -> Table:
    stock = row.get("stock", {})
    if key not in FIGURES and key not in STORIES and not stock:
        raise ValueError(f"no such figure: {key}")
    return Table(key, tuple(row.get("by", ())), row.get("lag", 0), row.get("pooled", 0), **stock)


def name(series: str, period: object, breakdown: str = "", group: str = "") -> str:
    return f"{series}|{period}|{breakdown}|{group}"


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
    """The tallies of a year by month, of one figure or of all; one query."""
    rows = Tally.objects.filter(home__in=list(homes), month__year=year).exclude(n=0)
    if figure:
        rows = rows.filter(figure=figure)
    found: dict[tuple[str, str], dict[int, int]] = {}
    for key, dims, month, n in rows.values_list("figure", "dims", "month").annotate(total=Sum("n")):
        found.setdefault((key, dims), {})[month.month] = n
    return found


@dataclass(slots=True)
class Layout:
    """Fills a book with the tables of a span."""

    span: Span
    by_year: Mapping[int, Months]
    stocks: Mapping[str, int]
    book: Book

    def fill(self) -> Book:
        known = menu()
        for table in known.tables.values():
            self._series(table)
        if self.span.is_whole:
            for figure in CLOCK_FIGURES.values():
                for verdict in VERDICTS:
                    self._clocks(figure.key, verdict, statutory=figure.statutory)
            for verdict in VERDICTS[:2]:
                self._indicator_clocks(verdict)
            for part, whole in known.within:
                self.book.within(self._year_cell(part), self._year_cell(whole), least_of(part))
            for one, other in known.same:
                self.book.total(self._year_cell(one), [self._year_cell(other)])
        return self.book

    def _year_cell(self, text: str) -> str:
        series, breakdown, group = (*text.split("/"), "", "")[:3]
        return name(series, self.span.year - menu().tables[series].lag, breakdown, group)

    def _sum(self, series: str, dims: str = "", year: int = 0) -> int:
        return sum(self.by_year[year or self.span.year].get((series, dims), {}).values())

    def _series(self, table: Table) -> None:
        year, book = self.span.year - table.lag, self.book
        if table.pooled or table.plus:
            return self._over_years(table) if self.span.is_whole else None
        if table.has_quarters:
            self._quarters(table)
        if not self.span.is_whole:
            return None
        # What is some of another figure goes before the figure itself.
        rank = 1 if table.series in {part for part, _ in (*menu().within, *menu().same)} else 2
        n = self._sum(table.series, year=year)
        total = book.put(name(table.series, year), n, least_of(table.series), rank=rank)
        if table.has_quarters:
            book.total(total, [name(table.series, f"{year}Q{quarter}") for quarter in self.span.quarters])
        for dimension in table.dimensions:
            self._breakdown(table, dimension, total)
        return None

    def _quarters(self, table: Table) -> None:
        by_month = self.by_year[self.span.year].get((table.series, ""), {})
        for quarter in self.span.quarters:
            n = sum(by_month.get(month, 0) for month in range(3 * quarter - 2, 3 * quarter + 1))
            self.book.put(name(table.series, f"{self.span.year}Q{quarter}"), n, least_of(table.series))

    def _breakdown(self, table: Table, dimension: Dimension, total: str) -> None:
        year, start = self.span.year - table.lag, f"{dimension.key}="
        codes = {dims.removeprefix(start): sum(by.values()) for (key, dims), by in self.by_year[year].items()
                 if key == table.series and dims.startswith(start)}  # fmt: skip
        parts = [
            self.book.put(
                name(table.series, year, dimension.key, group),
                n,
                least_of(table.series, dimension.key, group),
            )
            for group, n in dimension.folded(codes).items()
        ]
        if not dimension.many:
            return self.book.total(total, parts)
        for part in parts:
            self.book.within(part, total, self.book.cells[part].least)
        return self.book.covers(total, parts)

    def _over_years(self, table: Table) -> None:
        """Three years as one number, or what stands at the end of a year; the years themselves are only reckoned with."""
        year, book, least = self.span.year, self.book, least_of(table.series)
        if table.plus:
            plus, minus = name(table.plus, year), name(table.minus, year)
            now = self.stocks[table.series] + book.cells[plus].n - book.cells[minus].n
            if min(now, self.stocks[table.series]) < 0:
                return  # Something was recorded as ended before it began: no number rather than a wrong one.
            before = book.put(name(table.series, year - 1), self.stocks[table.series], least, displayed=False)
            book.put(name(table.series, year), now, least)
            book.rows.append(((name(table.series, year), 1), (before, -1), (plus, -1), (minus, 1)))
            return
        years = range(year - table.pooled + 1, year + 1)
        parts = [
            book.put(name(table.series, one), self._sum(table.series, year=one), least, displayed=False)
            for one in years
        ]
        pooled = book.put(
            name(table.series, f"{years[0]}-{year}"), sum(book.cells[part].n for part in parts), least, rank=2
        )
        book.total(pooled, parts)

    def _clocks(self, figure: str, verdict: str, *, statutory: bool) -> None:
        """All that ended so, by the body that owed it; each clock alone is only reckoned with."""
        year, book, series = self.span.year, self.book, f"{figure}:{verdict}"
        total = book.put(name(series, year), self._sum(figure, f"verdict={verdict}"), smallest(), rank=2)
        listed = listed_clocks(statutory=statutory)
        owned: dict[str, list[str]] = {owner: [] for owner in owner_codes(listed)}
        rest = book.cells[total].n
        for rule in listed:
            n = self._sum(figure, f"clock={rule.id};verdict={verdict}")
            cell = book.put(name(series, year, "clock", rule.id), n, smallest(), displayed=False)
            owned[owner_of(rule.id)].append(cell)
            rest -= n
        owned[OTHER].append(book.put(name(series, year, "clock", OTHER), rest, smallest(), displayed=False))
        for owner, cells in owned.items():
            n = sum(book.cells[cell].n for cell in cells)
            book.total(book.put(name(series, year, "owner", owner), n, smallest(), rank=1), cells)
        book.total(total, [name(series, year, "owner", owner) for owner in owned])

    def _indicator_clocks(self, verdict: str) -> None:
        """The clocks of one casework indicator, taken together."""
        year, book = self.span.year, self.book
        for one in indicators():
            for part in one.parts:
                cells = [
                    cell for clock in part.terms.get("clocks", ()) if (cell := self._clock(clock, verdict))
                ]
                if cells:
                    n = sum(book.cells[cell].n for cell in cells)
                    book.total(
                        book.put(name(f"{one.id}.{part.key}:{verdict}", year), n, smallest(), rank=1), cells
                    )

    def _clock(self, clock: str, verdict: str) -> str:
        names = (name(f"{figure}:{verdict}", self.span.year, "clock", clock) for figure in CLOCK_FIGURES)
        return next((one for one in names if one in self.book.cells), "")


def least_of(series: str, breakdown: str = "", group: str = "") -> int:
    known = menu().sensitive
    return sensitive_least() if series in known or f"{breakdown}/{group}" in known else max(FLOOR, smallest())


def laid_out(homes: Iterable[UUID], span: Span) -> Book:
    """The true counts of a span on the menu; five queries at most."""
    own, year = list(homes), span.year
    back = max(
        [table.lag for table in menu().tables.values()]
        + [table.pooled - 1 for table in menu().tables.values()]
    )
    years = range(year - back, year + 1) if span.is_whole else [year]
    return Layout(
        span, {one: months(own, one) for one in years}, _stocks(own, year) if span.is_whole else {}, Book()
    ).fill()


def _stocks(homes: list[UUID], year: int) -> dict[str, int]:
    """What stood at the end of the year before."""
    rows = Tally.objects.filter(home__in=homes, dims="", month__lt=date(year, 1, 1))
    sums = dict(rows.values_list("figure").annotate(total=Sum("n")))
    return {
        table.series: sums.get(table.plus, 0) - sums.get(table.minus, 0)
        for table in menu().tables.values()
        if table.plus
    }
