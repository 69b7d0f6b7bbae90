"""How far an indicator is, and what gives cause to worry, with the reasons. Attainment is exact; only chances are floats.

`judge` knows the exact values; `told` is what anybody but the unit and the statistics bureau is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from monitor.dictionary import Indicator, Target
from monitor.forecast import LEAST, Forecast, forecast
from monitor.goals import NOTHING, Decided, goal_of
from monitor.series import Goal, Point, comparable, model_of
from monitor.trends import theil_sen
from monitor.volatility import Swing, swing

HORIZON = 2030
REACHED, EXPECTED, HARD, OPEN, NOT_MEASURABLE = "reached", "expected", "hard", "open", "not_measurable"
PARTLY = "partly"  # of a target only


@dataclass(frozen=True, slots=True)
class Verdict:
    """`met`: the last value is on the right side (None: cannot be said). `level`: "", yellow, orange or red.

    `reasons`: codes of words.py, in the order they are read. `swing`: "", notice or alarm.
    """

    status: str
    met: bool | None = None
    level: str = ""
    swing: str = ""
    reasons: tuple[str, ...] = ()
    forecast: Forecast | None = None
    goal: Goal | None = None

    @property
    def outcome(self) -> tuple[str, bool | None, str, str]:
        return self.status, self.met, self.level, self.swing


def judge(
    one: Indicator,
    points: Sequence[Point],
    *,
    decided: Decided = NOTHING,
    others: Mapping[int, Fraction] | None = None,
    parts: Sequence[Fraction] = (),
) -> Verdict:
    """`others`: the values of the indicator it is compared with. `parts`: of every town or institution, in the last year."""
    found = comparable(points, one.breaks)
    if not found and not parts:
        return Verdict(NOT_MEASURABLE, reasons=("no_value",))
    if one.rule.kind == "context":
        return _of_context(one, found, decided)
    goal, why = goal_of(one, decided, others or {}, found[-1] if found else None)
    if why:
        return Verdict(NOT_MEASURABLE, reasons=(why,))
    if one.rule.every:
        return _of_parts(goal, parts)
    verdict = _of_movement(one, found, decided) if goal is None else _of_goal(one, goal, found)
    return _with_swing(one, found, decided, _softened(one, verdict))


def few_events(one: Indicator, points: Sequence[Point]) -> bool:
    """Of a rate of few people: fewer than ten events in all the years, or as few missing to the whole. No year tells a trend."""
    if not one.small or one.measure != "share":
        return False
    events = sum(p.x or 0 for p in points)
    return min(events, sum(p.n or 0 for p in points) - events) < LEAST


def _of_goal(one: Indicator, goal: Goal, points: Sequence[Point]) -> Verdict:
    met = goal.holds(points[-1].value)
    ahead = None
    if one.rule.kind not in ("ge_indicator", "approx_indicator") and not few_events(one, points):
        ahead = forecast(
            model_of(one, points), points, goal, HORIZON, one.factor, keep=one.wants == "keep" and met
        )
    reasons = ["met" if met else "unmet", *_caution(one, points, ahead)]
    if ahead is None or ahead.reach is None:
        return Verdict(REACHED if met else OPEN, met, reasons=tuple(reasons), goal=goal)
    level = _level(ahead.reach)
    if level:
        reasons.append(f"chance_{level}")
    if not met and _moves_away(goal, points[0], ahead):
        level = "red"
        reasons.append("moving_away")
    status = REACHED if met else (EXPECTED if ahead.reach >= 0.5 and level != "red" else HARD)
    return Verdict(status, met, level, reasons=tuple(reasons), forecast=ahead, goal=goal)


def _level(reach: float) -> str:
    return "red" if reach < 0.2 else "orange" if reach < 0.5 else "yellow" if reach < 0.8 else ""


def _moves_away(goal: Goal, start: Point, ahead: Forecast) -> bool:
    """The whole 80% interval lies beyond where it started, on the wrong side."""
    if goal.low is not None and start.value < goal.low:
        return ahead.high < float(start.value)
    return goal.high is not None and start.value > goal.high and ahead.low > float(start.value)


def _caution(one: Indicator, points: Sequence[Point], ahead: Forecast | None) -> list[str]:
    if any(p.n is not None and p.n < LEAST for p in points):
        return ["tiny"]
    if few_events(one, points):
        return ["tiny_events"]
    if ahead is None:
        return ["too_few"] if one.rule.kind not in ("ge_indicator", "approx_indicator") else []
    return ["uncertain"] if ahead.uncertain else []


def _of_movement(one: Indicator, points: Sequence[Point], decided: Decided) -> Verdict:
    """First against last and the sign of the median slope, exact; a warning only when the slope's 80% interval says so."""
    start = points[0]
    if (
        decided.baseline is not None
        and decided.baseline_year is not None
        and decided.baseline_year < start.year
    ):
        points = [Point(decided.baseline_year, decided.baseline), *points]
    if len(points) < 2:
        return Verdict(NOT_MEASURABLE, reasons=("one_value",))
    if one.rule.kind == "growth_slows":
        return _of_growth(points)
    up = one.rule.kind == "trend_up"
    t, y = [p.year for p in points], [p.value if up else -p.value for p in points]
    slope, change = theil_sen(t, y), y[-1] - y[0]
    least = Fraction(-1, 10**12) if one.rule.kind == "not_up" else Fraction(0)
    met = change > least and slope > least
    counted = [p for p in points if p.x is not None or model_of(one, points) == "value"]
    few = few_events(one, counted)
    ahead = None if few else forecast(model_of(one, counted), counted, None, HORIZON, one.factor)
    word = "right_way" if met else "wrong_way" if change < 0 and slope < 0 else "no_way"
    level, reasons = "", [word]
    if ahead is not None:
        low, high = ahead.slope if up else (-ahead.slope[1], -ahead.slope[0])
        if high < 0:
            level = "red"
            reasons.append("slope_away")
        elif low + high < 0:
            level = "yellow"
            reasons.append("slope_unsure")
    status = REACHED if met else HARD if level == "red" else OPEN if ahead is None else EXPECTED
    return Verdict(status, met, level, reasons=(*reasons, *_caution(one, counted, ahead)), forecast=ahead)


def _of_growth(points: Sequence[Point]) -> Verdict:
    """The later half rises less than the earlier one; the year in the middle belongs to both."""
    if len(points) < 4:
        return Verdict(NOT_MEASURABLE, reasons=("too_few_halves",))
    half = (len(points) + 1) // 2
    early, late = (
        theil_sen([p.year for p in part], [p.value for p in part]) for part in (points[:half], points[-half:])
    )
    met = late < early or late <= 0
    return Verdict(
        REACHED if met else OPEN, met, "" if met else "yellow", reasons=("slows" if met else "speeds_up",)
    )


def _of_parts(goal: Goal | None, parts: Sequence[Fraction]) -> Verdict:
    if not parts:
        return Verdict(NOT_MEASURABLE, reasons=("no_parts",))
    met = goal is not None and all(goal.holds(value) for value in parts)
    return Verdict(
        REACHED if met else OPEN,
        met,
        "" if met else "orange",
        reasons=("every" if met else "not_every",),
        goal=goal,
    )


def _of_context(one: Indicator, points: Sequence[Point], decided: Decided) -> Verdict:
    """Neither more nor less is good: never hard to reach, at most a notice that it swings."""
    return _with_swing(one, points, decided, Verdict(NOT_MEASURABLE, reasons=("context",)))


def _softened(one: Indicator, verdict: Verdict) -> Verdict:
    """What the plan only strives for warns; it never fails."""
    if not one.rule.soft or verdict.met is not False:
        return verdict
    status = EXPECTED if verdict.status == HARD else verdict.status
    return replace(verdict, status=status, level="yellow", reasons=(*verdict.reasons, "soft"))


def _with_swing(one: Indicator, points: Sequence[Point], decided: Decided, verdict: Verdict) -> Verdict:
    if not points or few_events(one, points):
        return verdict
    limit = float(decided.swing) if decided.swing is not None else None
    found: Swing = swing(model_of(one, points), points, limit)
    said = (f"swing_{found.why}",) if found.level or found.why == "noise" else ()
    return replace(verdict, swing=found.level, reasons=(*verdict.reasons, *said))


def told(
    one: Indicator,
    points: Sequence[Point],
    *,
    decided: Decided = NOTHING,
    others: Mapping[int, Fraction] | None = None,
    parts: Sequence[Fraction] = (),
) -> Verdict:
    """The verdict for everybody: each part of it only if it is the same for whatever the hidden counts could be.

    What they could be is taken from what is shown alone, so that silence tells nothing either.
    """
    exact = judge(one, points, decided=decided, others=others, parts=parts)
    if not any(is_hidden(one, point) for point in points):
        return exact
    if any(is_blind(one, point) for point in points):
        return Verdict(NOT_MEASURABLE, reasons=("small_count",))
    could = {
        judge(one, c, decided=decided, others=others, parts=parts).outcome for c in _could_be(one, points)
    }
    if {outcome[:2] for outcome in could} != {exact.outcome[:2]}:
        return Verdict(NOT_MEASURABLE, reasons=("small_count",))
    if could != {exact.outcome}:
        return Verdict(exact.status, exact.met, reasons=("small_same", "small_level"))
    return Verdict(*exact.outcome, reasons=("small_same",))


def is_blind(one: Indicator, point: Point) -> bool:
    """A rate of few people without its counts: nobody can say what stands behind it."""
    return one.small and one.measure == "share" and point.x is None


def is_hidden(one: Indicator, point: Point) -> bool:
    """Fewer persons than may be shown stand behind it, or behind what is missing to the whole."""
    if one.public:
        return False
    if point.x is None:
        return is_blind(one, point)
    return point.x < one.least or (
        point.n is not None and point.x <= point.n and point.n - point.x < one.least
    )


def _could_be(one: Indicator, points: Sequence[Point]) -> Iterator[list[Point]]:
    """All hidden counts at their least, all at their most, and each alone at the other end."""
    ends = [_ends(one, point) if is_hidden(one, point) else (point, point) for point in points]
    for side in (0, 1):
        base = [end[side] for end in ends]
        yield base
        for n, end in enumerate(ends):
            yield [*base[:n], end[1 - side], *base[n + 1 :]]


def _ends(one: Indicator, point: Point) -> tuple[Point, Point]:
    assert point.x is not None
    n = point.n
    low, high = (0, one.least - 1) if point.x < one.least or n is None else (n - one.least + 1, n)
    if n is not None:
        low, high = max(0, low), min(n, high)
    least, most = (Point(point.year, Fraction(x * one.factor, n or 1), x, n) for x in (low, high))
    return least, most


ORDER = (HARD, OPEN, EXPECTED, REACHED)


def of_target(target: Target, verdicts: Mapping[str, Verdict]) -> str:
    """The worst of what judges it; proxies and comparison values never do. Partly: reached as far as it can be measured."""
    seen = {verdicts[one.code].status for one in target.indicators if one.judged and one.code in verdicts}
    worst = next((status for status in ORDER if status in seen), NOT_MEASURABLE)
    return PARTLY if worst == REACHED and NOT_MEASURABLE in seen else worst


def attainment(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """(reached, monitorable): what cannot be measured counts in neither and is listed instead."""
    known = [one for one in verdicts if one.met is not None]
    return sum(1 for one in known if one.met), len(known)
