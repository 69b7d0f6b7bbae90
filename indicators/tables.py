"""The counts of a period laid out in the tables of the menu, with every sum between them, for the audit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from indicators.audit import Book
from indicators.casework import ALL_CLOCKS, indicators
from indicators.dimensions import Dimension
from indicators.figures import CLOCK_FIGURES
from indicators.gate import smallest
from indicators.layout import OTHER, listed_clocks, owner_codes, owner_of
from indicators.menu import (
    TOWN_GROUP,
    VERDICTS,
    Months,
    Span,
    Table,
    least_of,
    menu,
    months,
    name,
    over,
)
from indicators.models import Tally
from indicators.towns import ELSEWHERE, TownGroup


@dataclass(slots=True)
class Layout:
    """Fills a book with the tables of a span."""

    span: Span
    by_year: Mapping[int, Months]
    stocks: Mapping[str, int]
    book: Book
    towns: Sequence[TownGroup] = ()

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
            for part, whole in self._pairs():
                self.book.within(part, whole, self.book.cells[part].least)
            for one, other in known.same:
                self.book.total(self._year_cell(one), [self._year_cell(other)])
            self._rates()
        return self.book

    def _pairs(self, ago: int = 0) -> Iterator[tuple[str, str]]:
        """What lies within what, by rule, and by the look of it where that is so."""
        cells = self.book.cells
        for pairs, sure in ((menu().within, not ago), (menu().likely, False)):
            for part, whole in (
                (self._year_cell(one, ago), self._year_cell(other, ago)) for one, other in pairs
            ):
                if sure or (part in cells and whole in cells and cells[part].n <= cells[whole].n):
                    yield part, whole

    def _year_cell(self, text: str, ago: int = 0) -> str:
        series, breakdown, group = (*text.split("/"), "", "")[:3]
        return name(series, self.span.year - menu().tables[series].lag - ago, breakdown, group)

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
        if table.has_towns and self.towns:
            self._town_groups(table.series, total)
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
        parts = [
            book.put(name(table.series, one), self._sum(table.series, year=one), least, displayed=False)
            for one in range(year - table.pooled + 1, year + 1)
        ]
        n = sum(book.cells[part].n for part in parts)
        book.total(book.put(name(table.series, over(year, table.pooled)), n, least, rank=2), parts)

    def _pooled(self, series: str, year: int, years: int, parts: list[str], least: int) -> None:
        """One side of a rate over some years."""
        n = sum(self.book.cells[part].n for part in parts)
        self.book.total(self.book.put(name(series, over(year, years)), n, least, spans=True), parts)

    def _rates(self) -> None:
        """Both sides of every rate over some years; the single years stand beside them as they were or will be told.

        A span goes before a year when something must be hidden: it is there where the year alone cannot stand.
        """
        years = menu().rates_over
        for series in sorted({key for _one, _part, keys in rated() for key in keys}):
            year, least = self.span.year - menu().tables[series].lag, least_of(series)
            before = [
                self.book.put(name(series, one), self._sum(series, year=one), least, displayed=False)
                for one in range(year - years + 1, year)
            ]
            self._pooled(series, year, years, [*before, name(series, year)], least)
        for ago in range(1, years):
            for part, whole in list(self._pairs(ago)):
                self.book.within(part, whole, self.book.cells[part].least)
        for verdict in VERDICTS[:2]:
            for indicator, part, clocks in timed():
                self._clocks_over(f"{indicator}.{part}:{verdict}", clocks, verdict, years)

    def _clocks_over(self, series: str, clocks: Iterable[str], verdict: str, years: int) -> None:
        year, book = self.span.year, self.book
        cells = [cell for clock in clocks if (cell := self._clock(clock, verdict))]
        if not cells:
            return
        parts = [name(series, year)]
        for one in range(year - years + 1, year):
            then = [self._clock_then(cell, one) for cell in cells]
            n = sum(book.cells[cell].n for cell in then)
            parts.append(book.put(name(series, one), n, smallest(), displayed=False))
            book.total(parts[-1], then)
        self._pooled(series, year, years, parts, smallest())

    def _clock_then(self, cell: str, year: int) -> str:
        """The same clock in an earlier year."""
        key, _, breakdown, clock = cell.split("|")
        figure, _, verdict = key.partition(":")
        n = self._sum(figure, f"clock={clock};verdict={verdict}", year)
        return self.book.put(name(key, year, breakdown, clock), n, smallest(), displayed=False)

    def _town_groups(self, series: str, total: str) -> None:
        """By groups of towns; each town alone is only reckoned with, and ties one drawing of the groups to another."""
        year, book, start = self.span.year, self.book, "town="
        codes = {
            dims.removeprefix(start): sum(by.values())
            for (key, dims), by in self.by_year[year].items()
            if key == series and dims.startswith(start)
        }
        shown = []
        for group in self.towns:
            towns = [
                book.put(name(series, year, "town", town), codes.pop(town, 0), smallest(), displayed=False)
                for town in group.towns
            ]
            n = sum(book.cells[town].n for town in towns)
            shown.append(book.put(name(series, year, TOWN_GROUP, group.code), n, least_of(series)))
            book.total(shown[-1], towns)
        rest = name(series, year, TOWN_GROUP, ELSEWHERE)
        shown.append(book.put(rest, sum(codes.values()), least_of(series)))
        book.total(total, shown)

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


def rated() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(indicator, part, figures) of every rate of figures."""
    for one in indicators():
        for part in one.parts:
            if part.kind == "share" and part.terms and "clocks" not in part.terms:
                yield one.id, part.key, tuple(key for keys in part.terms.values() for key in keys)


def timed() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(indicator, part, clocks) of every rate of clocks; of all clocks together there are always enough."""
    for one in indicators():
        for part in one.parts:
            clocks = part.terms.get("clocks", ())
            if clocks and ALL_CLOCKS not in clocks:
                yield one.id, part.key, clocks


def laid_out(homes: Iterable[UUID], span: Span, towns: Sequence[TownGroup] = ()) -> Book:
    """The true counts of a span on the menu; a query for each year it reaches back to."""
    own, year = list(homes), span.year
    tables = menu().tables.values()
    lag = max(table.lag for table in tables)
    back = max(lag + menu().rates_over - 1, *(table.pooled - 1 for table in tables))
    years = range(year - back, year + 1) if span.is_whole else [year]
    return Layout(
        span,
        {one: months(own, one) for one in years},
        _stocks(own, year) if span.is_whole else {},
        Book(),
        towns,
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
