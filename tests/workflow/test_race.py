"""Many at once, on real connections: one wins, the others are told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.attacks.record import Tried
from tests.people import a_caseworker
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.sample.table import S
from workflow.engine import perform
from workflow.models import OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20
FINISH: dict[str, Any] = {"number": "1", "weight": 1, "account": "x", "paid": True}


def together(tasks: list[Callable[[], Any]]) -> Counter[str]:
    """Run all in threads of their own, AT_ONCE at a time, and count how each ended."""
    start = Barrier(min(AT_ONCE, len(tasks)))

    def run(task: Callable[[], Any]) -> str:
        try:
            start.wait(timeout=60)
            task()
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run, tasks))


def counts(errand: Errand) -> tuple[int, int, int]:
    steps = StepRecord.objects.filter(obj_id=errand.pk, move__in=["finish", "drop"]).count()
    messages = OutboxMessage.objects.filter(obj_id=errand.pk).count()
    return steps, messages, errand.history.exclude(state__in=[S.ASKED, S.TAKEN]).count()


@pytest.mark.attack("T22")
def test_a_hundred_equal_moves_are_one(tried: Tried) -> None:
    errand, worker = force_state(an_errand(), S.TAKEN), a_caseworker()
    ends = together([lambda: perform(Errand(pk=errand.pk), "finish", actor=worker, **FINISH)] * 100)
    expected = ({"made": 1, "NotNow": 99}, (1, 1, 1))
    tried(request="finish ×100 at once", actor="caseworker", expected=expected, got=(ends, counts(errand)))


@pytest.mark.attack("T23")
def test_of_two_different_moves_one_wins(tried: Tried) -> None:
    errand, worker = force_state(an_errand(), S.TAKEN), a_caseworker()
    finish = [lambda: perform(Errand(pk=errand.pk), "finish", actor=worker, **FINISH)] * 10
    drop = [lambda: perform(Errand(pk=errand.pk), "drop", actor=worker, reason="x")] * 10
    ends = together([*finish, *drop])
    expected = ({"made": 1, "NotNow": 19}, 1)
    tried(
        request="finish ×10 and drop ×10",
        actor="caseworker",
        expected=expected,
        got=(ends, counts(errand)[0]),
    )


@pytest.mark.attack("T25")
def test_one_key_sent_at_once_is_one_step(tried: Tried) -> None:
    errand, worker = force_state(an_errand(), S.TAKEN), a_caseworker()
    ends = together([lambda: perform(Errand(pk=errand.pk), "visit", actor=worker, key="k")] * 20)
    steps = StepRecord.objects.filter(obj_id=errand.pk, move="visit").count()
    tried(request="visit ×20 with one key", actor="caseworker", expected=({"made": 20}, 1), got=(ends, steps))
