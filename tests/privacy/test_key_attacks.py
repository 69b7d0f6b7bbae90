"""Attacks on keys and tags that need the whole house: nonces, boot, downgrades, rolled-back rows, guessing."""

import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from agencies.tasks import check_register
from config.runtime.messages import ROOMS, ROOT
from privacy import census, checkpoints, envelope
from privacy.blind import find_people, name_tags, phone_tags
from privacy.errors import SealError
from privacy.keyrows import DataKey, KeyVersion
from privacy.keys import ring
from privacy.providers import FileKekProvider
from privacy.purposes import Purpose
from privacy.reading import reveal
from privacy.rolledback import rolled_back
from privacy.tags import Term, name_terms
from scenarios.demo.people import a_surname, words
from tests.attacks.record import Tried
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person

pytestmark = pytest.mark.django_db
SEALS, PROCESSES = 50_000, 5


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    KeyVersion.objects.all().delete()
    settings.KEY_DIR = tmp_path / "keys"
    ring.forget()
    ring.ensure()
    yield settings.KEY_DIR
    ring.forget()


def nonces(count: int) -> bytes:
    key = ring.sealing_key(OWNER)
    return b"".join(envelope.seal(key, b"", b"", 1)[6:18] for _ in range(count))


OWNER = uuid4()


@pytest.mark.attack("T86")
def test_a_quarter_of_a_million_seals_in_five_processes_share_no_nonce(tried: Tried) -> None:
    ring.sealing_key(OWNER)
    pipes = []
    for _ in range(PROCESSES - 1):
        read, write = os.pipe()
        if not os.fork():
            with os.fdopen(write, "wb") as out:
                out.write(nonces(SEALS))
            os._exit(0)
        os.close(write)
        pipes.append(os.fdopen(read, "rb"))
    made = nonces(SEALS)
    for pipe in pipes:
        with pipe:
            made += pipe.read()
        os.wait()
    different = len({made[i : i + 12] for i in range(0, len(made), 12)})
    tried(
        request="seal in 5 processes after a fork",
        actor="nobody",
        expected=SEALS * PROCESSES,
        got=different,
    )


@pytest.mark.attack("T86")
def test_every_case_has_a_key_of_its_own(tried: Tried) -> None:
    owners = [uuid4() for _ in range(50)]
    keys = ring.provide(owners).values()
    seen = set()
    for key in keys:
        sealed = key.aead.encrypt(b"\0" * 12, b"the same", b"")
        seen.add(sealed)
    tried(request="data keys of 50 cases", actor="nobody", expected=50, got=len(seen))


@pytest.mark.attack("T81")
def test_a_data_key_passed_off_as_one_of_another_suite_is_refused(own_keys: Path, tried: Tried) -> None:
    person = a_person()
    answers = []
    for change in ({"suite": 2}, {"suite": 3}):
        DataKey.objects.filter(owner=person.folder_id).update(**change)
        ring.forget()
        try:
            reveal(Person.objects.get(pk=person.pk), "name", actor=READER)
            answers.append("opens")
        except SealError:
            answers.append("refused")
    tried(request="UPDATE datakey SET suite", actor="dba", expected=["refused"] * 2, got=answers)


@pytest.mark.attack("T82")
def test_a_whole_row_put_back_with_its_old_number_is_found(tried: Tried) -> None:
    good, bad = a_person(), a_person()
    for person in (good, bad):
        person.name = "王大明"
        person.acting(READER).save()
    live, old = Person._meta.db_table, Person.history.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {live} l SET (rev, name, address) = (h.rev, h.name, h.address)"
            f" FROM {old} h WHERE h.id = l.id AND h.rev = 1 AND l.id = %s",
            [bad.pk],
        )
    tried(
        request="UPDATE person SET rev, name, address = those of version 1",
        actor="dba",
        expected=[(live, bad.pk)],
        got=list(rolled_back()),
    )


@pytest.mark.attack("T82")
def test_a_row_put_back_whose_history_was_cut_too_is_found_by_what_was_signed(tried: Tried) -> None:
    good, bad = a_person(), a_person()
    for person in (good, bad):
        person.name = "王大明"
        person.acting(READER).save()
    census.sign(timezone.now() + census.SETTLED)
    a_person()  # what comes later is no fault
    before = census.cut(checkpoints.known())
    live, old = Person._meta.db_table, Person.history.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"UPDATE {live} l SET (rev, name, address) = (h.rev, h.name, h.address)"
            f" FROM {old} h WHERE h.id = l.id AND h.rev = 1 AND l.id = %s",
            [bad.pk],
        )
        cursor.execute(f"DELETE FROM {old} WHERE id = %s AND rev > 1", [bad.pk])
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(CommandError, match="0 rows and 1 histories"):
        call_command("keys", "verify", stdout=(out := StringIO()))
    tried(
        request="UPDATE person to version 1, DELETE its later versions",
        actor="dba",
        expected=([], [], True),
        got=(before, list(rolled_back()), old in out.getvalue()),
    )
    signed = len(checkpoints.kept())
    check_register()
    assert len(checkpoints.kept()) == signed  # the cut is not signed away


@pytest.mark.attack("T84")
def test_a_process_with_a_foreign_key_file_does_not_start_and_tells_no_key(
    tmp_path: Path, transactional_db: None, tried: Tried
) -> None:
    ring.ensure()
    own = (Path(django_settings.KEY_DIR) / "kek.key").read_text()
    for name in ("door", "reporter"):
        shutil.copy(Path(django_settings.KEY_DIR) / f"{name}.key", tmp_path)
    kek = FileKekProvider(folder=tmp_path)
    kek.create()
    given = connection.settings_dict
    database = f"postgres://app@{str(given['HOST']).replace('/', '%2F')}/{given['NAME']}"
    env = {**os.environ, "KEY_DIR": str(tmp_path), "DATABASE_URL": database, "PYTEST_XDIST_WORKER": ""}
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"], env=env, cwd=ROOT, capture_output=True, check=False
    )
    told = done.stdout + done.stderr
    secrets = [own.encode(), kek.path.read_bytes(), bytes.fromhex(kek.path.read_text())]
    tried(
        request="start the web process with a key file of another database",
        actor="host",
        expected=(1, True, False),
        got=(
            done.returncode,
            b"does not belong to this database" in told,
            any(secret in told for secret in secrets),
        ),
    )


@pytest.mark.attack("T84")
def test_no_key_stands_in_the_environment_the_command_line_or_a_migration(tried: Tried) -> None:
    ring.ensure()
    key = (Path(django_settings.KEY_DIR) / "kek.key").read_text().strip().encode()
    texts = {
        "environment": Path("/proc/self/environ").read_bytes() + repr(dict(os.environ)).encode(),
        "command line": Path("/proc/self/cmdline").read_bytes(),
        "migrations": b"".join(
            p.read_bytes() for room in ROOMS for p in (ROOT / room).glob("migrations/*.py")
        ),
        "settings": repr(vars(django_settings._wrapped)).encode(),
    }
    found = [place for place, text in texts.items() if key in text or bytes.fromhex(key.decode()) in text]
    tried(request="look for the key in " + ", ".join(texts), actor="host", expected=[], got=found)


@pytest.mark.attack("T90")
def test_a_known_number_costs_at_most_one_question_more_than_an_unknown_one(tried: Tried) -> None:
    a_person(phone="13812345678", tags=phone_tags("13812345678"))
    counted = []
    for number in ("13812345678", "13987654321"):
        find_people(Person.objects.all(), number, actor=READER)
        with CaptureQueriesContext(connection) as asked:
            find_people(Person.objects.all(), number, actor=READER)
        counted.append(len(asked))
    tried(
        request="statements of a search for a known and an unknown number",
        actor="operator",
        expected=True,
        got=0 <= counted[0] - counted[1] <= 1,
    )


NAMES, KINDS = 1500, (Purpose.BI_NAME, Purpose.BI_GRAM, Purpose.BI_PINYIN)


def invented(rng: Random) -> list[str]:
    """Surnames as they are spread, given names put together freely: the demonstration's own few repeat too often."""
    pools = [words("names")[sex][length] for sex in ("female", "male") for length in ("one", "two")]
    letters = sorted({letter for pool in pools for name in pool for letter in name})
    given = ["".join(rng.choices(letters, k=1 if rng.random() < 0.15 else 2)) for _ in range(NAMES)]
    return [a_surname(rng) + name for name in given]


def guessed(real: list[str], known: list[str], kinds: Sequence[Purpose]) -> float:
    """Rank matching: the n-th most common tag of a kind is taken for the n-th most common term of that kind."""
    stolen = [[tag for tag in name_tags(name) if tag >> 16 in kinds] for name in real]
    theirs = Counter(tag for tags in stolen for tag in tags)
    surnames: dict[Term, Counter[str]] = defaultdict(Counter)
    mine: Counter[Term] = Counter()
    for name in known:
        for term in name_terms(name):
            mine[term] += 1
            surnames[term][name[0]] += 1
    matched: dict[int, Term] = {}
    for kind in kinds:
        tags = (tag for tag, _ in theirs.most_common() if tag >> 16 == kind)
        matched |= dict(zip(tags, (term for term, _ in mine.most_common() if term[0] == kind), strict=False))
    right = 0
    for name, tags in zip(real, stolen, strict=True):
        votes: Counter[str] = Counter()
        for tag in tags:
            votes.update(surnames[matched[tag]] if tag in matched else {})
        right += bool(votes) and votes.most_common(1)[0][0] == name[0]
    return right / len(real)


@pytest.mark.attack("T91")
def test_stolen_tags_tell_no_more_surnames_than_a_guess(own_keys: Path, tried: Tried) -> None:
    rng = Random(91)
    real, known = invented(rng), invented(rng)
    common = Counter(name[0] for name in known).most_common(1)[0][0]
    guess = sum(name[0] == common for name in real) / len(real)
    for kinds in (KINDS, *((kind,) for kind in KINDS)):
        accuracy = guessed(real, known, kinds)
        tried(
            request=f"rank matching of {'+'.join(kind.label for kind in kinds)}: {accuracy:.1%}, a guess {guess:.1%}",
            actor="thief of the table",
            expected=True,
            got=accuracy <= guess + 0.02,
        )
