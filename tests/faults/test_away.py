"""Redis gone, the database gone, read-only, the disk full: work goes on where it can, and says so where it cannot."""

import os
import resource
import signal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from agencies.actor import Actor
from agencies.kinds import Role
from casework.models import Evidence
from privacy.audit import ReadAudit
from tests import people
from tests.attacks.record import Tried
from tests.casework.cases import NAME, a_case, with_victim
from tests.casework.test_evidence import a_photo
from tests.faults.house import House, family, kill, tried_to, until
from tests.faults.test_killed import an_errand_taken, counts, finish, move
from workflow.models import OutboxMessage

pytestmark = pytest.mark.xdist_group("faults")
AWAY = "系统正在维护"


@pytest.fixture(autouse=True)
def web(house: House) -> None:
    """Answering; started anew where a test before has killed it."""
    house.web()


@pytest.mark.attack("T32")
def test_without_redis_people_sign_in_read_and_move_and_messages_wait(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    errand, case = an_errand_taken(worker_actor), a_case(worker_actor)
    user = people.a_user("night", password=people.PASSWORD)
    people.a_posting(Role.CASEWORKER, people.federation(), user)
    kill(house["valkey"])
    asked = {
        "POST /sign-in": house.post("/sign-in", {"username": "night", "password": people.PASSWORD})[0],
        "GET /cases/<id>/": house.get(f"/cases/{case.pk}/", worker_actor)[0],
        "POST finish": house.post(move(errand), finish(), worker_actor)[0],
        "GET /readyz": house.get("/readyz")[0],
        "GET /healthz": house.get("/healthz")[0],
    }
    expected = dict.fromkeys(asked, 200) | {"POST /sign-in": 302, "POST finish": 303, "GET /healthz": 503}
    tried(request=" · ".join(asked), actor="caseworker, Redis killed", expected=expected, got=asked)
    assert (counts(errand), OutboxMessage.objects.filter(obj_id=errand.pk, sent_at=None).count()) == (
        ("done", 1, 1, 0),
        1,
    )
    house.valkey()
    house.beat()
    until(lambda: counts(errand) == ("done", 1, 1, 1))


@pytest.mark.attack("T33")
def test_without_the_database_a_page_says_so_and_nothing_else(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    case = a_case(worker_actor)
    part = {"part": with_victim(case, worker_actor).pk}
    house.session(worker_actor)
    connection.close()
    house["postgres"].stop()
    try:
        status, text = house.post(f"/cases/{case.pk}/reveal/", part, worker_actor)
        ready = house.get("/readyz")[0]
    finally:
        house.postgres()
    told = (
        status,
        ready,
        AWAY in text,
        "request-id" in text,
        "Traceback" in text,
        "psycopg" in text,
        NAME in text,
    )
    expected = (503, 503, True, True, False, False, False)
    tried(request="POST /cases/<id>/reveal/", actor="caseworker, no database", expected=expected, got=told)
    assert house.get(f"/cases/{case.pk}/", worker_actor)[0] == 200


@pytest.mark.attack("T33")
def test_what_cannot_be_written_down_is_not_read(house: House, worker_actor: Actor, tried: Tried) -> None:
    case, errand = a_case(worker_actor), an_errand_taken(worker_actor)
    part = {"part": with_victim(case, worker_actor).pk}
    path, before = f"/cases/{case.pk}/reveal/", ReadAudit.objects.count()
    assert NAME in house.post(path, part, worker_actor)[1]
    written = ReadAudit.objects.count()
    house.sql("alter system set default_transaction_read_only = on")
    house.sql("select pg_reload_conf()")
    try:
        until(lambda: house.sql("show default_transaction_read_only") == [("on",)])
        read = house.post(path, part, worker_actor)
        moved = house.post(move(errand), finish(), worker_actor)
    finally:
        house.sql("alter system reset default_transaction_read_only")
        house.sql("select pg_reload_conf()")
        until(lambda: house.sql("show default_transaction_read_only") == [("off",)])
    got = (read[0], NAME in read[1], AWAY in read[1], moved[0])
    tried(
        request="POST /cases/<id>/reveal/, POST finish",
        actor="caseworker, read-only",
        expected=(503, False, True, 503),
        got=got,
    )
    assert (ReadAudit.objects.count(), written > before, counts(errand)[0]) == (written, True, "taken")


def store() -> set[str]:
    folder = Path(settings.DATA_DIR) / "files"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.mark.attack("T34")
def test_a_file_that_finds_no_room_leaves_nothing(house: House, worker_actor: Actor, tried: Tried) -> None:
    case, before = a_case(worker_actor), store()
    path, fields = (
        reverse("casework:evidence_add", args=[case.pk]),
        {"kind": "E5", "title": "x", "precision": "unknown"},
    )
    big = a_photo() + os.urandom(300_000)
    for pid in family(house["web0"].process.pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        status, text = house.upload(path, worker_actor, fields, big)
    finally:
        for pid in family(house["web0"].process.pid):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    got = (status, AWAY in text, store() - before, Evidence.objects.filter(case=case).exists())
    tried(
        request="POST evidence of 300 kB",
        actor="caseworker, room for 100 kB",
        expected=(503, True, set(), False),
        got=got,
    )
    assert house.upload(path, worker_actor, fields, big)[0] == 302


def test_a_redis_that_hangs_does_not_hang_the_page(house: House, worker_actor: Actor) -> None:
    errand = an_errand_taken(worker_actor)
    os.kill(house["valkey"].process.pid, signal.SIGSTOP)
    try:
        assert house.post(move(errand), finish(), worker_actor)[0] == 303
    finally:
        os.kill(house["valkey"].process.pid, signal.SIGCONT)


@pytest.mark.attack("T34")
def test_without_room_under_the_log_work_goes_on_and_readings_are_written_down(
    house: House, worker_actor: Actor, tried: Tried
) -> None:
    case, errand = a_case(worker_actor), an_errand_taken(worker_actor)
    part, before = {"part": with_victim(case, worker_actor).pk}, ReadAudit.objects.count()
    log = house.folder / "web1.log"
    if "web1" in house.running:
        house["web1"].stop()
    log.unlink(missing_ok=True)
    log.symlink_to("/dev/full")
    try:
        house.launch(1)
        until(lambda: tried_to(lambda: house.get("/readyz", number=1))[0] == 200)
        read = house.post(f"/cases/{case.pk}/reveal/", part, worker_actor, 1)
        lost = house.get("/nowhere", number=1)[0]
        moved = house.post(move(errand), finish(), worker_actor, 1)[0]
    finally:
        house["web1"].stop()
        log.unlink()
    got = (read[0], NAME in read[1], lost, moved, ReadAudit.objects.count() > before)
    tried(
        request="POST reveal, GET /nowhere, POST finish",
        actor="caseworker, the log full",
        expected=(200, True, 404, 303, True),
        got=got,
    )
