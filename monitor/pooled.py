"""Rates of few people over five and ten years, with exact intervals: one year alone says nothing about them.

Published are whole spans of the calendar only (2021–2025, 2026–2030, 2021–2030): spans that slide would differ by two years,
and their difference would be a count of one year. A span stands beside its years as a total beside its parts.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from monitor.dictionary import Indicator
from monitor.intervals import clopper_pearson, rate_exact
from monitor.levels import may_be_told
from monitor.series import Point
from monitor.verdict import is_hidden

FIRST, LENGTH = 2011, 5


def is_pooled(one: Indicator) -> bool:
    return one.small and one.measure == "share" and not one.public and not one.rule.every


def rate_of(one: Indicator, points: Sequence[Point]) -> tuple[int, int, float, float, float]:
    """(x, n, rate, low, high): exact, 95 in a hundred; in the unit of the indicator."""
    x, n = sum(p.x or 0 for p in points), sum(p.n or 0 for p in points)
    if one.unit == "percent":
        low, high = (bound * one.factor for bound in clopper_pearson(x, n))
    else:
        low, high = rate_exact(x, n, one.factor)
    return x, n, x / n * one.factor, low, high


def spans(points: Sequence[Point]) -> Iterator[tuple[int, int, list[Point]]]:
    """Fives, then tens, of which every year is known with its counts."""
    known = {p.year: p for p in points if p.x is not None and p.n}
    for length in (LENGTH, 2 * LENGTH):
        for first in range(FIRST, 2031, length):
            years = range(first, first + length)
            if all(year in known for year in years):
                yield first, first + length - 1, [known[year] for year in years]


def published(one: Indicator, points: Sequence[Point]) -> list[dict[str, Any]]:
    """What everybody is shown: the rate without its counts, or that it is withheld."""
    if not is_pooled(one):
        return []
    found: list[dict[str, Any]] = []
    told_fives: set[int] = set()
    for first, last, years in spans(points):
        tells = _tells(one, years) if last - first < LENGTH else {first, first + LENGTH} <= told_fives
        if tells:
            told_fives.add(first)
        _x, _n, *numbers = rate_of(one, years)
        texts = [f"{number:.1f}" for number in numbers] if tells else None
        found.append({"from": first, "to": last, "rate": texts})
    return found


def _tells(one: Indicator, years: Sequence[Point]) -> bool:
    hidden = [p for p in years if is_hidden(one, p)]
    if any((p.x or 0) >= one.least for p in hidden):
        return False  # hidden for what is missing to the whole
    shown = [p.x or 0 for p in years if p not in hidden]
    x, n, *_rest = rate_of(one, years)
    enough = x >= one.least and n - x >= one.least
    return enough and may_be_told(x, shown, len(hidden), one.least)


def exact(one: Indicator, points: Sequence[Point]) -> dict[str, Any] | None:
    """For whoever reports it and for the bureau: the last ten years there are, or as many as there are."""
    known = [p for p in points if p.x is not None and p.n][-2 * LENGTH :]
    if not is_pooled(one) or not known:
        return None
    x, n, rate, low, high = rate_of(one, known)
    return {"from": known[0].year, "to": known[-1].year, "x": x, "n": n, "rate": f"{rate:.1f}", "low": f"{low:.1f}",
            "high": f"{high:.1f}"}  # fmt: skip
