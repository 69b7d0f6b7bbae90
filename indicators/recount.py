"""Count everything again and compare: the tallies, and what is remembered of each deadline."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from indicators.consumer import add, remember, remembered, steps_by_case, tell, told_keys
from indicators.counting import Key, outcome_of, tallies_of
from indicators.models import ChangedDeadline, CountedDeadline, CountedStory, Tally
from indicators.stories import TOLD, story_keys
from workflow.deadlines import Deadline
from workflow.models import PendingStep, StepRecord

CHUNK = 2000
OURS = ("indicators_counteddeadline", "indicators_countedstory", "indicators_tally")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is not what a recount gives."""

    month: str
    figure: str
    home: str
    dims: str
    tally: int
    recount: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """`forgotten`: deadlines and stories remembered as something they are not."""

    checked: int
    differences: list[Difference]
    forgotten: int
    repaired: bool

    @property
    def is_right(self) -> bool:
        return self.repaired or not (self.differences or self.forgotten)


@transaction.atomic
def reconcile(now: datetime, *, repair: bool = False) -> Report:
    """What waits to be counted is left out on both sides. Consumers stand still meanwhile; work goes on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE indicators_counteddeadline, indicators_countedstory, indicators_tally IN SHARE ROW EXCLUSIVE MODE"
        )
    wanted, wrong = _steps_again(), []
    for memory, deadline, waits in _deadlines_again():
        before = remembered(memory) if memory else None
        outcome = before if waits else outcome_of(deadline)
        wanted.update(outcome.keys() if outcome else ())
        if before != outcome:
            wrong.append(deadline)
    untold = []
    for subject, before_keys, after_keys in _stories_again():
        wanted.update(after_keys)
        if before_keys != after_keys:
            untold.append((subject, after_keys))
    present = Counter({Key(*row): n for *row, n in Tally.objects.values_list(*Key._fields, "n")})
    keys = sorted(key for key in {*wanted, *present} if wanted[key] != present[key])
    if repair:
        add({key: wanted[key] - present[key] for key in keys}, now)
        _remember(wrong)
        _retell(untold)
    different = [_difference(key, present[key], wanted[key]) for key in keys]
    return Report(len({*wanted, *present}), different, len(wrong) + len(untold), repair)


def _steps_again() -> Counter[Key]:
    """The tallies all counted steps give, without looking at the tallies."""
    total: Counter[Key] = Counter()
    waiting = PendingStep.objects.filter(step=OuterRef("pk"))
    steps = StepRecord.objects.filter(~Exists(waiting)).defer("payload").order_by("seq")
    for chunk in _chunks(steps.iterator(CHUNK)):
        total.update(tallies_of(chunk))
    return total


def _deadlines_again() -> Iterator[tuple[CountedDeadline | None, Deadline, bool]]:
    """Every deadline, beside what is remembered of it and whether it waits to be counted again."""
    waits = Exists(ChangedDeadline.objects.filter(deadline_id=OuterRef("pk")))
    rows = Deadline.objects.annotate(waits=waits).select_related("rule").order_by("pk")
    for chunk in _chunks(rows.iterator(CHUNK)):
        memories = CountedDeadline.objects.in_bulk([row.pk for row in chunk])
        yield from ((memories.get(row.pk), row, row.waits) for row in chunk)


def _stories_again() -> Iterator[tuple[UUID, list[Key], list[Key]]]:
    """Every case with a story: what is remembered and what its steps tell; the same where a step still waits."""
    subjects = StepRecord.objects.filter(move__in={move for _flow, move in TOLD}).order_by("subject_id")
    for chunk in _chunks(subjects.values_list("subject_id", flat=True).distinct().iterator(CHUNK)):
        memories = CountedStory.objects.in_bulk(chunk)
        steps = steps_by_case(StepRecord.objects.filter(subject_id__in=chunk))
        pending = PendingStep.objects.filter(step__subject_id__in=chunk)
        waiting = set(pending.values_list("step__subject_id", flat=True))
        for subject in chunk:
            before = told_keys(memories[subject]) if subject in memories else []
            yield subject, before, before if subject in waiting else story_keys(steps.get(subject, []))


def _retell(rows: Iterable[tuple[UUID, list[Key]]]) -> None:
    for subject, keys in rows:
        row = CountedStory(subject_id=subject)
        tell(row, keys)
        row.save()


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _remember(rows: Iterable[Deadline]) -> None:
    for row in rows:
        memory = CountedDeadline(deadline_id=row.pk)
        remember(memory, outcome_of(row))
        memory.save()


def _difference(key: Key, tally: int, recount: int) -> Difference:
    return Difference(f"{key.month:%Y-%m}", key.figure, str(key.home), key.dims, tally, recount)
