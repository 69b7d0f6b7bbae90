"""Two web processes, two workers, and the database restarted under them: nothing lost, nothing doubled."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from agencies.actor import Actor
from indicators.recount import reconcile
from tests.faults.house import House, tried_to, until
from tests.faults.test_killed import finish, move
from tests.people import a_lead
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from workflow.models import Notice, OutboxMessage, StepRecord
from workflow.now import database_now
from workflow.selectors import astray

pytestmark = pytest.mark.xdist_group("faults")
ERRANDS, CLIENTS = 30, 8


def through(house: House, actor: Actor, errand: Errand, number: int) -> Counter[int]:
    """Take on and finish, each sent with its key until it is acknowledged; every answer on the way."""
    answers: Counter[int] = Counter()
    for name, data in (("take", {}), ("finish", finish())):
        key, end = uuid4(), time.monotonic() + 60
        while time.monotonic() < end:
            number = 1 - number
            sending = partial(house.post, move(errand, name), {**data, "key": key}, actor, number)
            status, text = tried_to(sending)
            answers[status] += 1
            if status == 303:
                break
            assert status in {503, 0}, text
            time.sleep(0.05)
    return answers


def test_a_restart_of_the_database_under_load_loses_and_doubles_nothing(
    house: House, worker_actor: Actor
) -> None:
    for number in (0, 1):
        house.web(number)
    house.start_worker("second")
    lead = a_lead()
    errands = [an_errand(lead) for _ in range(ERRANDS)]
    house.session(worker_actor)
    connection.close()
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        runs = [pool.submit(through, house, worker_actor, errand, n % 2) for n, errand in enumerate(errands)]
        until(lambda: sum(run.done() for run in runs) >= ERRANDS // 4)
        house["postgres"].stop()
        house.postgres()
        answers = sum((run.result() for run in runs), Counter[int]())
    took, ids = time.monotonic() - began, [errand.pk for errand in errands]
    house.beat()
    until(lambda: not OutboxMessage.objects.filter(sent_at=None).exists())
    steps = Counter(StepRecord.objects.filter(obj_id__in=ids).values_list("move", flat=True))
    states = Counter(Errand.objects.filter(pk__in=ids).values_list("state", flat=True))
    print(f"{2 * ERRANDS} moves by {CLIENTS} clients in {took:.1f} s; answers {dict(answers)}")
    assert (states, steps) == ({"done": ERRANDS}, {"ask": ERRANDS, "take": ERRANDS, "finish": ERRANDS})
    told = [model.objects.filter(obj_id__in=ids).count() for model in (OutboxMessage, Notice)]
    assert (told, answers[303]) == ([ERRANDS] * 2, 2 * ERRANDS)
    house.beat("indicators.tasks.count_steps")
    until(lambda: not house.sql("select 1 from workflow_pendingstep"))
    assert (reconcile(database_now()).is_right, [one for one in astray(Errand) if one[1] in ids]) == (
        True,
        [],
    )
