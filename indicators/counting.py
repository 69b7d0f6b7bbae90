"""How one step and one deadline count. Pure, so that counting on the way and counting again are the same thing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from indicators.figures import CLOCKS, FIGURES, Figure, counting
from indicators.models import NOBODY
from workflow.deadlines import Deadline, DeadlineState
from workflow.models import StepRecord

VERDICTS = (DeadlineState.MET, DeadlineState.MISSED, DeadlineState.UNKNOWN)
DUTIES = ("limit", "minimum")
ONCE = [figure for figure in FIGURES.values() if figure.once]


class Key(NamedTuple):
    """The place of a number: see models.Tally."""

    month: date
    figure: str
    home: UUID
    dims: str


class Outcome(NamedTuple):
    """As what a deadline counts."""

    figure: str
    month: date
    home: UUID
    clock: str
    verdict: str

    def keys(self) -> list[Key]:
        verdict = f"verdict={self.verdict}"
        dims = (verdict, f"clock={self.clock};{verdict}")
        return [Key(self.month, self.figure, self.home, one) for one in dims]


def first_of_month(at: datetime) -> date:
    """The local month of an instant."""
    return timezone.localtime(at, timezone.get_default_timezone()).date().replace(day=1)


def first_moves(steps: Iterable[StepRecord]) -> dict[tuple[str, UUID], int]:
    """(figure, object) -> number of the first step that counts, for figures that count a life once; one query."""
    lives = {step.obj_id for step in steps if any(figure.once for figure in _counted_in(step))}
    found: dict[tuple[str, UUID], int] = {}
    if not lives:
        return found
    moves = {move for figure in ONCE for move in figure.moves}
    rows = StepRecord.objects.filter(obj_id__in=lives, move__in=moves).order_by("seq")
    for step in rows.only("flow", "move", "obj_id", "seq", "facts"):
        for figure in _counted_in(step):
            found.setdefault((figure.key, step.obj_id), step.seq)
    return found


def _counted_in(step: StepRecord) -> list[Figure]:
    return [figure for figure in counting(step.flow, step.move) if figure.counts_step(step.facts)]


def tallies_of(steps: Iterable[StepRecord]) -> Counter[Key]:
    """What these steps add."""
    steps = list(steps)
    firsts = first_moves(steps)
    total: Counter[Key] = Counter()
    for step in steps:
        for figure in _counted_in(step):
            n = figure.weight(step.facts)
            if n and (not figure.once or firsts[figure.key, step.obj_id] == step.seq):
                total.update(dict.fromkeys(_keys(step, figure), n))
    return total


def _keys(step: StepRecord, figure: Figure) -> Iterable[Key]:
    month, home = first_of_month(happened(step)), home_of(step.facts)
    yield Key(month, figure.key, home, "")
    for dimension in figure.dims:
        yield from (Key(month, figure.key, home, f"{dimension.key}={code}") for code in dimension.codes(step))


def happened(step: StepRecord) -> datetime:
    return step.happened_from or step.recorded_at


def home_of(facts: Mapping[str, Any]) -> UUID:
    """The federation that watches over it, as the step says."""
    text = facts.get("home")
    return UUID(text) if text else NOBODY


def outcome_of(row: Deadline) -> Outcome | None:
    """Kept, missed or not to be told, in the month it was done, ran out or was closed; None: not counted.

    Only duties are counted: a right that is not used is neither kept nor missed.
    """
    rule = row.facts
    if row.state not in VERDICTS or rule.nature not in DUTIES:
        return None
    figure = next(figure for figure in CLOCKS if figure.statutory == rule.is_statutory)
    home = row.home_agency_id or NOBODY
    return Outcome(figure.key, first_of_month(_settled(row)), home, row.clock, row.state)


def _settled(row: Deadline) -> datetime:
    ended = row.ended_from or row.ended_to or row.closed_at
    at = row.due_at if row.state == DeadlineState.MISSED else ended
    return at or ended or row.created_at
