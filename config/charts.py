"""Geometry of the bar chart: the template draws, this measures. A hidden value (None) is a hatched stub."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, ROW, BAR = 480, 34, 20
WIDEST_LABEL, ROOM, GAP = 220, 64, 10  # for the label; right of the bar, for its number; between
HIDDEN_WIDTH = 36
Value = int | float | None
Row = tuple[object, Value] | tuple[object, Value, str]


@dataclass(frozen=True, slots=True)
class Bar:
    label: object
    short: str
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


def label_width(label: object) -> int:
    """Pixels a label takes at 15 px: a Chinese character is a square, a Latin letter about half of one."""
    return sum(15 if character > "\u2e7f" else 8 for character in str(label))


def fitted(label: object) -> str:
    """What of the label has room; the table below says it whole."""
    text = str(label)
    if label_width(text) <= WIDEST_LABEL:
        return text
    while label_width(f"{text}…") > WIDEST_LABEL:
        text = text[:-1]
    return f"{text}…"


def bar_chart(rows: Iterable[Row], hidden_text: str) -> BarChart:
    """`rows` are (label, value), or (label, value, its own hidden text); the largest value fills the width."""
    pairs = list(rows)
    most = max((row[1] for row in pairs if row[1]), default=0) or 1
    start = min(WIDEST_LABEL, max((label_width(row[0]) for row in pairs), default=0)) + GAP
    scale = (WIDTH - start - ROOM) / most
    bars = [
        _bar(place, row[0], row[1], start, scale, row[2] if len(row) > 2 else hidden_text)
        for place, row in enumerate(pairs)
    ]
    return BarChart(bars, WIDTH, ROW * len(pairs), start, BAR)


def _bar(place: int, label: object, value: Value, start: int, scale: float, hidden_text: str) -> Bar:
    width = HIDDEN_WIDTH if value is None else round(scale * value, 1)
    text = hidden_text if value is None else f"{value:,}"
    top = place * ROW + (ROW - BAR) // 2
    return Bar(
        label, fitted(label), value, text, top, top + BAR // 2, width, start + width + 8, value is None
    )
