"""The counts of a district in a year, and the sheets made of them. Everything here has passed the gate."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from agencies.kinds import AgencyKind
from agencies.models import Agency, Area
from indicators import dimensions as d
from indicators.figures import CLOCKS, GROUPS, ClockFigure, Figure, Text
from indicators.gate import Sheet, publish
from indicators.layout import (
    VERDICTS,
    Block,
    ClockRow,
    Counts,
    clock_rows,
    clock_table,
    figure_table,
    month_block,
    months_begun,
)
from indicators.models import Tally

# The Anti-Domestic Violence Law came into force in 2016: earlier years are not offered, whatever was recorded.
FIRST_YEAR = 2016
CHARTED, LEADING = "cases_opened", ("month", "form", "relation", "matter")


@dataclass(frozen=True, slots=True)
class Period:
    """A year as it stands today."""

    year: int
    today: date

    @property
    def begun(self) -> range:
        return months_begun(self.year, self.today)

    @property
    def is_running(self) -> bool:
        return self.year == self.today.year


@dataclass(frozen=True, slots=True)
class Part:
    """One chart: rows of (label, value), a hidden value is None; `note` says what the title does not."""

    title: Text
    bars: list[tuple[Text, int | None]]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class FigurePage:
    figure: Figure
    sheet: Sheet
    blocks: list[Block]

    @property
    def total(self) -> str:
        return self.sheet.text("all")

    @property
    def months(self) -> list[str]:
        return [text for _label, text in month_block("").shown(self.sheet)]

    @property
    def parts(self) -> list[Part]:
        return [_part(block, self.sheet) for block in self.blocks]

    @property
    def leading(self) -> list[Part]:
        """What stands on the first page."""
        return [_part(block, self.sheet) for block in self.blocks if block.key in LEADING]


@dataclass(frozen=True, slots=True)
class ClockPage:
    figure: ClockFigure
    sheet: Sheet

    def rows(self, part: str) -> list[ClockRow]:
        return clock_rows(self.figure, self.sheet, part)

    @property
    def summary(self) -> list[ClockRow]:
        return [*self.rows("all"), *self.rows("owner")]

    @property
    def charts(self) -> list[Part]:
        """Kept and missed, month by month."""
        return [_part(block, self.sheet) for block in self.months]

    @property
    def months(self) -> list[Block]:
        return [month_block(label, f"{verdict}/month/") for verdict, label in VERDICTS]

    @property
    def tables(self) -> list[tuple[Text, list[ClockRow]]]:
        return [(_("By who owes it"), self.summary), (_("Clock by clock"), self.rows("clock"))]


@dataclass(frozen=True, slots=True)
class Overview:
    groups: list[tuple[Text, list[FigurePage]]]
    clocks: list[ClockPage]

    @property
    def charted(self) -> list[Part]:
        """What the first page draws: the cases."""
        pages = [page for _label, group in self.groups for page in group if page.figure.key == CHARTED]
        return [part for page in pages for part in page.leading]


def _part(block: Block, sheet: Sheet) -> Part:
    notes = [] if block.adds_up else [_("One case can stand in several rows.")]
    if missing := [str(label) for label, cell in block.rows if sheet.is_absent(cell)]:
        notes.append(_("No data yet: {months}").format(months="、".join(missing)))
    return Part(block.title, block.bars(sheet), " ".join(str(note) for note in notes))


def years(today: date) -> list[int]:
    """The years a reader may choose: fixed, so that the list itself tells nothing."""
    return list(range(today.year, FIRST_YEAR - 1, -1))


def overview(area: str, period: Period) -> Overview:
    """Every figure of the year; two queries."""
    counts, places = _counts(area, period), towns(area)
    groups = [
        (label, [_page(figure, counts, period, places) for figure in figures]) for label, figures in GROUPS
    ]
    return Overview(groups, [_clocks(figure, counts, period) for figure in CLOCKS])


def figure_page(figure: Figure, area: str, period: Period) -> FigurePage:
    return _page(figure, _counts(area, period, figure.key), period, towns(area))


def clock_page(figure: ClockFigure, area: str, period: Period) -> ClockPage:
    return _clocks(figure, _counts(area, period, figure.key), period)


def _page(figure: Figure, counts: dict[str, Counts], period: Period, places: list[d.Group]) -> FigurePage:
    table, blocks = figure_table(figure, counts[figure.key], period.begun, places)
    return FigurePage(figure, publish(table), blocks)


def _clocks(figure: ClockFigure, counts: dict[str, Counts], period: Period) -> ClockPage:
    return ClockPage(figure, publish(clock_table(figure, counts[figure.key], period.begun)))


def _counts(area: str, period: Period, figure: str = "") -> dict[str, Counts]:
    """figure -> dims -> month -> n, summed over the federations of the district; one query."""
    first, last = date(period.year, 1, 1), min(date(period.year, 12, 31), period.today)
    rows = Tally.objects.filter(home__in=homes(area), month__range=(first, last), n__gt=0)
    if figure:
        rows = rows.filter(figure=figure)
    found: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for key, dims, month, n in rows.values_list("figure", "dims", "month").annotate(total=Sum("n")):
        found[key][dims][month.month] = n
    return cast(dict[str, Counts], found)


def homes(area: str) -> "QuerySet[Agency, object]":
    """The federations of this area and of the areas in it."""
    within = Q(area=area) | Q(area__parent=area) | Q(area__parent__parent=area)
    return cast(
        "QuerySet[Agency, object]", Agency.objects.filter(within, kind=AgencyKind.FEDERATION).values("pk")
    )


def towns(area: str) -> list[d.Group]:
    """The parts of the area as groups, in the order of their codes; one query."""
    parts = Area.objects.filter(parent=area).order_by("code").values_list("code", "name")
    return [d.group(code, name, code) for code, name in parts]
