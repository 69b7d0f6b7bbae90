"""Count what is new, exactly once: a thing waiting, and the number it adds to, change in one transaction."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from indicators.counting import Key, Outcome, outcome_of, tallies_of
from indicators.models import NOBODY, ChangedDeadline, CountedDeadline, CountedStory
from indicators.stories import TOLD, is_told, story_keys
from workflow.deadlines import Deadline
from workflow.models import PendingStep, StepRecord

BATCH = 500
ADD = """
    INSERT INTO indicators_tally AS t (month, figure, home, dims, n, changed_at)
    SELECT month, figure, home, dims, n, %s::timestamptz
    FROM unnest(%s::date[], %s::text[], %s::uuid[], %s::text[], %s::int[]) AS new (month, figure, home, dims, n)
    ON CONFLICT (month, figure, home, dims)
    DO UPDATE SET n = t.n + excluded.n, changed_at = excluded.changed_at
"""


def count_all(now: datetime) -> int:
    """Count until nothing waits; returns how many things were counted."""
    total = 0
    while done := count_pending(now) + count_clocks(now):
        total += done
    return total


@transaction.atomic
def count_pending(now: datetime, batch: int = BATCH) -> int:
    """Count at most `batch` waiting steps; those another consumer holds are passed over."""
    waiting = list(
        PendingStep.objects.select_for_update(skip_locked=True).values_list("pk", flat=True)[:batch]
    )
    if waiting:
        steps = list(StepRecord.objects.filter(pk__in=waiting).defer("payload"))
        add(_plus(tallies_of(steps), _stories({step.subject_id for step in steps if is_told(step)})), now)
        PendingStep.objects.filter(pk__in=waiting).delete()
    return len(waiting)


@transaction.atomic
def count_clocks(now: datetime, batch: int = BATCH) -> int:
    """Count deadlines as they stand; one counted otherwise before is taken back from there."""
    queue = ChangedDeadline.objects.select_for_update(skip_locked=True).order_by("id")
    waiting = dict(queue.values_list("id", "deadline_id")[:batch])
    if waiting:
        counted = _hold(sorted(set(waiting.values())))
        # Read only now: whoever changed one of them before we held it is seen, later changes wait in the queue.
        rows = Deadline.objects.filter(pk__in=counted).select_related("rule")
        add(_changes(counted, {row.pk: outcome_of(row) for row in rows}), now)
        CountedDeadline.objects.bulk_update(counted.values(), ["figure", "month", "home", "clock", "verdict"])
        ChangedDeadline.objects.filter(pk__in=waiting).delete()
    return len(waiting)


def _plus(one: Counter[Key], other: Counter[Key]) -> Counter[Key]:
    one.update(other)
    return one


def _stories(subjects: set[UUID]) -> Counter[Key]:
    """What these cases' stories add and take away. Read while we hold them: later steps come with their own wait."""
    changes: Counter[Key] = Counter()
    if not subjects:
        return changes
    ids = sorted(subjects)
    CountedStory.objects.bulk_create([CountedStory(subject_id=pk) for pk in ids], ignore_conflicts=True)
    rows = list(CountedStory.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    steps = steps_by_case(StepRecord.objects.filter(subject_id__in=ids))
    for row in rows:
        before, after = told_keys(row), story_keys(steps.get(row.pk, []))
        changes.subtract(before)
        changes.update(after)
        tell(row, after)
    CountedStory.objects.bulk_update(rows, ["keys"])
    return changes


def steps_by_case(rows: QuerySet[StepRecord]) -> dict[UUID, list[StepRecord]]:
    """The steps of stories, by case."""
    found: dict[UUID, list[StepRecord]] = {}
    for step in rows.filter(move__in={move for _flow, move in TOLD}).defer("payload"):
        if is_told(step):
            found.setdefault(step.subject_id, []).append(step)
    return found


def told_keys(row: CountedStory) -> list[Key]:
    return [
        Key(date.fromisoformat(month), figure, UUID(home), dims) for month, figure, home, dims in row.keys
    ]


def tell(row: CountedStory, keys: list[Key]) -> None:
    """Set, not saved."""
    row.keys = [[key.month.isoformat(), key.figure, str(key.home), key.dims] for key in keys]


def add(changes: Mapping[Key, int], now: datetime) -> None:
    """Add to the tallies, in one statement and always in the same order, so that two adders never block each other."""
    keys = sorted(key for key, n in changes.items() if n)
    if keys:
        columns = [list(column) for column in zip(*keys, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [now, *columns, [changes[key] for key in keys]])


def _hold(ids: list[UUID]) -> dict[UUID, CountedDeadline]:
    """The memory of these deadlines, made where it is missing, and ours until the end of the transaction."""
    CountedDeadline.objects.bulk_create(
        [CountedDeadline(deadline_id=pk) for pk in ids], ignore_conflicts=True
    )
    rows = CountedDeadline.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


def _changes(counted: Mapping[UUID, CountedDeadline], present: Mapping[UUID, Outcome | None]) -> Counter[Key]:
    changes: Counter[Key] = Counter()
    for pk, memory in counted.items():
        before, after = remembered(memory), present.get(pk)
        if before == after:
            continue
        changes.subtract(before.keys() if before else ())
        changes.update(after.keys() if after else ())
        remember(memory, after)
    return changes


def remembered(memory: CountedDeadline) -> Outcome | None:
    """As what it was last counted."""
    if not memory.figure or memory.month is None:
        return None
    return Outcome(memory.figure, memory.month, memory.home, memory.clock, memory.verdict)


def remember(memory: CountedDeadline, outcome: Outcome | None) -> None:
    """Set, not saved."""
    if outcome is None:
        memory.figure, memory.month, memory.home, memory.clock, memory.verdict = "", None, NOBODY, "", ""
    else:
        memory.figure, memory.month, memory.home, memory.clock, memory.verdict = outcome
