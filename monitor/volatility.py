"""Does it swing more than chance lets it? Only then, and only if the swing matters, is it called volatile."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from statistics import median

from monitor.forecast import Line, _Counts, _logistic, line_of
from monitor.intervals import chi2_beyond, z_of
from monitor.series import Point

FEWEST, FEWEST_PLAIN = 4, 6


@dataclass(frozen=True, slots=True)
class Swing:
    """`level`: "", notice or alarm. `why`: too_few, noise, few_events, scatter, jump, change or steady."""

    level: str
    why: str


def swing(model: str, points: Sequence[Point], limit: float | None = None) -> Swing:
    """`limit`: the largest change from year to year that the district takes as usual, where no counts are known."""
    if model == "value":
        return _plain([float(one.value) for one in points], limit)
    if len(points) < FEWEST:
        return Swing("", "too_few")
    if max(one.x or 0 for one in points) < 2:
        return Swing("", "few_events")
    line = line_of(model, points)
    d, df, relative, absolute = _scatter(model, points, line)
    if level := _jump(model, points):
        return Swing(level, "jump")
    if chi2_beyond(d, df) < 0.05:
        matters = relative >= 0.10 or (model == "share" and absolute >= 0.02)
        return Swing("notice", "scatter") if matters else Swing("", "noise")
    return Swing("", "noise" if _naively_wild(points) else "steady")


def _scatter(model: str, points: Sequence[Point], line: Line) -> tuple[float, int, float, float]:
    """(D, df, relative sd and, of a share, absolute sd beyond sampling) around the fitted trend."""
    df, d, middle, spread = len(points) - 2, 0.0, [], []
    for one in points:
        x = float(one.x or 0)
        if model == "share":
            n, p = float(one.n or 1), _logistic(line.fitted(one.year))
            d += (x - n * p) ** 2 / (n * p * (1 - p))
            middle.append(p)
            spread.append(p * (1 - p) / n)
        else:
            m = exp(line.fitted(one.year))
            d += (x - m) ** 2 / m
            middle.append(m)
            spread.append(m)
    beyond = sqrt(max(0.0, d / df - 1) * sum(spread) / len(spread))
    return d, df, beyond / (sum(middle) / len(middle)), beyond


def _jump(model: str, points: Sequence[Point]) -> str:
    """The last value against what the years before it let one expect: outside 95% a notice, outside 99.8% an alarm."""
    last, before = points[-1], points[:-1]
    x = float(last.x or 0)
    if x < 2 and (before[-1].x or 0) < 2:
        return ""
    middle, sd = line_of(model, before).at(last.year)
    for level, conf in (("alarm", 0.998), ("notice", 0.95)):
        if model == "share":
            n, p = float(last.n or 1), _logistic(middle)
            wide = sqrt(sd**2 + 1 / (n * p * (1 - p)))
            low, high = (n * _logistic(middle + sign * z_of(conf) * wide) for sign in (-1, 1))
        else:
            counts = _Counts(middle, sd)
            low, high = (counts.quantile(q) for q in ((1 - conf) / 2, (1 + conf) / 2))
        if not low <= x <= high:
            return level
    return ""


def _naively_wild(points: Sequence[Point]) -> bool:
    """What a rule of thumb would have called wild: the last change above 30%."""
    before, last = float(points[-2].value), float(points[-1].value)
    return before == 0 or abs(last / before - 1) > 0.3


def _plain(y: Sequence[float], limit: float | None) -> Swing:
    changes = [b - a for a, b in itertools.pairwise(y)]
    if len(y) >= FEWEST_PLAIN:
        earlier = changes[:-1]
        middle = median(earlier)
        mad = median(abs(one - middle) for one in earlier)
        return (
            Swing("notice", "change") if abs(changes[-1]) > 3 * 1.4826 * mad and mad else Swing("", "steady")
        )
    if limit is not None and changes:
        return Swing("notice", "change") if abs(changes[-1]) > limit else Swing("", "steady")
    return Swing("", "too_few")
