"""From a district to a city: a server of the database and one of the queue die under load, and another takes over."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.actor import Actor
from indicators.recount import reconcile
from tests.drills.conftest import Seen
from tests.drills.pair import Grown
from tests.faults.house import kill, standing, until
from tests.faults.test_load import CLIENTS, through
from tests.people import a_caseworker, a_lead
from tests.snapshot import Snapshot
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from workflow.models import Notice, OutboxMessage, StepRecord
from workflow.now import database_now

ERRANDS = 60
WORKERS = ("celery", "celery-second")  # the access list knows them by their beginning
Runs = list[Future[Counter[int]]]


@pytest.fixture
def grown(
    private_files: None, django_db_blocker: DjangoDbBlocker, snapshot: Snapshot, tmp_path: Path
) -> Iterator[Grown]:
    """Two web processes, two workers, a primary and its replica to be made, two Valkeys, three sentinels."""
    with (
        tempfile.TemporaryDirectory(prefix="huhang-", dir="/tmp") as first,
        tempfile.TemporaryDirectory(prefix="huhang-", dir="/tmp") as second,
    ):
        made = Grown(tmp_path / "house", Path(first), Path(second))
        made.folder.mkdir()
        options = connection.settings_dict["OPTIONS"]
        options["target_session_attrs"] = "read-write"
        try:
            with standing(made, django_db_blocker, snapshot):
                for number in (0, 1):
                    made.launch(number)
                for name in WORKERS:
                    made.start_worker(name)
                for number in (0, 1):
                    made.web(number)
                yield made
        finally:
            del options["target_session_attrs"]


def under_load(house: Grown, actor: Actor, pool: ThreadPoolExecutor) -> tuple[list[Errand], Runs]:
    lead = a_lead()
    errands = [an_errand(lead) for _ in range(ERRANDS)]
    house.session(actor)
    connection.close()
    return errands, [pool.submit(through, house, actor, one, n % 2) for n, one in enumerate(errands)]


def quarter(runs: Runs) -> None:
    until(lambda: sum(run.done() for run in runs) >= ERRANDS // 4, 120)


def account(house: Grown, errands: list[Errand], runs: Runs, seen: Seen) -> dict[str, int]:
    """What the clients were told, and what stands in the end: steps, messages, notices, counts."""
    answers = sum((run.result() for run in runs), Counter[int]())
    ids = [errand.pk for errand in errands]
    seen(f"{2 * ERRANDS} moves by {CLIENTS} clients", f"answers {dict(answers)}")
    until(lambda: again(house) or not OutboxMessage.objects.filter(sent_at=None).exists(), 120)
    until(
        lambda: (
            again(house, "indicators.tasks.count_steps")
            or not house.sql("select 1 from workflow_pendingstep")
        ),
        120,
    )
    steps = Counter(StepRecord.objects.filter(obj_id__in=ids).values_list("move", flat=True))
    told = [model.objects.filter(obj_id__in=ids).count() for model in (OutboxMessage, Notice)]
    found = {**steps, "messages": told[0], "notices": told[1], "acknowledged": answers[303]}
    seen("steps, messages and notices that stand", found)
    seen("the statistics against a recount", "equal" if reconcile(database_now()).is_right else "NOT equal")
    return found


def again(house: Grown, task: str = "workflow.tasks.relay_outbox") -> bool:
    """The beat, as long as its queue may be changing hands."""
    try:
        house.beat(task)
    except Exception as away:
        print(type(away).__name__)
    time.sleep(0.5)
    return False


WHOLE = {
    "ask": ERRANDS,
    "take": ERRANDS,
    "finish": ERRANDS,
    "messages": ERRANDS,
    "notices": ERRANDS,
    "acknowledged": 2 * ERRANDS,
}


def without_service(house: Grown, actor: Actor) -> float:
    """Seconds until a page of hers comes again."""
    began = time.monotonic()
    until(lambda: house.get("/readyz")[0] == 200, 120)
    return time.monotonic() - began


def test_a_replica_takes_over_from_a_primary_that_died_under_load(grown: Grown, seen: Seen) -> None:
    grown.replica(waits=True)
    actor = a_caseworker()
    with ThreadPoolExecutor(CLIENTS) as pool:
        errands, runs = under_load(grown, actor, pool)
        quarter(runs)
        kill(grown["postgres"])
        began = time.monotonic()
        grown.promote()
        seen("kill -9 of the primary, pg_promote() on the replica", f"{time.monotonic() - began:.1f} s")
        seen("until /readyz says 200 again", f"{without_service(grown, actor):.1f} s")
        found = account(grown, errands, runs, seen)
    assert found == WHOLE


def test_what_a_replica_that_is_not_waited_for_has_not_heard_is_lost(grown: Grown, seen: Seen) -> None:
    grown.replica(waits=False)
    actor = a_caseworker()
    lead = a_lead()
    errands = [an_errand(lead) for _ in range(5)]
    connection.close()
    grown.cut()
    answers = sum((through(grown, actor, one, 0) for one in errands), Counter[int]())
    connection.close()
    kill(grown["postgres"])
    grown.promote()
    without_service(grown, actor)
    kept = StepRecord.objects.filter(obj_id__in=[one.pk for one in errands]).exclude(move="ask").count()
    seen(
        "asynchronous: moves acknowledged while the line was slow; of them on the replica",
        f"{answers[303]}; {kept}",
    )
    assert (answers[303], kept) == (10, 0)


def test_another_valkey_takes_over_from_a_master_that_died_under_load(grown: Grown, seen: Seen) -> None:
    actor = a_caseworker()
    with ThreadPoolExecutor(CLIENTS) as pool:
        errands, runs = under_load(grown, actor, pool)
        quarter(runs)
        kill(grown["valkey0"])
        began = time.monotonic()
        health = {grown.get("/readyz")[0]}
        until(lambda: grown.get("/healthz")[0] == 200, 120)
        seen("kill -9 of the master; /readyz meanwhile", sorted(health))
        seen(
            "until the sentinels have made another one and /healthz says 200",
            f"{time.monotonic() - began:.1f} s",
        )
        found = account(grown, errands, runs, seen)
    seen("workers that were started anew", sum(grown[name].died() for name in WORKERS))
    assert (found, health) == (WHOLE, {200})
