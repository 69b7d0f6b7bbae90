"""What everybody is shown: verdicts that give no hidden count away, and values where nothing small stands behind them."""

import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from monitor import pooled, selectors
from monitor.dictionary import RELATION, Dictionary, Indicator, dictionary
from monitor.forecast import LEAST
from monitor.series import Point
from monitor.stored import INVENTED
from monitor.verdict import Verdict, attainment, is_hidden, of_target


def content_of(area: str, year: int, *, final: bool = True) -> dict[str, Any]:
    """The publication: only the series that is judged, as a rate without its counts."""
    book, read = dictionary(), selectors.Read(area, year, final)
    verdicts = {code: read.verdict(one) for code, one in book.indicators.items()}
    judged = [verdicts[one.code] for one in book.indicators.values() if one.judged]
    reached, known = attainment(judged)
    return {
        "area": area, "year": year, "below": read.levels.depth, "dictionary": book.version, "dictionary_digest": book.digest,
        "invented": any(value.source == INVENTED for value in read.values),
        "reached": reached, "monitorable": known, "indicators_judged": len(judged),
        "targets": {target.id: of_target(target, verdicts) for target in book.targets.values()},
        "indicators": {code: _row(book, read, code, verdict) for code, verdict in verdicts.items()},
    }  # fmt: skip


def _row(book: Dictionary, read: selectors.Read, code: str, verdict: Verdict) -> dict[str, Any]:
    one, points = book.indicators[code], read.points[code]
    hidden = any(is_hidden(one, point) for point in points)
    ahead = None if hidden or verdict.forecast is None else verdict.forecast
    return {
        "status": verdict.status, "met": verdict.met, "level": verdict.level, "swing": verdict.swing,
        "reasons": list(verdict.reasons),
        "values": sorted([[point.year, shown(one, point)] for point in points] + [[year, None] for year in read.withheld[code]]),
        "counts": [counts_shown(one, point) for point in points], "goal": _goal(one, verdict),
        "pooled": pooled.published(one, points),
        "forecast": None if ahead is None else [ahead.year, *(f"{v:.1f}" for v in (ahead.middle, ahead.low, ahead.high))],
        "reach": None if ahead is None or ahead.reach is None else f"{ahead.reach:.2f}",
    }  # fmt: skip


def shown(one: Indicator, point: Point) -> str | None:
    """In the unit of the indicator with at most two decimals, half up; None where it is withheld."""
    if is_hidden(one, point) or (point.n is not None and point.n < LEAST and not one.public):
        return None
    return plain_text(point.value)


def counts_shown(one: Indicator, point: Point) -> list[int | None]:
    """[year, x, n] where both are shown: what a higher level can add up. Nothing of what is withheld."""
    told = shown(one, point) is not None
    return [point.year, point.x if told else None, point.n if told else None]


def _goal(one: Indicator, verdict: Verdict) -> list[str | None]:
    """The bounds it is held against; never those another indicator sets, which may be withheld."""
    if verdict.goal is None or one.rule.kind in RELATION:
        return []
    bounds = (verdict.goal.low, verdict.goal.high)
    return [None if bound is None else plain_text(bound) for bound in bounds]


def plain_text(value: Fraction) -> str:
    cents = value * 100
    whole = int(cents + Fraction(1, 2)) if cents >= 0 else -int(-cents + Fraction(1, 2))
    text = f"{Decimal(whole) / 100:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def digest_of(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
