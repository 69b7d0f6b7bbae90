"""Geometry of the bar chart: the template draws, this measures. A hidden value (None) shows as a hatched stub."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, ROW, BAR = 640, 34, 20
LABEL, ROOM = 190, 64  # left of the bars; right of them, for the number
HIDDEN_WIDTH = 36
Value = int | float | None


@dataclass(frozen=True, slots=True)
class Bar:
    label: object
    value: Value
    text: str
    y: int
    middle: int
    width: float
    end: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class BarChart:
    bars: list[Bar]
    width: int
    height: int
    start: int
    thickness: int


def bar_chart(rows: Iterable[tuple[object, Value]], hidden_text: str) -> BarChart:
    """`rows` are (label, value); the largest value fills the width."""
    pairs = list(rows)
    most = max((value for _label, value in pairs if value), default=0) or 1
    bars = [_bar(place, label, value, most, hidden_text) for place, (label, value) in enumerate(pairs)]
    return BarChart(bars, WIDTH, ROW * len(pairs), LABEL, BAR)


def _bar(place: int, label: object, value: Value, most: float, hidden_text: str) -> Bar:
    hidden = value is None
    width = HIDDEN_WIDTH if value is None else round((WIDTH - LABEL - ROOM) * value / most, 1)
    text = hidden_text if value is None else f"{value:,}"
    top = place * ROW + (ROW - BAR) // 2
    return Bar(label, value, text, top, top + BAR // 2, width, LABEL + width + 8, hidden)
