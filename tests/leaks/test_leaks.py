"""A mark in every personal field, the whole product walked, and every place a stranger could read searched for it."""

import base64
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import redis
from django.conf import LazySettings, settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.actor import Actor
from agencies.models import Area
from config.celery import app
from config.runtime.children import Child
from privacy.unversioned import unlike_version
from referrals.models import Referral
from referrals.services import make_code
from tests import people
from tests.attacks.record import Tried
from tests.browser.conftest import place
from tests.browser.seats import House
from tests.criminal_track.matters import a_prosecutor
from tests.house.test_reach import addresses
from tests.leaks import sinks, story, world
from tests.leaks.canaries import ID, MARK, NUMBER, found_in, text
from tests.leaks.raw import Raw, raw, statements
from tests.leaks.readings import Readings
from tests.leaks.walk import Walk, by_code
from tests.monitor.rounds import bureau, health, office
from tests.perpetrator_intervention.files import a_justice_worker
from tests.shelter_stay.stays import a_warden
from workflow.registry import lives

__all__ = ["place"]
# One group: what one of these tests writes in clear on purpose stands in the log of the database for all of them.
pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker"), pytest.mark.xdist_group("marks"),
]  # fmt: skip
BEAT = ("workflow.tasks.sweep_deadlines", "workflow.tasks.relay_outbox", "indicators.tasks.count_steps")
LIAISONS = (
    people.a_policeman, people.a_judge, a_prosecutor, a_warden, a_justice_worker, people.a_committee_worker,
)  # fmt: skip
# Shut here: no identity provider is set up (tests/agencies), no report of the plan is published (tests/monitor).
SHUT = {"agencies:provider", "agencies:provider_back", "monitor:public_report"}
# Addresses that show personal data for certain: the search is not blind.
SHOWING = {
    "casework:person_edit", "casework:reveal", "casework:document_get", "casework:evidence_get", "casework:evidence_show",
    "hotline:call",
}  # fmt: skip
OTHERS = (
    people.a_lead, people.an_operator, people.a_supervisor, people.an_auditor, people.an_administrator,
    bureau, office, health,
)  # fmt: skip


@pytest.fixture
def log() -> Iterator[sinks.Log]:
    handler = sinks.Log()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process, and the served product in it, would put temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def read(queue: sinks.Queue, disk: Raw, log: sinks.Log, temporary: Path) -> dict[str, bytes]:
    return {
        **sinks.dump(),
        "files of the database": disk.files(),
        "write-ahead log": disk.log(),
        "statements": statements(),
        "sessions": sinks.sessions(),
        "redis": sinks.redis_contents(),
        "queue": queue.contents(),
        "log": "\n".join(log.lines).encode(),
        "temporary files": sinks.files(temporary),
        "files": sinks.files(Path(settings.DATA_DIR)),
        "logs of the servers": sinks.files(Path(os.environ["DATA_DIR"]) / "logs"),
    }


def beside(found: Any) -> set[tuple[str, str]]:
    """Columns written past the history; a state was, by the tests themselves, to have every life in any state."""
    return {(table, column) for table, _pk, columns in found for column in columns} - {
        (model._meta.db_table, "state") for model in lives().values()
    }


def walk_through(walk: Walk, worker: Actor) -> None:
    """First everything is looked at, by everybody; then everything that can be sent is sent."""
    for actor in (None, worker, *(make() for make in LIAISONS)):
        walk.look(actor)
    for make in OTHERS:
        walk.look(make(), again=False)
    referral = Referral.objects.exclude(receiver=None).get(case=walk.case)
    by_code(walk, make_code(referral, actor=worker, now=timezone.now()))
    walk.send()


@pytest.mark.attack("T54", "T62", "T72", "T73", "T74", "T89", "T94", "T104")
@pytest.mark.browser
def test_nothing_personal_gets_out(
    place: House, worker: Child, log: sinks.Log, temporary: Path, tried: Tried, settings: LazySettings
) -> None:
    """Not into a dump, Redis, the queue, a log, a file, an address, a header or a title; in no writing."""
    settings.WATCH_SLOWS = False  # one person opens every address here
    mine, answers = people.a_caseworker(), sinks.Answers()
    with sinks.Queue() as queue, raw() as disk:
        case = world.people_move_in(mine)
        readings = world.mark_everything(mine)
        assert world.unmarked() == []
        walk = Walk(case, answers, readings)
        walk_through(walk, mine)
        tried(
            request=f"{walk.heard} answers, of {len(readings.showed)} addresses {readings.showed.total()} with a mark: "
            "register, tags, reporter", actor="everybody",
            expected=set(), got=readings.faults,
        )  # fmt: skip
        for task in BEAT:
            app.send_task(task)
        answers.told += story.told(place, mine, case, world.handed_to_a_clinic(case, mine))
        found = read(queue, disk, log, temporary) | {
            "worker": sinks.files(worker.log.parent),
            "addresses and headers": "\n".join(answers.told).encode(),
        }
    assert (sorted({name for name, *_rest in addresses()} - walk.opened - SHUT), answers.bare) == ([], set())
    assert (answers.titles, walk.taken > 60, all(task.encode() in found["queue"] for task in BEAT)) == (
        {"工作台"},
        True,
        True,
    )
    hits = {name: marks for name, blob in found.items() if (marks := found_in(blob))}
    tried(request="a whole workflow, then every place", actor="host without keys", expected={}, got=hits)
    assert (readings.showed.keys() >= SHOWING, beside(unlike_version())) == (True, set())


def test_a_field_without_a_mark_is_noticed() -> None:
    world.mark_everything(people.a_caseworker())
    assert world.unmarked() == sorted(f"{model._meta.label}.{one.name}" for model, one in world.fields())


def test_a_mark_in_clear_is_found_in_every_place(log: sinks.Log, temporary: Path) -> None:
    """The search can fail: it finds what is put where it should not be."""
    mark, kept = text(1), Path(settings.DATA_DIR) / "left-behind"
    with sinks.Queue() as queue, raw() as disk, redis.Redis.from_url(settings.REDIS_URL) as client:
        with connection.cursor() as cursor:
            cursor.execute(f"do $$ begin perform '{mark}'; end $$")  # what is no query keeps its words
        Area.objects.create(code="1", name=mark)
        session = SessionStore()
        session["who"] = mark * 40  # long enough to be packed
        session.create()
        client.execute_command("SELECT", 9)
        client.hset("cache", "who", mark)
        client.lpush("celery", base64.b64encode(f'["{mark}"]'.encode()))
        client.delete("celery")
        logging.getLogger("hotline").warning(f"Cannot call {mark}")
        (temporary / "upload").write_text(mark, "gb18030")
        kept.write_text(mark)
        try:
            found = read(queue, disk, log, temporary)
        finally:
            kept.unlink()
            client.delete("cache")
    places = {name.partition(",")[0] for name, blob in found.items() if found_in(blob)}
    assert places == {name.partition(",")[0] for name in found} - {"logs of the servers"}


def test_an_answer_that_does_not_fit_the_register_is_noticed() -> None:
    """A mark nobody wrote down, a tag, and the reporter on a liaison's screen."""
    mark, pk = text(100), uuid4()
    readings = Readings({mark: {(pk, "name")}}, {mark}, {"1114111"})
    page = HttpResponse(f"<p>{mark} 1114111</p>", headers={"X-Request-ID": str(uuid4())})
    readings.hear("casework:case", people.a_policeman(), page)
    assert readings.faults == {
        ("casework:case", "shows a tag"), ("casework:case", "shows the reporter to a liaison"),
        ("casework:case", "not written down"), ("casework:case", "shown, not written down", "name"),
        ("casework:case", "shown without a row"),
    }  # fmt: skip
    readings.faults.clear()
    readings.hear(
        "casework:document_get", None, HttpResponse(b"%", "image/png", headers={"X-Request-ID": str(uuid4())})
    )
    assert readings.faults == {("casework:document_get", "shown without a row")}


def test_a_row_that_is_gone_is_still_found_on_the_disk() -> None:
    """However long it was: nothing is packed while the search goes on."""
    word = "霁璎珞痕"  # of this test alone
    with raw() as disk:
        row = Session.objects.create(
            session_key="x", session_data=f"{word}，" * 900, expire_date=timezone.now()
        )
        row.delete()
        found = [f"{word}，{word}".encode() in place for place in (disk.files(), disk.log())]
    assert (found, Session.objects.exists()) == ([True, True], False)


def test_a_mark_in_an_answer_is_found() -> None:
    bare = sinks.Answers()
    bare.hear("/bare", HttpResponse())
    assert bare.bare == {"/bare"}
    packed = CookieStorage(HttpRequest())._encode([Message(constants.INFO, text(2) * 40)])
    pages = [
        HttpResponse(f"<title>{MARK}</title>"),
        HttpResponse(f'<a href="/?name={MARK}">'),
        HttpResponse(),
    ]
    pages[-1]["Content-Disposition"] = f'filename="{NUMBER}1.pdf"'
    pages.append(HttpResponse())
    pages[-1].set_cookie("messages", str(packed))
    for page in pages:
        answers = sinks.Answers()
        answers.hear("/", page)
        assert found_in("\n".join([*answers.told, *answers.titles]).encode()), page


WRITINGS: dict[str, Any] = {
    "utf-8": str.encode, "gb18030": lambda one: one.encode("gb18030"), "utf-16le": lambda one: one.encode("utf-16-le"),
    "utf-16be": lambda one: one.encode("utf-16-be"), "json": lambda one: ascii(one).encode(),
}  # fmt: skip
AROUND: dict[str, Any] = {
    "plain": bytes, "hex": lambda raw: raw.hex().encode(), "HEX": lambda raw: raw.hex().upper().encode(),
    **{f"base64+{n}": lambda raw, n=n: base64.b64encode(b"xyz"[:n] + raw) for n in range(3)},
    **{f"base64url+{n}": lambda raw, n=n: base64.urlsafe_b64encode(b"xyz"[:n] + raw) for n in range(3)},
}  # fmt: skip


def test_a_mark_is_found_in_every_writing() -> None:
    written = {
        (mark, writing, form): around(write(f"她叫{mark}，") if mark == MARK else write(f"tel:{mark};"))
        for mark in (MARK, NUMBER, ID) for writing, write in WRITINGS.items() for form, around in AROUND.items()
    }  # fmt: skip
    told = [b"ji ying luo min", b"JiYingLuoMin", quote(MARK).encode(), repr(MARK.encode()).encode()]
    assert [name for name, blob in written.items() if not found_in(blob)] == []
    assert [blob for blob in told if not found_in(blob)] == []
    assert found_in("她叫李秀芝，13812345678".encode()) == []
