"""One indicator's values, year by year, cut where its definition changed; and the goal they are held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from monitor.dictionary import Indicator


@dataclass(frozen=True, slots=True)
class Point:
    """`value` in the unit of the indicator, exact. `x` of `n` stand behind a share, `x` alone behind a count."""

    year: int
    value: Fraction
    x: int | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """The right side: from `low` (`strict`: above it) to `high`. Both bounds belong to it: 以上 and 以下 include the number."""

    low: Fraction | None = None
    high: Fraction | None = None
    strict: bool = False

    def holds(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (self.strict and value == self.low)):
            return False
        return self.high is None or value <= self.high

    @property
    def edge(self) -> Fraction:
        """The bound that is to be reached."""
        bound = self.low if self.low is not None else self.high
        assert bound is not None
        return bound


def share(year: int, x: int, n: int, factor: int = 100) -> Point:
    return Point(year, Fraction(x * factor, n), x, n)


def count(year: int, x: int) -> Point:
    return Point(year, Fraction(x), x)


def plain(year: int, value: str | int | Fraction) -> Point:
    return Point(year, Fraction(value))


def comparable(points: Iterable[Point], breaks: Sequence[int] = ()) -> list[Point]:
    """In order of years, from the last break of the definition on: no trend runs across it."""
    found = sorted(points, key=lambda one: one.year)
    last = max((one.year for one in found), default=0)
    since = max((year for year in breaks if year <= last), default=0)
    return [one for one in found if one.year >= since]


def model_of(one: Indicator, points: Sequence[Point]) -> str:
    """How it may be forecast: by its denominators, as a count, or by its values alone."""
    if one.measure == "share" and all(p.n for p in points):
        return "share"
    return "count" if one.measure == "count" and all(p.x is not None for p in points) else "value"
