"""Drawings of published values: a line or bars with the target, measured here and drawn by one template.

The same drawing stands on the page, in the PDF and, as a picture, in the Word file. It knows what was published and nothing else:
a withheld year has no mark at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from monitor.board import Board, IndicatorLine

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 210, 56, 20, 22, 30
ROW, BAR, NAME = 30, 16, 120


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float
    text: str = ""
    height: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One domain: the wide bar is what can be measured, the dark one in it what is reached."""

    name: Mark
    top: int
    known: float
    reached: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`runs`: the line, broken where a year is withheld. `text`: the same in words."""

    title: str
    text: str
    height: int
    years: list[Mark] = field(default_factory=list)
    dots: list[Mark] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    bars: list[Mark] = field(default_factory=list)
    goals: list[Mark] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def svg(self) -> str:
        return render_to_string("monitor/_drawing.html", {"chart": self})


def of_line(line: "IndicatorLine") -> Chart | None:
    """Nothing where nothing is shown. A count stands as bars, everything else as a line."""
    shown = [(year, Decimal(value)) for year, value in line.values if value]
    if not shown:
        return None
    goals = [Decimal(text) for text in line.goal if text]
    years = [year for year, _value in line.values]
    ground = [Decimal(0)] if line.indicator.measure == "count" else []  # a bar is as long as its number
    scale = _Scale(years, [value for _year, value in shown] + goals + ground)
    dots = [Mark(scale.x(year), scale.y(value), _plain(value)) for year, value in shown]
    chart = Chart(line.title, _in_words(line, shown), HEIGHT, dots=dots)
    chart.years.extend(Mark(scale.x(year), HEIGHT - 10, str(year)) for year in years)
    chart.goals.extend(Mark(LEFT, scale.y(goal), _plain(goal)) for goal in goals)
    if line.indicator.measure == "count":
        floor = HEIGHT - BOTTOM
        chart.bars.extend(Mark(dot.x - 14, dot.y, height=round(floor - dot.y, 1)) for dot in dots)
    else:
        chart.runs.extend(_runs(line, scale))
    return chart


class _Scale:
    """Years from left to right; the values with a tenth of room, from nought where it is near."""

    def __init__(self, years: Sequence[int], values: Sequence[Decimal]) -> None:
        self.first, self.last = min(years), max(years)
        low, high = min(values), max(values)
        room = (high - low) / 8 or max(abs(high) / 8, Decimal(1))
        self.low = (
            Decimal(0) if low == 0 or 0 <= low < (high - low) * 2 or low - room < 0 <= low else low - room
        )
        self.high = high + room

    def x(self, year: int) -> float:
        span = max(1, self.last - self.first)
        room = WIDTH - LEFT - RIGHT - 40
        return round(LEFT + 20 + room * (year - self.first) / span, 1)

    def y(self, value: Decimal) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(float(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share), 1)


def _runs(line: "IndicatorLine", scale: _Scale) -> list[str]:
    runs: list[list[str]] = [[]]
    for year, value in line.values:
        if value:
            runs[-1].append(f"{scale.x(year)},{scale.y(Decimal(value))}")
        else:
            runs.append([])
    return [" ".join(points) for points in runs if len(points) > 1]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _in_words(line: "IndicatorLine", shown: Sequence[tuple[int, Decimal]]) -> str:
    values = "，".join(f"{year}：{_plain(value)}" for year, value in shown)
    sign = f"（{line.indicator.sign}）" if line.indicator.sign else ""
    withheld = "、".join(str(year) for year, value in line.values if not value)
    parts = [f"{values}{sign}", _("target: %(aim)s") % {"aim": line.aim}]
    if withheld:
        parts.append(_("withheld: %(years)s") % {"years": withheld})
    return "；".join(parts)


def of_domains(board: "Board") -> Chart:
    """Reached of measurable targets, a bar for each domain."""
    rows, most = [], max((tile.known for tile in board.tiles), default=0) or 1
    room = WIDTH - NAME - 90
    for place, tile in enumerate(board.tiles):
        mark = Mark(NAME - 10, place * ROW + 20, tile.domain.name)
        known, reached = (round(room * n / most, 1) for n in (tile.known, tile.reached))
        text = f"{tile.reached}/{tile.known}"
        rows.append(Row(mark, place * ROW + 8, known, reached, NAME + known + 8, text))
    told = "，".join(f"{tile.domain.name} {tile.reached}/{tile.known}" for tile in board.tiles)
    text = _("reached / measurable: %(told)s") % {"told": told}
    return Chart(str(_("Targets reached, by domain")), text, ROW * len(rows) + 8, rows=rows)


def numbered(board: "Board") -> list[Chart]:
    """Of every judged indicator the plan gives a number and two values are shown of."""
    lines = [line for one in board.all_targets for line in one.lines]
    wanted = (line for line in lines if line.indicator.judged and line.indicator.has_number)
    found = (of_line(line) for line in wanted if sum(bool(value) for _year, value in line.values) > 1)
    return [chart for chart in found if chart is not None]
