"""No room under the database itself: what was acknowledged stands whole, what was refused left nothing, and it comes back."""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.actor import Actor
from casework.models import Evidence
from config.runtime.servers import _initdb, start_postgres
from privacy.audit import ReadAudit
from tests.casework.cases import NAME, a_case, with_victim
from tests.casework.test_evidence import a_photo
from tests.drills.conftest import Seen
from tests.faults.house import House, standing, tried_to, until
from tests.faults.test_killed import an_errand_taken, finish, move
from tests.people import a_caseworker
from tests.snapshot import Snapshot
from workflow.models import StepRecord

MEGABYTE = 2**20


class Cramped(House):
    """Its PostgreSQL lies on a file system of its own, of 400 MB."""

    def postgres(self) -> None:
        room = self.folder / "room"
        if not room.is_mount():
            room.mkdir(parents=True)
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=400m,mode=0700", "none", str(room)], check=True
            )
            _initdb(room / "data", lasting=False)
        log = self.folder / "postgres.log"
        self.running["postgres"] = start_postgres(room / "data", self.sockets, log, lasting=True)

    def fill(self) -> None:
        """To the last byte; and what PostgreSQL has set aside for its log is used up."""
        with (self.folder / "room" / "filler").open("wb", buffering=0) as out, suppress(OSError):
            while out.write(bytes(MEGABYTE)):
                pass
        with suppress(psycopg.OperationalError):
            for _ in range(100):
                self.sql("create table if not exists public.filler (x text)")
                self.sql("insert into public.filler select repeat('x', 1000) from generate_series(1, 2000)")

    def empty(self) -> None:
        (self.folder / "room" / "filler").unlink()
        if self["postgres"].died():
            self.postgres()
        until(lambda: self.sql("select 1"))
        self.sql("drop table if exists public.filler")

    def stop(self) -> None:
        super().stop()
        subprocess.run(["umount", str(self.folder / "room")], check=False)


@pytest.fixture
def cramped(
    private_files: None, django_db_blocker: DjangoDbBlocker, snapshot: Snapshot, tmp_path: Path
) -> Iterator[Cramped]:
    with tempfile.TemporaryDirectory(prefix="huhang-", dir="/tmp") as sockets:
        made = Cramped(tmp_path, Path(sockets))
        with standing(made, django_db_blocker, snapshot):
            made.web()
            yield made


def test_a_full_disk_under_the_database_refuses_whole_and_comes_back(cramped: Cramped, seen: Seen) -> None:
    actor = a_caseworker()
    case, errands = a_case(actor), [an_errand_taken(actor) for _ in range(20)]
    part = {"part": with_victim(case, actor).pk}
    upload = f"/cases/{case.pk}/evidence/add/"
    cramped.session(actor)
    before = ReadAudit.objects.count()
    connection.close()
    cramped.fill()
    moved = Counter(tried_to(lambda one=one: cramped.post(move(one), finish(), actor))[0] for one in errands)  # type: ignore[misc]
    reads = [tried_to(lambda: cramped.post(f"/cases/{case.pk}/reveal/", part, actor)) for _ in range(20)]
    read = Counter(status for status, _text in reads)
    shown = sum(NAME in text for _status, text in reads)
    sent = upload_of(cramped, upload, actor)
    ready = tried_to(lambda: cramped.get("/readyz"))[0]
    seen(
        "no room: 20 moves, 20 readings, an upload, /readyz", f"{dict(moved)}, {dict(read)}, {sent}, {ready}"
    )
    cramped.empty()
    until(lambda: cramped.get("/readyz")[0] == 200)
    steps = StepRecord.objects.filter(obj_id__in=[one.pk for one in errands], move="finish").count()
    audited = ReadAudit.objects.count() - before
    seen(
        "room again: steps that stand, readings shown and rows of the register, evidence",
        f"{steps}, {shown}, {audited}, {Evidence.objects.filter(case=case).count()}",
    )
    assert (steps, set(moved) | set(read) <= {200, 303, 503, 0}, shown <= audited) == (moved[303], True, True)
    assert moved[503] + read[503] > 0
    assert Evidence.objects.filter(case=case).exists() == (sent == 302)
    one = next(one for one in errands if not StepRecord.objects.filter(obj_id=one.pk, move="finish").exists())
    after = (cramped.post(move(one), finish(), actor)[0], upload_of(cramped, upload, actor))
    seen("one of the refused moves and the upload, sent again", after)
    assert after == (303, 302)


def upload_of(house: House, path: str, actor: Actor) -> int:
    fields = {"kind": "E5", "title": "x", "precision": "unknown"}
    return tried_to(lambda: house.upload(path, actor, fields, a_photo()))[0]
