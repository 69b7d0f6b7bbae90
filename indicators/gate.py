"""The one gate every figure leaves through. A count below 5 is hidden, and so is what would give it away.

Whoever reads a sheet is taken to know which numbers add up to which, that every hidden small number lies
between 0 and 4, and the rule by which others are hidden beside it. A small number is safe when, from all
that is shown, it could still be any of 0 to 4. See docs/adr on what this does not yet stand against.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

FLOOR = 5
NO_DATA = "—"
Bounds = dict[str, tuple[float, float]]


def smallest() -> int:
    """The smallest count that is shown. SMALLEST_FIGURE may ask for more than the floor, never for less."""
    return max(FLOOR, int(getattr(settings, "SMALLEST_FIGURE", FLOOR)))


@dataclass(frozen=True, slots=True)
class Sum:
    """`parts` add up to `total`; if not `exact`, one thing may stand in several parts, but in at least one."""

    total: str
    parts: tuple[str, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """True counts by cell. `absent`: cells that cannot hold a count yet, such as a month to come."""

    cells: Mapping[str, int]
    sums: tuple[Sum, ...] = ()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What may be seen. A hidden cell is None, whatever hid it; nothing else of it remains."""

    values: Mapping[str, int | None]
    absent: frozenset[str] = frozenset()
    hidden_text: str = field(default_factory=lambda: f"<{smallest()}")

    def value(self, cell: str) -> int | None:
        return self.values.get(cell)

    def is_absent(self, cell: str) -> bool:
        return cell in self.absent

    def is_hidden(self, cell: str) -> bool:
        return cell not in self.absent and self.values[cell] is None

    def text(self, cell: str) -> str:
        if cell in self.absent:
            return NO_DATA
        value = self.values[cell]
        return self.hidden_text if value is None else str(value)

    def share(self, cell: str, others: Iterable[str]) -> str:
        """`cell` of `cell` and `others` in per cent, from numbers that are shown anyway; else empty."""
        values = [self.value(cell), *(self.value(other) for other in others)]
        shown = [value for value in values if value is not None]
        if len(shown) < len(values) or sum(shown) < smallest():
            return ""
        return f"{round(100 * shown[0] / sum(shown))}%"


def publish(table: Table) -> Sheet:
    """The sheet of this table: small cells hidden, then others until no small one can be told.

    Numbers that contradict each other are all hidden: see manage.py reconcile_statistics.
    """
    if not all(_adds_up(one, table.cells) for one in table.sums):
        return Sheet(dict.fromkeys(table.cells), table.absent)
    least = smallest()
    small = {cell for cell, n in table.cells.items() if n < least}
    hidden = set(small)
    while give_away := _told(table, small, hidden, least):
        hidden.add(_next(table, give_away, hidden))
    return Sheet({cell: None if cell in hidden else n for cell, n in table.cells.items()}, table.absent)


def _adds_up(one: Sum, cells: Mapping[str, int]) -> bool:
    total, parts = cells[one.total], [cells[part] for part in one.parts]
    return total == sum(parts) if one.exact else max(parts, default=0) <= total <= sum(parts)


def _told(table: Table, small: set[str], hidden: set[str], least: int) -> str:
    """The first small cell that what is shown narrows down; empty when there is none."""
    bounds = known(table, small, hidden, least)
    return next((cell for cell in table.cells if cell in small and bounds[cell] != (0, least - 1)), "")


def known(table: Table, small: set[str], hidden: set[str], least: int = FLOOR) -> Bounds:
    """Between what limits each cell must lie, for a reader who follows every sum to the end."""
    totals = {one.total for one in table.sums}
    bounds = {cell: _at_first(cell, table, small, hidden, totals, least) for cell in table.cells}
    # Where everything is hidden nobody can tell which cells are small: there is nothing to reckon from.
    changed = not hidden >= set(table.cells)
    while changed:
        changed = False
        for one in table.sums:
            changed |= _tighten(one, bounds)
    return bounds


def _at_first(
    cell: str, table: Table, small: set[str], hidden: set[str], totals: set[str], least: int
) -> tuple[float, float]:
    if cell not in hidden:
        return table.cells[cell], table.cells[cell]
    if cell in small:
        return 0, least - 1
    # Among the parts, one hidden for the sake of another is known to be large; a hidden total may be anything.
    return (0 if cell in totals else least), math.inf


def _tighten(one: Sum, bounds: Bounds) -> bool:
    """Narrow the total by its parts and each part by the rest. True if anything became narrower."""
    lows, highs = (sum(bounds[part][side] for part in one.parts) for side in (0, 1))
    if not one.exact:
        lows = max((bounds[part][0] for part in one.parts), default=0)
    changed = _narrow(bounds, one.total, lows, highs)
    for part in one.parts:
        low, high = bounds[part]
        others_low = (lows - low) if one.exact else 0
        others_high = highs - high if highs < math.inf else _sum_without(one, part, bounds)
        changed |= _narrow(
            bounds, part, bounds[one.total][0] - others_high, bounds[one.total][1] - others_low
        )
        if one.exact:
            lows += bounds[part][0] - low
        highs = sum(bounds[other][1] for other in one.parts)
    return changed


def _sum_without(one: Sum, part: str, bounds: Bounds) -> float:
    return sum(bounds[other][1] for other in one.parts if other != part)


def _narrow(bounds: Bounds, cell: str, low: float, high: float) -> bool:
    before = bounds[cell]
    bounds[cell] = max(before[0], low), min(before[1], high)
    return bounds[cell] != before


def _next(table: Table, told: str, hidden: set[str]) -> str:
    """What is hidden for the sake of `told`: a part before a total, a near one before a far one, the smallest.

    Only what is tied to it through hidden numbers can give it away. The choice is made among numbers that
    are shown, so the choice itself tells nothing.
    """
    totals, parts = {one.total for one in table.sums}, {part for one in table.sums for part in one.parts}
    away = _distances(table, told, hidden)
    shown = [cell for cell in table.cells if cell in away and cell not in hidden]
    return min(shown, key=lambda cell: (cell in totals, cell not in parts, away[cell], table.cells[cell]))


def _distances(table: Table, told: str, hidden: set[str]) -> dict[str, int]:
    """How many sums away each cell is that can be reached from `told` over hidden cells."""
    away, edge, step = {told: 0}, {told}, 0
    while edge:
        step += 1
        sums = [(one.total, *one.parts) for one in table.sums]
        found = {cell for cells in sums if edge.intersection(cells) for cell in cells if cell not in away}
        away |= dict.fromkeys(found, step)
        edge = found & hidden
    return away
