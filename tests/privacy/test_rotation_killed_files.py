"""Rotations of files, of wrapping keys and of the keys above them, killed with SIGKILL at every step that writes."""

import io
import os
import signal
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import Settings

from privacy.files import SealedFile, folder, open_file, seal_file
from privacy.keyrows import RotationJob
from privacy.keys import ring
from privacy.providers import FileKekProvider
from privacy.purposes import KEKS
from privacy.reading import reveal
from privacy.rotation.jobs import reseal_parts
from tests.attacks.record import Tried
from tests.privacy.own_keys import own_keys
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.attack("T87")]
JOB, VERSIONS, RENAME = 'UPDATE "privacy_rotationjob"', 'UPDATE "privacy_keyversion"', "os.rename"
POINTS: dict[str, list[tuple[str, int]]] = {
    # A file written but not in its place, one in its place but not counted; again at another one.
    "data": [(RENAME, 1), (RENAME, 2), (JOB, 2), (RENAME, 1)],
    # In the middle of the batches of data keys, and at the steps between.
    "wrap": [(JOB, 2), (JOB, 4), (JOB, 6), (JOB, 5)],
    # The first, second and third key file not yet in its place; all purpose keys wrapped, not yet committed.
    "kek": [(RENAME, 1), (RENAME, 2), (RENAME, 3), (VERSIONS, 1)],
}


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Settings) -> Iterator[None]:
    with own_keys(tmp_path, settings, 0.1):
        yield


def rotated(what: str, point: str, nth: int) -> int:
    """A process that rotates, and is killed where it does `point` for the nth time; its exit code."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    left = [nth]

    def die(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def after(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(point):
            die()
        return result

    code = 1
    try:
        sys.addaudithook(lambda event, _args: die() if event == point else None)
        with connection.execute_wrapper(after):
            call_command("keys", "rotate", what, "--batch", "3", stdout=StringIO())
        code = 0
    finally:
        os._exit(code)


def whole(people: list[Person], files: list[SealedFile], texts: list[bytes]) -> bool:
    """Every name and every file opens, in a process that knows nothing yet."""
    ring.forget()
    names = {reveal(Person.objects.get(pk=one.pk), "name", actor=READER)["name"] for one in people}
    read = [b"".join(open_file(file.id, one)) for file, one in zip(files, people, strict=True)]
    return names == {"王小明"} and read == texts


@pytest.mark.parametrize("what", POINTS)
def test_what_is_rewritten_is_whole_after_every_death_and_the_old_key_goes(what: str, tried: Tried) -> None:
    people = [a_person() for _ in range(4)]
    texts = [os.urandom(70_000) for _ in people]
    files = [seal_file(io.BytesIO(text), one) for text, one in zip(texts, people, strict=True)]
    connections.close_all()
    codes, held = [], []
    for point, nth in POINTS[what]:
        codes.append(rotated(what, point, nth))
        held.append(whole(people, files, texts))
        connections.close_all()
    codes.append(rotated(what, "nothing", 1))
    tried(
        request=f"manage.py keys rotate {what}: kill -9 at {len(POINTS[what])} places, then let it end",
        actor="host",
        expected=([-signal.SIGKILL] * len(POINTS[what]) + [0], [True] * len(POINTS[what])),
        got=(codes, held),
    )
    call_command("keys", "destroy", "--now", "--yes", stdout=StringIO())
    lines = [len(FileKekProvider(name).path.read_text().split()) for name in KEKS.values()]
    assert (whole(people, files, texts), lines) == (True, [1, 1, 1])
    assert sum(part.count() for part in reseal_parts("victim")) == 0
    assert sorted(path.name for path in folder().iterdir()) == sorted(str(file.id) for file in files)
    assert {job.state for job in RotationJob.objects.all()} == {"done"}
