"""Long work has one hand at a time, and is free again when that hand is gone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.attacks.record import Tried
from workflow.alone import alone


def tried_by_another() -> bool:
    def work() -> bool:
        try:
            with alone("the same work") as mine:
                return mine
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.mark.attack("T30")
@pytest.mark.django_db
def test_a_task_delivered_again_while_it_runs_finds_it_taken(tried: Tried) -> None:
    with alone("the same work") as mine:
        during = tried_by_another()
    got = (mine, during, tried_by_another())
    tried(
        request="the same task, while it runs and after",
        actor="broker",
        expected=(True, False, True),
        got=got,
    )
