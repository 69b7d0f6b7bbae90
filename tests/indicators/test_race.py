"""Many consumers at once, and one that dies between: every step counts exactly once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from indicators.consumer import count_all, count_clocks, count_pending
from indicators.models import ChangedDeadline, Tally
from indicators.recount import reconcile
from tests.indicators.lives import NOON, a_deadline, settle, steps
from workflow.models import PendingStep

pytestmark = pytest.mark.django_db(transaction=True)


def together(*tasks: Callable[[], Any]) -> None:
    """Run all at the same moment, each on its own connection."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        list(pool.map(run, tasks))


def drain(count: Callable[..., int]) -> Callable[[], None]:
    def work() -> None:
        for _ in range(40):
            count(NOON, batch=5)

    return work


def total(figure: str, dims: str = "") -> int:
    return sum(Tally.objects.filter(figure=figure, dims=dims).values_list("n", flat=True))


def test_four_consumers_count_each_step_once() -> None:
    steps(60)
    together(*[drain(count_pending)] * 4)
    assert (total("cases_opened"), total("cases_opened", "form=physical"), PendingStep.objects.count()) == (
        60,
        60,
        0,
    )


def test_four_consumers_count_each_outcome_once_while_it_changes() -> None:
    deadlines = [a_deadline(state="missed") for _ in range(30)]

    def change() -> None:
        for deadline in deadlines:
            settle(deadline, "met")

    together(*[drain(count_clocks)] * 4, change)
    count_all(NOON)
    counted = {verdict: total("clocks_law", f"verdict={verdict}") for verdict in ("met", "missed")}
    assert (counted, ChangedDeadline.objects.count()) == ({"met": 30, "missed": 0}, 0)


def test_a_consumer_that_dies_before_its_end_has_counted_nothing() -> None:
    steps(3)
    a_deadline()

    class Killed(Exception):
        pass

    with pytest.raises(Killed), transaction.atomic():
        count_pending(NOON)
        count_clocks(NOON)
        raise Killed
    lost = Tally.objects.count()
    count_all(NOON)
    assert (lost, total("cases_opened"), total("clocks_law", "verdict=met")) == (0, 3, 1)


def test_a_recount_beside_working_consumers_finds_nothing_wrong() -> None:
    steps(60)
    for _ in range(20):
        a_deadline()
    reports: list[Any] = []
    together(drain(count_pending), drain(count_clocks), lambda: reports.append(reconcile(NOON)))
    assert [(report.differences, report.forgotten) for report in reports] == [([], 0)]
