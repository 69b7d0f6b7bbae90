"""Sums of money, and when a sum may be told: enough cases, and no case or pair of cases that makes up nearly all of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce

from indicators.figures import FIGURES
from indicators.gate import smallest
from workflow.models import StepRecord

# Whoever stands behind the largest part, or a friend who knows the second, could work out the other from the sum.
REST_TO_LARGEST, TWO_LARGEST = (1, 10), (9, 10)
AMOUNT = "amount"


def dominated(parts: Iterable[int]) -> bool:
    """By the rules p% 10 and (2, 0.9): without the two largest less than a tenth of the largest is left, or of the sum."""
    values = sorted(parts)
    total, rest = sum(values), sum(values[:-2])
    (p, hundred), (k, whole) = REST_TO_LARGEST, TWO_LARGEST
    return not values or hundred * rest < p * values[-1] or whole * (total - rest) > k * total


def told_sum(parts: Sequence[int]) -> int | None:
    """The sum of what each case got, if it may be told."""
    if len(parts) < smallest() or dominated(parts):
        return None
    return sum(parts)


def amounts(figure: str, homes: Iterable[UUID], first: date, last: date) -> list[int]:
    """What each case got in the span, by the steps this figure counts. One query over the steps: for a release only."""
    one, own = FIGURES[figure], [str(home) for home in homes]
    rows = StepRecord.objects.filter(
        flow=one.flow, move__in=one.moves, facts__home__in=own, facts__amount__gt=0
    )
    happened = rows.annotate(on=Coalesce("happened_from", "recorded_at")).filter(
        on__date__range=(first, last)
    )
    found: dict[UUID, int] = {}
    for subject, facts in happened.order_by().values_list("subject_id", "facts"):
        if one.counts_step(facts):
            found[subject] = found.get(subject, 0) + int(facts[AMOUNT])
    return list(found.values())
