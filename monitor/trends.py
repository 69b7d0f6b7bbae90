"""How a short series moves: pace against the pace needed, median slope, damped smoothing. No model of the world."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial, sqrt
from statistics import median

from monitor.intervals import NORMAL, Interval

ALPHA, BETA, PHI = 0.6, 0.2, 0.8


@dataclass(frozen=True, slots=True)
class Pace:
    """Observed against needed yearly growth. `status` instead of a number where the ratio means nothing."""

    observed: float | None = None
    needed: float | None = None
    ratio: float | None = None
    linear: float | None = None
    status: str = ""


def pace(base: float, now: float, goal: float, t0: int, t: int, end: int) -> Pace:
    """CAGR ratio with the thresholds .95, .60, 0, and the linear ratio that shares are explained by."""
    if t <= t0:
        return Pace(status="no_time_passed")
    if base == goal:
        return Pace(status="goal_at_base")
    linear = ((now - base) / (t - t0)) / ((goal - base) / (end - t0))
    if base <= 0 or now <= 0 or goal <= 0:
        return Pace(linear=linear, status="zero")
    observed = (now / base) ** (1 / (t - t0)) - 1
    needed = (goal / base) ** (1 / (end - t0)) - 1
    ratio = observed / needed
    bounds = ((0.95, "on_track"), (0.60, "acceleration_needed"), (0.0, "limited_progress"))
    status = next((word for least, word in bounds if ratio >= least), "deterioration")
    return Pace(observed, needed, ratio, linear, status)


def pace_without_goal(growth: float) -> str:
    bounds = ((0.015, "on_track"), (0.005, "acceleration_needed"), (0.0, "limited_progress"))
    return next((word for least, word in bounds if growth >= least), "deterioration")


def slopes(t: Sequence[int], y: Sequence[Fraction]) -> list[Fraction]:
    pairs = combinations(zip(t, y, strict=True), 2)
    return sorted((b - a) / (s - r) for (r, a), (s, b) in pairs if s != r)


def theil_sen(t: Sequence[int], y: Sequence[Fraction]) -> Fraction:
    """The median of all slopes between two points, exact."""
    return median(slopes(t, y))


def theil_sen_interval(t: Sequence[int], y: Sequence[float], conf: float) -> Interval:
    """Sen's interval by ranks, with ties in y as in Kendall's variance."""
    found = sorted((b - a) / (s - r) for (r, a), (s, b) in combinations(zip(t, y, strict=True), 2))
    n, k = len(y), len(found)
    ties = [list(y).count(value) for value in set(y)]
    spread = (n * (n - 1) * (2 * n + 5) - sum(m * (m - 1) * (2 * m + 5) for m in ties)) / 18
    z = NORMAL.inv_cdf((1 + conf) / 2) * sqrt(spread)
    low, high = max(round((k - z) / 2) - 1, 0), min(round((k + z) / 2), k - 1)
    return found[low], found[high]


def mann_kendall(y: Sequence[float]) -> tuple[int, float, float]:
    """(S, tau, exact two-sided p) of a series without ties."""
    n = len(y)
    s = sum((b > a) - (b < a) for a, b in combinations(y, 2))
    most = n * (n - 1) // 2
    counts = [1]  # permutations of n by their number of inversions
    for size in range(2, n + 1):
        longer = [0] * (len(counts) + size - 1)
        for inversions, ways in enumerate(counts):
            for more in range(size):
                longer[inversions + more] += ways
        counts = longer
    few = (most - abs(s)) // 2
    return s, s / most, min(1.0, 2 * sum(counts[: few + 1]) / factorial(n))


@dataclass(frozen=True, slots=True)
class Smoothed:
    level: float
    slope: float
    sd: float  # of the one-step errors

    def ahead(self, h: int, phi: float = PHI) -> float:
        return self.level + self.slope * sum(phi**j for j in range(1, h + 1))

    def sd_ahead(self, h: int, alpha: float = ALPHA, beta: float = BETA, phi: float = PHI) -> float:
        weights = [alpha + alpha * beta * sum(phi**i for i in range(1, j + 1)) for j in range(1, h)]
        return self.sd * sqrt(1 + sum(c * c for c in weights))


def holt(
    y: Sequence[float], alpha: float, beta: float, level: float, slope: float, phi: float = 1.0
) -> Smoothed:
    errors = []
    for value in y:
        before = level + phi * slope
        errors.append(value - before)
        level, old = alpha * value + (1 - alpha) * before, level
        slope = beta * (level - old) + (1 - beta) * phi * slope
    return Smoothed(level, slope, sqrt(sum(e * e for e in errors) / max(1, len(errors) - 2)))


def smoothed(y: Sequence[float]) -> Smoothed:
    """Damped, started from the first two values."""
    first = y[1] - y[0]
    return holt(y[1:], ALPHA, BETA, y[0], first, PHI)
