"""A rotation killed with SIGKILL in batch after batch, while others write and search: nothing lost, nothing missed."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import Settings

from privacy.blind import find_people, id_tags, name_tags, phone_tags
from privacy.errors import StaleRow
from privacy.keyrows import RotationJob
from privacy.keys import ring
from privacy.reading import reveal
from privacy.rotation.index import TagPart
from privacy.rotation.jobs import reseal_parts
from tests.attacks.record import Tried
from tests.privacy.own_keys import own_keys
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.attack("T87")]
PHONE, NUMBER = "13812345678", "110101199003077571"
PEOPLE, BATCH = 7, "3"
DEATHS = (2, 3, 1, 4, 2, 5)
"""In which batch each process dies, before its commit; the last one lives."""


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Settings) -> Iterator[None]:
    with own_keys(tmp_path, settings, 0.1):
        yield


@dataclass
class Victim:
    """A process that will rotate when it is let go, and dies in its `batch`-th batch, before the commit."""

    what: str
    batch: int
    pid: int = 0
    go: int = 0

    def fork(self) -> "Victim":
        wait, self.go = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(wait)
            return self
        os.close(self.go)
        code = 1
        try:
            if os.read(wait, 1):
                with connection.execute_wrapper(self):
                    call_command("keys", "rotate", self.what, "--batch", BATCH, stdout=StringIO())
                code = 0
        finally:
            os._exit(code)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith('UPDATE "privacy_rotationjob"'):
            self.batch -= 1
            if not self.batch:
                os.kill(os.getpid(), signal.SIGKILL)
        return result

    def ran(self) -> int:
        """Let it go; its exit code, negative where a signal ended it."""
        os.write(self.go, b"g")
        return self.end()

    def end(self) -> int:
        os.close(self.go)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@dataclass
class Beside:
    """Two threads at work until told to stop: one saves and remembers what it saved, one searches."""

    pks: list[UUID]
    stop: Event = field(default_factory=Event)
    saved: dict[UUID, str] = field(default_factory=dict)
    saves: int = 0
    searches: int = 0
    missed: list[set[UUID]] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)

    def write(self) -> None:
        pk = random.choice(self.pks)
        row = Person.objects.get(pk=pk)
        row.address = f"第 {self.saves} 号"
        try:
            row.acting(READER).save()
        except StaleRow:
            return
        self.saved[pk], self.saves = (
            row.address.clear() if row.address._clear else self.text(row),
            self.saves + 1,
        )

    def text(self, row: Person) -> str:
        return str(reveal(row, "address", actor=READER)["address"])

    def search(self) -> None:
        found = {one.pk for one in find_people(Person.objects.all(), PHONE, actor=READER)}
        self.searches += 1
        if found != set(self.pks):
            self.missed.append(found)

    def run(self, work: Callable[[], None]) -> None:
        try:
            while not self.stop.wait(0.1):
                work()
        except BaseException as error:
            self.broken.append(error)
        finally:
            connections.close_all()

    def __enter__(self) -> "Beside":
        self.threads = [Thread(target=self.run, args=[work]) for work in (self.write, self.search)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.parametrize("what", ["data", "bi-phone"])
def test_a_rotation_killed_again_and_again_loses_and_misses_nothing(what: str, tried: Tried) -> None:
    tags = [*name_tags("王小明"), *phone_tags(PHONE), *id_tags(NUMBER)]
    people = [a_person(phone=PHONE, id_number=NUMBER, tags=tags) for _ in range(PEOPLE)]
    connections.close_all()
    victims = [Victim(what, batch).fork() for batch in (*DEATHS, 0)]
    with Beside([person.pk for person in people]) as beside:
        codes = [victim.ran() for victim in victims]
    assert beside.broken == []
    tried(
        request=f"manage.py keys rotate {what}: kill -9 in {codes.count(-signal.SIGKILL)} batches, "
        f"{beside.saves} saves and {beside.searches} searches beside it",
        actor="host",
        expected=[[], [-signal.SIGKILL] * len(DEATHS) + [0], [], 0],
        got=[beside.missed, codes, _lost(beside), _old(what)],
    )
    assert beside.saves > 3 and beside.searches > 3
    call_command("keys", "destroy", "--now", "--yes", stdout=StringIO())
    assert (_lost(beside), _old(what)) == ([], 0)
    assert {job.state for job in RotationJob.objects.all()} == {"done"}
    assert Person.history.count() == PEOPLE + beside.saves


def _lost(beside: Beside) -> list[UUID]:
    """Rows that do not say what was last saved in them, or whose versions do not open."""
    ring.forget()
    found = []
    for pk in beside.pks:
        row = Person.objects.get(pk=pk)
        versions = [reveal(one, "name", actor=READER)["name"] for one in row.history.all()]
        if (
            beside.text(row) != beside.saved.get(pk, "")
            or set(versions) != {"王小明"}
            or len(versions) != row.rev
        ):
            found.append(pk)
    return found


def _old(what: str) -> int:
    """What still names a key that is not the present one."""
    if what == "data":
        return sum(part.count() for part in reseal_parts("victim"))
    return TagPart(Person, 3).count()
