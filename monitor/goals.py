"""What a value is held against: the rule of the plan with what the district has decided. What nobody decided stays open."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from monitor.dictionary import Indicator
from monitor.series import Goal, Point


@dataclass(frozen=True, slots=True)
class Decided:
    """Entered by whoever answers for it, never invented: see models.Decision."""

    baseline: Fraction | None = None
    baseline_year: int | None = None
    tolerance: Fraction | None = None
    bound: Fraction | None = None
    swing: Fraction | None = None


NOTHING = Decided()


def goal_of(
    one: Indicator, decided: Decided, others: Mapping[int, Fraction], last: Point | None
) -> tuple[Goal | None, str]:
    """(goal, why there is none). Movements have none: they are judged by how the series runs."""
    rule, value, year = one.rule, one.rule.value, last.year if last else 0
    tolerance = decided.tolerance if decided.tolerance is not None else rule.suggested_tolerance
    if rule.kind in ("ge", "gt"):
        return Goal(low=value, strict=rule.kind == "gt"), ""
    if rule.kind == "le":
        return Goal(high=value), ""
    if rule.kind == "not_up":
        return (None, "") if decided.bound is None else (Goal(high=decided.bound), "")
    if rule.kind == "reasonable":
        return (None, "no_bound") if decided.bound is None else (Goal(low=decided.bound), "")
    if rule.kind == "eliminated":
        # None at all is none; how few are "basically" none is for the district to say.
        known = decided.bound is not None or (last is not None and last.value == 0)
        return (Goal(high=decided.bound or Fraction(0)), "") if known else (None, "no_bound")
    if rule.kind == "gap_zero":
        return (None, "no_tolerance") if tolerance is None else (Goal(high=tolerance), "")
    if rule.kind in ("ge_indicator", "approx_indicator") and year not in others:
        return None, "no_comparison"
    if rule.kind == "ge_indicator":
        return Goal(low=others[year]), ""
    if rule.kind in ("approx", "approx_indicator"):
        middle = value if value is not None else others[year]
        if tolerance is None:
            return None, "no_tolerance"
        return Goal(middle - tolerance, None if rule.over_is_fine else middle + tolerance), ""
    return None, ""
