"""The sweep among many open clocks: with a thousand to wake, and with none."""

from collections.abc import Iterator
from copy import copy
from datetime import datetime, timedelta
from uuid import uuid4

from casework.models import Case
from scenarios.bench.fill import BATCH, Tell, Town, copy_in, settle
from scenarios.bench.race import Row, Times, alone, timed
from workflow.clocks import start_clock
from workflow.deadlines import Deadline
from workflow.sweep import SweepCounts, sweep
from workflow.when import When

CLOCK, LENGTH = "wf_high_risk_escalation", timedelta(hours=1)
GROUPS = 3
FAR = timedelta(days=500)


def rows(town: Town, clocks: int, rounds: int, tell: Tell) -> Iterator[Row]:
    fired = min(BATCH, clocks // (GROUPS + 1))
    starts = [town.now + timedelta(days=number) for number in range(1, GROUPS + 1)]
    cases = list(Case.objects.visible_to(town.cast.caseworker)[: GROUPS + 1])
    for case, start in zip(cases, [*starts, town.now + FAR], strict=True):
        _clocks(case, start, fired if start in starts else clocks - GROUPS * fired)
    settle()
    tell(f"{clocks:,} clocks running")
    ends = [start + LENGTH + timedelta(seconds=1) for start in starts]
    counted: list[SweepCounts] = []
    seconds = [timed(lambda i: counted.append(sweep(ends[i])), number) for number in range(GROUPS)]
    woken = [counts.woken for counts in counted]
    per_thousand = [took * 1000 / number for took, number in zip(seconds, woken, strict=True)]
    yield Row(
        f"Sweep that wakes 1,000 of {clocks:,} open clocks", Times.of(per_thousand),
        note=f"Woken: {woken}, nothing else; each is judged and somebody is told.",
    )  # fmt: skip
    yield alone(f"Idle sweep over {clocks:,} open clocks", lambda _number: sweep(ends[-1]), rounds=rounds)


def _clocks(case: Case, start: datetime, number: int) -> None:
    """One clock as the product starts it, and its likenesses on other objects."""
    first = start_clock(case, CLOCK, When.instant(start), now=start)
    if first is None:
        raise RuntimeError(f"{CLOCK} was not in force")
    for begin in range(1, number, BATCH):
        copy_in(Deadline, [_another(first) for _ in range(begin, min(begin + BATCH, number))])


def _another(clock: Deadline) -> Deadline:
    row = copy(clock)
    row.pk, row.obj_id = uuid4(), uuid4()
    return row
