"""The casework indicators as they stand now, for duty leaders; small numbers stay out of sight here too."""

from dataclasses import dataclass
from datetime import date

from indicators.board import WITHHELD_TEXT, meaning_of
from indicators.casework import Counted, Indicator, Part, Value, counted, indicators, value
from indicators.figures import Text
from indicators.gate import smallest
from indicators.menu import least_of
from indicators.published import rate
from indicators.selectors import homes
from indicators.units import UNITS


@dataclass(frozen=True, slots=True)
class NowLine:
    """One number: whose, how much, of what, and what it means."""

    id: str
    label: str
    text: Text
    unit: Text
    meaning: str


def now_lines(area: str, year: int) -> list[NowLine]:
    """Every part of every indicator in the year; a few queries, however many cases."""
    own = list(homes(area).values_list("pk", flat=True))
    spans = {lag: counted(own, date(year - lag, 1, 1), date(year - lag, 12, 31)) for lag in (0, 1)}
    return [_line(one, part, spans[part.lag]) for one in indicators() for part in one.parts]


def _line(one: Indicator, part: Part, found: Counted) -> NowLine:
    label = one.label + (f" · {part.label}" if part.names != one.names else "")
    return NowLine(
        one.id, label, _text(part, value(part, found)), UNITS[part.unit], meaning_of(one.id, part.key)
    )


def _text(part: Part, known: Value) -> Text:
    if part.kind == "total":
        return WITHHELD_TEXT["not_due"]
    if known.state == "not_recorded":
        return WITHHELD_TEXT["not_recorded"]
    if known.number is None:
        return WITHHELD_TEXT["withheld"]
    if part.register:
        return str(known.yes)
    if part.kind in ("share", "load"):
        shown = min(known.yes, known.no) >= smallest() and rate(known.yes, known.no)
        return shown or WITHHELD_TEXT["withheld"]
    if part.kind in ("mean", "median"):
        return str(round(known.number)) if known.yes >= 2 * smallest() else WITHHELD_TEXT["withheld"]
    least = max(least_of(key) for keys in part.terms.values() for key in keys)
    return str(known.yes) if known.yes >= least else f"<{least}"
