"""Processes killed at chosen points: nothing lost, nothing doubled."""

import os
import signal
import time
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.actor import Actor
from casework.models import Evidence
from casework.services import register_evidence
from casework.services.stray_files import drop_strays
from privacy.files import delete_file, seal_pieces, stored
from tests.attacks.record import Tried
from tests.casework.cases import a_case
from tests.casework.test_evidence import a_photo
from tests.faults.house import House, kill, meanwhile, until
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from workflow.engine import perform
from workflow.models import Notice, OutboxMessage, StepRecord

pytestmark = pytest.mark.xdist_group("faults")
NUMBERS = count(1)
ALL = 10_000


def finish() -> dict[str, Any]:
    """What finishing takes; a number stands once."""
    return {"number": str(next(NUMBERS)), "weight": 1, "account": "x", "paid": "True"}


def an_errand_taken(actor: Actor) -> Errand:
    errand = an_errand(actor)
    perform(errand, "take", actor=actor)
    return errand


def move(errand: Errand, name: str = "finish") -> str:
    return f"/moves/errand/{errand.pk}/{name}"


def counts(errand: Errand) -> tuple[str, int, int, int]:
    """(state, steps of finishing, messages, notices)."""
    errand.refresh_from_db()
    steps = StepRecord.objects.filter(obj_id=errand.pk, move="finish").count()
    messages, notices = (model.objects.filter(obj_id=errand.pk).count() for model in (OutboxMessage, Notice))
    return errand.state, steps, messages, notices


@pytest.mark.attack("T28")
def test_a_web_process_killed_before_the_commit_has_done_nothing(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    errand = an_errand_taken(worker_actor)
    with (
        house.held("workflow_outboxmessage") as somebody_waits,
        meanwhile(lambda: house.post(move(errand), finish(), worker_actor)) as answers,
    ):
        somebody_waits()  # the state is written, the message is not
        house.kill_web(0)
    until(lambda: not house.sql("select 1 from pg_stat_activity where wait_event_type = 'Lock'"))
    tried(
        request="POST finish, kill -9 before the commit", actor="caseworker", expected=(0, ""), got=answers[0]
    )
    assert counts(errand) == ("taken", 0, 0, 0)


@pytest.mark.attack("T28")
def test_a_web_process_killed_after_the_commit_is_told_of_once(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    house.web(1)
    errand = an_errand_taken(worker_actor)
    os.kill(house["valkey"].process.pid, signal.SIGSTOP)  # the nudge to the worker does not get through
    try:
        with meanwhile(lambda: house.post(move(errand), finish(), worker_actor, 1)) as answers:
            until(lambda: counts(errand) == ("done", 1, 1, 0))
            house.kill_web(1)
    finally:
        os.kill(house["valkey"].process.pid, signal.SIGCONT)
    assert answers == [(0, "")]
    house.beat()
    until(lambda: counts(errand)[3])
    house.beat()
    tried(
        request="the beat after a kill -9 after the commit",
        actor="beat",
        expected=("done", 1, 1, 1),
        got=counts(errand),
    )


@pytest.mark.attack("T29", "T30")
def test_a_task_killed_doubled_and_delivered_again_while_it_runs_works_once(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    errand = an_errand_taken(worker_actor)
    with house.held("workflow_notice") as somebody_waits:
        perform(errand, "finish", actor=worker_actor, **{**finish(), "paid": True})
        house.beat()
        somebody_waits()
        kill(house["worker"])
    assert counts(errand) == ("done", 1, 1, 0)
    house.start_worker()
    with house.held("workflow_notice") as somebody_waits:
        house.give_back()  # what nobody has acknowledged
        somebody_waits()
        house.give_back()  # again, while the task runs
        house.beat(times=5)
    until(lambda: counts(errand)[3])
    until(lambda: house.queued() == 0)
    tried(
        request="relay: killed, given back twice, sent five times",
        actor="broker",
        expected=("done", 1, 1, 1),
        got=counts(errand),
    )


@pytest.mark.attack("T34")
def test_a_web_process_killed_in_an_upload_leaves_no_evidence(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    house.web()
    case = a_case(worker_actor)
    kept = {file for file, _changed in stored()}
    path, fields = (
        reverse("casework:evidence_add", args=[case.pk]),
        {"kind": "E5", "title": "x", "precision": "unknown"},
    )
    with (
        house.held("casework_evidence") as somebody_waits,
        meanwhile(lambda: house.upload(path, worker_actor, fields, a_photo())) as answers,
    ):
        somebody_waits()  # the file is sealed, its row is not written
        house.kill_web(0)
    until(lambda: not house.sql("select 1 from pg_stat_activity where wait_event_type = 'Lock'"))
    tried(
        request="POST evidence, kill -9 before its row", actor="caseworker", expected=(0, ""), got=answers[0]
    )
    assert not Evidence.objects.filter(case=case).exists()
    ((left, changed),) = [one for one in stored() if one[0] not in kept]
    drop_strays(changed, ALL)
    assert left in dict(stored())  # it may still be in the hands of a request
    swept = (drop_strays(changed + 1, ALL) >= 1, left in dict(stored()))
    tried(request="the nightly sweep of the store", actor="worker", expected=(True, False), got=swept)


@pytest.mark.attack("T34")
def test_the_sweep_keeps_what_a_row_or_an_old_version_names(worker_actor: Actor, tried: Tried) -> None:
    one, other = (a_case(worker_actor) for _ in range(2))
    for case in (one, other):
        register_evidence(
            case, actor=worker_actor, kind="E5", title="x", file=SimpleUploadedFile("a.jpg", a_photo())
        )
    Evidence.objects.filter(case=other).update(file_id=None)  # now only its history names it
    names = set(Evidence.history.filter(case__in=[one, other]).values_list("file_id", flat=True))
    drop_strays(time.time() + 60, ALL)
    got = names <= set(dict(stored()))
    tried(request="the nightly sweep of the store", actor="worker", expected=(2, True), got=(len(names), got))


@pytest.mark.attack("T34")
def test_many_files_without_a_row_are_not_swept_but_told(
    worker_actor: Actor, caplog: pytest.LogCaptureFixture, tried: Tried
) -> None:
    """Rows are missing or hidden then: removing the files would make it final."""
    case = a_case(worker_actor)
    made = {seal_pieces([b"x"], case).id for _ in range(3)}
    swept = drop_strays(time.time() + 60, most=2)
    tried(
        request="the nightly sweep of a store whose rows cannot be seen", actor="worker",
        expected=(0, True, True),
        got=(swept, made <= set(dict(stored())), "many_files_without_a_row" in caplog.text),
    )  # fmt: skip
    for one in made:
        delete_file(one)
