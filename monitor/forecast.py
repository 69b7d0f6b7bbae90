"""Where a series will stand: logit line for shares, log line for counts, damped smoothing for values without counts.

The line's slope is shrunk by its own uncertainty and damped by a fifth a year from the centre of the last three years.
Two points say nothing; three or four only with large denominators, and then with low confidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, log1p, sqrt

import numpy as np

from monitor.intervals import NORMAL, Interval, negbin_below, negbin_quantile, z_of
from monitor.series import Goal, Point
from monitor.trends import PHI, smoothed, theil_sen_interval

DRIFT = 0.06  # what a year may bring by itself, on the scale of the line
FEW, LARGE, LEAST = 5, 300, 10
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(15)


@dataclass(frozen=True)
class Line:
    """A weighted straight line on the logit or log scale."""

    t: Sequence[int]
    z: Sequence[float]
    w: Sequence[float]

    @cached_property
    def _fit(self) -> tuple[float, float, float, float, float]:
        """(centre, level there, slope, s², Sxx) of all years."""
        whole = sum(self.w)
        t0 = sum(w * t for w, t in zip(self.w, self.t, strict=True)) / whole
        z0 = sum(w * z for w, z in zip(self.w, self.z, strict=True)) / whole
        sxx = sum(w * (t - t0) ** 2 for w, t in zip(self.w, self.t, strict=True))
        rows = list(zip(self.w, self.t, self.z, strict=True))
        b = sum(w * (t - t0) * (z - z0) for w, t, z in rows) / sxx
        rest = sum(w * (z - z0 - b * (t - t0)) ** 2 for w, t, z in rows)
        return t0, z0, b, max(1.0, rest / max(1, len(rows) - 2)), sxx

    @property
    def slope(self) -> float:
        """Shrunk: a slope that is no larger than its error is halved and more."""
        _t, _z, b, s2, sxx = self._fit
        return b * b * b / (b * b + s2 / sxx) if b else 0.0

    @property
    def slope_sd(self) -> float:
        return sqrt(self._fit[3] / self._fit[4])

    def fitted(self, year: float) -> float:
        t0, z0, b, _s2, _sxx = self._fit
        return z0 + b * (year - t0)

    @property
    def _late(self) -> tuple[float, float, float]:
        """(centre, level, weight) of the last three years."""
        rows = list(zip(self.w, self.t, self.z, strict=True))[-3:]
        whole = sum(w for w, _t, _z in rows)
        return sum(w * t for w, t, _z in rows) / whole, sum(w * z for w, _t, z in rows) / whole, whole

    def parts(self, year: int) -> tuple[float, float, float, float]:
        """(middle, sd of the level, sd of the slope, factor of the slope) in that year."""
        centre, level, weight = self._late
        g = PHI * (1 - PHI ** max(0.0, year - centre)) / (1 - PHI)
        s2, sxx = self._fit[3:]
        return level + self.slope * g, sqrt(s2 / weight), sqrt(0.5 * s2 / sxx), g

    def at(self, year: int) -> tuple[float, float]:
        middle, level_sd, slope_sd, g = self.parts(year)
        return middle, sqrt(level_sd**2 + (g * slope_sd) ** 2 + DRIFT**2)


@dataclass(frozen=True, slots=True)
class Forecast:
    """`low`–`high`: 80% interval of the value in `year`. `reach`: None where it may not be said. `slope`: 80% interval."""

    year: int
    middle: float
    low: float
    high: float
    reach: float | None
    slope: Interval
    method: str
    uncertain: bool = False


def line_of(model: str, points: Sequence[Point]) -> Line:
    t = [one.year for one in points]
    if model == "share":
        pairs = [(float(one.x or 0), float(one.n or 1)) for one in points]
        z = [log((x + 0.5) / (n - x + 0.5)) for x, n in pairs]
        return Line(t, z, [(x + 0.5) * (n - x + 0.5) / (n + 1) for x, n in pairs])
    seen = [float(one.x or 0) for one in points]
    return Line(t, [log(x + 0.5) for x in seen], [x + 0.5 for x in seen])


def forecast(
    model: str, points: Sequence[Point], goal: Goal | None, year: int, factor: int = 1, keep: bool = False
) -> Forecast | None:
    """None: too few points to say anything."""
    if not _enough(model, points):
        return None
    uncertain = len(points) < FEW
    if model == "value":
        return _of_values(points, goal, year)
    line = line_of(model, points)
    middle, sd = line.at(year)
    slope = _around(line.slope, line.slope_sd)
    if model == "share":
        low, high = (_logistic(middle + sign * z_of(0.8) * sd) * factor for sign in (-1, 1))
        reach = None if goal is None else _share_reach(line, goal, points[-1].year, year, factor, keep)
        return Forecast(year, _logistic(middle) * factor, low, high, reach, slope, "logit", uncertain)
    counts = _Counts(middle, sd)
    reach = None if goal is None else counts.within(goal)
    return Forecast(
        year, exp(middle), counts.quantile(0.1), counts.quantile(0.9), reach, slope, "log", uncertain
    )


def _enough(model: str, points: Sequence[Point]) -> bool:
    if len(points) < 3:
        return False
    if model == "share" and any((one.n or 0) < LEAST for one in points):
        return False
    behind = [one.n if model == "share" else one.x for one in points]
    return len(points) >= FEW or (model != "value" and min(b or 0 for b in behind) >= LARGE)


def _share_reach(line: Line, goal: Goal, last: int, year: int, factor: int, keep: bool) -> float:
    edges = [_logit(float(bound) / factor) if bound is not None else None for bound in (goal.low, goal.high)]
    if keep:
        return _stays(line, edges[0], edges[1], range(last + 1, year + 1))
    return _between(*line.at(year), edges[0], edges[1])


def _stays(line: Line, low: float | None, high: float | None, years: Sequence[int]) -> float:
    """P(on the right side in every year): level and slope shared by all years, drift of each year its own."""
    total = 0.0
    for a, weight_a in zip(NODES, WEIGHTS, strict=True):
        for b, weight_b in zip(NODES, WEIGHTS, strict=True):
            chance = 1.0
            for year in years:
                middle, level_sd, slope_sd, g = line.parts(year)
                chance *= _between(middle + a * level_sd + b * slope_sd * g, DRIFT, low, high)
            total += float(weight_a * weight_b) * chance
    return total / float(sum(WEIGHTS)) ** 2


def _between(middle: float, sd: float, low: float | None, high: float | None) -> float:
    under = NORMAL.cdf((high - middle) / sd) if high is not None else 1.0
    return max(0.0, under - (NORMAL.cdf((low - middle) / sd) if low is not None else 0.0))


class _Counts:
    """Gamma–Poisson with the mean and spread of the log line."""

    def __init__(self, middle: float, sd: float) -> None:
        spread = exp(sd * sd) - 1
        self.shape = 1 / spread
        self.p = self.shape / (self.shape + exp(middle + sd * sd / 2))

    def quantile(self, q: float) -> float:
        return float(negbin_quantile(q, self.shape, self.p))

    def within(self, goal: Goal) -> float:
        high = 1.0 if goal.high is None else negbin_below(float(goal.high // 1), self.shape, self.p)
        if goal.low is None:
            return high
        least = goal.low // 1 + (1 if goal.strict or goal.low % 1 else 0)
        return max(0.0, high - negbin_below(float(least - 1), self.shape, self.p))


def _of_values(points: Sequence[Point], goal: Goal | None, year: int) -> Forecast:
    """The median slope is a check on the smoothing: where they disagree, it says uncertain."""
    t, y = [one.year for one in points], [float(one.value) for one in points]
    found = smoothed(y)
    h = max(1, year - t[-1])
    middle, sd = found.ahead(h), max(found.sd_ahead(h), 1e-9)
    low, high = middle - z_of(0.8) * sd, middle + z_of(0.8) * sd
    bounds = (
        [None if goal is None or bound is None else float(bound) for bound in (goal.low, goal.high)]
        if goal
        else []
    )
    reach = _between(middle, sd, bounds[0], bounds[1]) if goal else None
    slope = theil_sen_interval(t, y, 0.8)
    agree = slope[0] <= found.slope <= slope[1] or (slope[0] + slope[1]) * found.slope > 0
    return Forecast(year, middle, low, high, reach, slope, "holt", uncertain=not agree)


def _around(middle: float, sd: float) -> Interval:
    return middle - z_of(0.8) * sd, middle + z_of(0.8) * sd


def _logit(p: float) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return log(p) - log1p(-p)


def _logistic(z: float) -> float:
    return 1 / (1 + exp(-z))
