"""What a release tells beside its counts: medians, means, how full the shelter was, sums of money, and numbers of registers.

Made of the cases themselves, not of shown numbers: so each has a rule of its own, and what is a sum stands as first told.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from indicators.casework import Indicator, Part, indicators
from indicators.gate import smallest
from indicators.menu import Span
from indicators.models import Release, Tally
from indicators.published import DERIVED, rate
from indicators.registers import monthly, registered
from indicators.sums import amounts, dominated, told_sum

# Two versions of one of these would tell what lies between them.
AS_FIRST_TOLD = ("load", "total")


def derived(own: list[UUID], span: Span, shown: set[str], live: Sequence[Release]) -> dict[str, int | str]:
    """By "CW.nn.part"; what may not be told is not there."""
    found: dict[str, int | str] = {}
    for one, part in _parts() if span.is_whole else ():
        known = _stands(one, part, span, live) if part.kind in AS_FIRST_TOLD else None
        result = known or _number(part, own, span, shown)
        if result is not None:
            found[f"{one.id}.{part.key}"] = result
    return found


def absent(own: list[UUID], span: Span) -> frozenset[str]:
    """The parts whose monthly records do not cover every month of the year."""
    first, last = _year(span)
    kept = monthly(own, first, last) if span.is_whole else {}
    whole = {key for key, by in kept.items() if len(by) == 12}
    parts = _parts() if span.is_whole else ()
    return frozenset(f"{one.id}.{part.key}" for one, part in parts if part.monthly - whole)


def _parts() -> Iterator[tuple[Indicator, Part]]:
    return ((one, part) for one in indicators() for part in one.parts)


def _year(span: Span) -> tuple[date, date]:
    return date(span.year, 1, 1), date(span.year, 12, 31)


def _stands(one: Indicator, part: Part, span: Span, live: Sequence[Release]) -> str | None:
    """As an earlier version of this year told it, by the same definition."""
    rows = [row for release in live if release.period == str(span.year) for row in release.indicators]
    told = [
        row["value"]
        for row in rows
        if (row["id"], row["part"], row["version"], row["state"]) == (one.id, part.key, one.version, "number")
    ]
    return told[0] if told else None


def _number(part: Part, own: list[UUID], span: Span, shown: set[str]) -> int | str | None:
    if part.register:
        return registered(part.register, own, *_year(span))
    if part.kind not in DERIVED or part.awaits:
        return None
    series = part.terms["per" if "per" in part.terms else "these"][0]
    if f"{series}|{span.year}||" not in shown:
        return None
    if part.kind == "total":
        return told_sum(amounts(series, own, *_year(span)))
    values = _spread(own, series, span.year)
    if len(values) < 2 * smallest() or (part.kind != "median" and dominated(values)):
        return None
    if part.kind == "load":
        return _load(sum(values), sum(monthly(own, *_year(span))[part.terms["of"][0]].values()))
    if part.kind == "median":
        return (values[(len(values) - 1) // 2] + values[len(values) // 2]) // 2
    return round(sum(values) / len(values))


def _load(used: int, there: int) -> str | None:
    """A rate like any other: its base and both its parts are large enough."""
    return rate(used, there - used) or None if min(used, there - used) >= smallest() else None


def _spread(own: list[UUID], series: str, year: int) -> list[int]:
    """The hours or nights of every case, in order."""
    rows = Tally.objects.filter(home__in=own, figure=series, month__year=year, n__gt=0)
    found: list[int] = []
    for dims, n in rows.values_list("dims", "n"):
        unit, _, text = dims.partition("=")
        if unit in ("hours", "nights") and text.isdigit():
            found += [int(text)] * n
    return sorted(found)
