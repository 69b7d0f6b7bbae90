"""What a reader gets of the casework indicators: made of published numbers only, so that they tell nothing more."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from indicators.casework import ALL_CLOCKS, Indicator, Part, indicators
from indicators.menu import menu, name, over

# A rate needs this many behind it, and both of its parts shown.
BASE = 10
Cells = Mapping[str, int | None]
Derived = Mapping[str, int | str]
DERIVED = ("median", "mean", "load", "total")


@dataclass(frozen=True, slots=True)
class Published:
    """`state`: number, withheld, not_recorded (its record is not kept here yet) or not_due (with the whole year)."""

    state: str
    number: str = ""


WITHHELD, NOT_RECORDED, NOT_DUE = Published("withheld"), Published("not_recorded"), Published("not_due")


def values_of(
    cells: Cells, year: int, derived: Derived, absent: Set[str] = frozenset()
) -> list[dict[str, Any]]:
    """Every part of every indicator, in their order; `absent`: those whose monthly records have gaps."""
    found = []
    for one in indicators():
        for part in one.parts:
            gaps = f"{one.id}.{part.key}" in absent
            value = NOT_RECORDED if gaps else _value(one, part, cells, year, derived)
            found.append({"id": one.id, "part": part.key, "version": one.version, "unit": part.unit,
                          "state": value.state, "value": value.number or None,
                          **({} if gaps else _over_years(one, part, cells, year))})  # fmt: skip
    return found


def _value(one: Indicator, part: Part, cells: Cells, year: int, derived: Derived) -> Published:
    if part.awaits:
        return NOT_RECORDED
    whole = name("cases_opened", year) in cells
    if not whole:
        return NOT_DUE
    if part.kind in DERIVED or part.register:
        known = derived.get(f"{one.id}.{part.key}")
        return WITHHELD if known is None else Published("number", str(known))
    if part.kind == "share":
        return _share(one, part, cells, year)
    series = ("watched",) if part.kind == "stock" else part.terms["these"]
    count = _sum(series, cells, year)
    return WITHHELD if count is None else Published("number", str(count))


def _over_years(one: Indicator, part: Part, cells: Cells, year: int) -> dict[str, str | None]:
    """A rate over some years together, where the release has it."""
    years = menu().rates_over
    if part.kind != "share" or part.awaits or ALL_CLOCKS in part.terms.get("clocks", ()):
        return {}
    yes, no = sides(one, part, cells, year, years)
    return {"over": over(year - part.lag, years), "value_over": rate(yes, no) or None}


def _share(one: Indicator, part: Part, cells: Cells, year: int) -> Published:
    known = rate(*sides(one, part, cells, year))
    return Published("number", known) if known else WITHHELD


def sides(
    one: Indicator, part: Part, cells: Cells, year: int, years: int = 0
) -> tuple[int | None, int | None]:
    """What counts for a rate, and what against it: of the year, or of some years together."""
    if "clocks" in part.terms:
        keys: list[tuple[str, ...]] = [(f"{one.id}.{part.key}:{verdict}",) for verdict in ("met", "missed")]
        if ALL_CLOCKS in part.terms["clocks"]:
            keys = [(f"clocks_law:{verdict}", f"clocks_policy:{verdict}") for verdict in ("met", "missed")]
        yes, no = (_sum(series, cells, year, years) for series in keys)
        return yes, no
    yes, no, whole = (
        _sum(part.terms[key], cells, year, years) if key in part.terms else None
        for key in ("these", "others", "all")
    )
    if whole is not None:
        yes = yes if "these" in part.terms else _rest(whole, no)
        no = no if "others" in part.terms else _rest(whole, yes)
    return yes, no


def _rest(whole: int, part: int | None) -> int | None:
    return None if part is None else whole - part


def rate(yes: int | None, no: int | None) -> str:
    """In per cent with one decimal, half up; empty where it may not be told."""
    if yes is None or no is None or yes + no < BASE:
        return ""
    tenths = Fraction(1000 * yes, yes + no) + Fraction(1, 2)
    return f"{int(tenths) / 10:.1f}"


def _sum(series: tuple[str, ...], cells: Cells, year: int, years: int = 0) -> int | None:
    """Of numbers that are all shown; else nothing."""
    total = 0
    for one in series:
        table = menu().tables.get(one)
        n = cells.get(_name(one, year, table.lag if table else 0, years or (table.pooled if table else 0)))
        if n is None:
            return None
        total += n
    return total


def _name(series: str, year: int, lag: int, years: int) -> str:
    return name(series, over(year - lag, years) if years else year - lag)
