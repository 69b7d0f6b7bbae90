"""A backup is sealed, whole or refused; a restored house works, and what was shredded stays shredded."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django.fixtures import Settings

from agencies.actor import Actor
from agencies.file_marks import FileMark
from casework import services
from casework.models import Case, Evidence, Person
from casework.services.shredding import carry_out_due
from config.backup.sealing import CHUNK, Sealer, Unreadable, opened
from config.runtime.messages import ROOT
from privacy import macs
from privacy.errors import SealError
from privacy.files import folder, open_file
from privacy.keyrows import DataKey
from privacy.keys import ring
from privacy.reading import reveal
from privacy.tombstones import bury
from tests.attacks.record import Tried
from tests.casework.cases import NAME, a_case, with_victim
from tests.casework.test_evidence import a_photo
from tests.elsewhere import a_database, address, on_database
from tests.leaks import canaries
from tests.people import a_caseworker, a_lead
from workflow.engine import perform

PHRASE = "three slow barges"


@pytest.fixture
def offline(tmp_path: Path, settings: Settings) -> Path:
    """The private half, as the key ceremony leaves it; the public half is in the settings."""
    key, path = X25519PrivateKey.generate(), tmp_path / "backup.key"
    seal = BestAvailableEncryption(PHRASE.encode())
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal))
    public = path.with_suffix(".pub")
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    settings.BACKUP_PUBLIC_KEY = str(public)
    return path


def backed_up(to: Path, *more: str) -> str:
    """Without a single key: what makes backups is handed none."""
    out = StringIO()
    ring.forget()
    with override_settings(KEY_DIR="/nonexistent"):
        call_command("backup", *([] if more else [str(to / "data")]), *more, keyring=to / "keys", stdout=out)
    return out.getvalue()


def restore(
    frm: Path, key: Path, database: str, home: Path, **more: str
) -> "subprocess.CompletedProcess[str]":
    """The command as a person runs it, in a process of its own."""
    env = {name: word for name, word in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
    env["DATABASE_URL"] = address(database, str(connection.settings_dict["HOST"]))
    env |= {"DATA_DIR": str(home), "KEY_DIR": str(settings.KEY_DIR)} | more
    command = [sys.executable, "manage.py", "restore", str(frm / "data"), "--keyring", str(frm / "keys")]
    return subprocess.run(
        [*command, "--key", str(key)],
        cwd=ROOT,
        env=env,
        input=f"{PHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def second() -> Iterator[str]:
    with a_database(f"{connection.settings_dict['NAME']}_restored") as name:
        yield name


def a_marked_case(worker: Actor) -> tuple[Case, Person, Evidence]:
    case = a_case(worker)
    victim = with_victim(case, worker, name=canaries.text(1), phone=canaries.phone(1))
    photo = SimpleUploadedFile(f"{canaries.text(2)}.jpg", a_photo() + canaries.text(3).encode())
    services.register_evidence(case, actor=worker, kind="E5", title=canaries.text(4), file=photo)
    return case, victim, Evidence.objects.get(case=case)


def name_of(victim: Any, worker: Actor) -> Any:
    return reveal(Person.objects.get(pk=victim.pk), "name", actor=worker, purpose="casework")["name"]


def signed_and_sent(victim: Person, worker: Actor) -> None:
    """A reading, its place in the chain, and a checkpoint of it in the sink."""
    name_of(victim, worker)
    call_command("audit", "seal", stdout=StringIO())
    call_command("audit", "checkpoint", stdout=StringIO())


def decide_later(kept: Case, lifted: Case, chief: Actor) -> None:
    """A hold laid and another lifted after the backup, and one laid by somebody whom the backup does not know."""
    services.mark(kept, actor=chief, kind="hold", why="police")
    services.mark(kept, actor=a_lead(), kind="restricted", why="law_keeps")
    services.lift_mark(lifted, actor=chief, kind="hold")


def look_at_marks(kept: Case, lifted: Case, chief: Actor, tried: Tried) -> None:
    standing = set(FileMark.objects.standing().filter(subject_id=kept.pk).values_list("kind", "why"))
    by = FileMark.objects.get(subject_id=kept.pk, kind="hold").entered_by_id
    tried(
        request="holds and restrictions laid and lifted after the backup",
        actor="caseworker",
        expected=({("hold", "police"), ("restricted", "law_keeps")}, chief.user_id, True),
        got=(standing, by, FileMark.objects.get(subject_id=lifted.pk, kind="hold").lifted_at is not None),
    )


LAST_LINKS = """
DELETE FROM privacy_auditlink l WHERE seq = (SELECT max(seq) FROM privacy_auditlink WHERE chain = l.chain)
"""


def look_at_register(told: str, tried: Tried) -> None:
    """What the restore left behind is named; a cut is still a cut."""
    call_command("audit", "verify", stdout=(out := StringIO()))
    gap = re.findall(r"rows (\d+)\.\.(\d+) are only in the exported checkpoints", out.getvalue())
    assert gap and all(line in told for line in out.getvalue().splitlines() if "are only in" in line)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(LAST_LINKS)
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(CommandError) as cut:
        call_command("audit", "verify", stdout=StringIO())
    tried(
        request="the last link of every chain cut after the restore",
        actor="owner",
        expected=True,
        got="tail" in str(cut.value),
    )


def shred_later(case: Case, person: Person, worker: Actor) -> None:
    """With keys that are still in the newest archive of the key ring: only the list of what was shredded is newer."""
    bury(case.pk, owners=[case.pk], rows=[], at=timezone.now())
    one = services.ask_to_shred(person.case, actor=worker, why="mistake", person=person)
    perform(one, "approve", actor=a_lead())
    assert carry_out_due(timezone.now() + timedelta(days=8)) == 1


def look_at_what_is_gone(
    people: tuple[Person, Person, Person], evidence: Evidence, worker: Actor, tried: Tried
) -> None:
    """Shredded before the key ring was kept, after it, and one person alone."""
    before, since, alone = people
    for person, which in ((before, "before"), (since, "after")):
        with pytest.raises(SealError) as refusal:
            name_of(person, worker)
        tried(
            request=f"read what was shredded {which} the key ring was kept",
            actor="caseworker",
            expected=SealError,
            got=refusal.type,
        )
    left = (Person.objects.get(pk=since.pk).tags, (folder() / str(evidence.file_id)).exists())
    tried(request="tags and files of it", actor="host", expected=([], False), got=left)
    tried(
        request="read the one shredded person", actor="caseworker", expected=None, got=name_of(alone, worker)
    )


@pytest.mark.attack("T77", "T92", "T93")
@pytest.mark.django_db(transaction=True)
def test_a_restored_house_works_and_what_was_shredded_stays_shredded(
    tmp_path: Path,
    offline: Path,
    second: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tried: Tried,
) -> None:
    worker, chief = a_caseworker(), a_lead()
    settings.AUDIT_SINK = f"file:{tmp_path / 'audit.log'}"
    settings.SHRED_LIST = str(tmp_path / "shredded.list")
    kept, victim, photo = a_marked_case(worker)
    shredded, other, _photo = a_marked_case(worker)
    after, third, evidence = a_marked_case(worker)
    wrong = with_victim(kept, worker, name="误登的人")
    services.mark(shredded, actor=chief, kind="hold", why="court")
    signed_and_sent(victim, worker)
    backed_up(tmp_path)
    DataKey.objects.filter(owner=shredded.pk).delete()
    later = DataKey.objects.get(owner=with_victim(a_case(worker), worker).case_id)
    backed_up(tmp_path, "--keyring-only")
    shred_later(after, wrong, worker)
    decide_later(kept, shredded, chief)
    signed_and_sent(victim, worker)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    tried(request="read every file of the backup", actor="host", expected=[], got=canaries.found_in(written))
    lists = {"SHRED_LIST": settings.SHRED_LIST, "AUDIT_SINK": settings.AUDIT_SINK}
    done = restore(tmp_path, offline, second, home := tmp_path / "home", **lists)
    assert done.returncode == 0, done.stdout + done.stderr
    with on_database(second):
        settings.DATA_DIR = home
        ring.forget()
        monkeypatch.setattr(macs._threads, "writer", macs.Writer())  # a restored house has new processes
        assert name_of(victim, worker) == canaries.text(1)
        assert photo.file_id
        assert b"".join(open_file(photo.file_id, Evidence.objects.get(pk=photo.pk))).startswith(b"\xff\xd8")
        look_at_what_is_gone((other, third, wrong), evidence, worker, tried)
        assert Case.objects.visible_to(a_lead()).filter(pk=after.pk).count() == 0
        assert name_of(with_victim(a_case(worker), worker), worker) == NAME
        assert DataKey.objects.latest("id").pk > later.pk
        look_at_marks(kept, shredded, chief, tried)
        signed_and_sent(victim, worker)
        look_at_register(done.stdout, tried)


def refused(frm: Path, key: Path, patch: pytest.MonkeyPatch, phrase: str = PHRASE) -> str:
    """What restoring says, in this process and on this database."""
    patch.setattr("sys.stdin", StringIO(f"{phrase}\n"))
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(frm / "data"), keyring=frm / "keys", key=key, stdout=StringIO())
    return str(refusal.value)


@pytest.mark.django_db
def test_what_must_not_be_restored_is_refused_before_anything_is_written(
    tmp_path: Path, offline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(tmp_path)
    assert "database is not empty" in refused(tmp_path, offline, monkeypatch)
    assert "wrong passphrase" in refused(tmp_path, offline, monkeypatch, "three quick barges")
    offline.chmod(0o640)
    assert "read by others" in refused(tmp_path, offline, monkeypatch)
    part = next((tmp_path / "data").glob("*/files.sealed"))
    part.write_bytes(part.read_bytes()[:-1])
    offline.chmod(0o600)
    assert "is not what the manifest says" in refused(tmp_path, offline, monkeypatch)
    next((tmp_path / "data").glob("*/manifest.json")).unlink()
    assert "no finished backup" in refused(tmp_path, offline, monkeypatch)


@pytest.mark.django_db
def test_a_dump_that_breaks_off_leaves_no_backup(tmp_path: Path, offline: Path, settings: Settings) -> None:
    settings.PG_BIN = str(tmp_path / "bin")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pg_dump").write_text("#!/bin/sh\nhead -c 3000000 /dev/zero; exit 1\n")
    (tmp_path / "bin" / "pg_dump").chmod(0o700)
    with pytest.raises(CommandError, match="pg_dump ended with code 1"):
        backed_up(tmp_path)
    assert list((tmp_path / "data").glob("*/*")) == []


@pytest.mark.parametrize("keyring", ["data", "data/keys"])
def test_the_keys_never_lie_with_the_data(tmp_path: Path, offline: Path, keyring: str) -> None:
    with pytest.raises(CommandError, match="kept apart"):
        call_command("backup", str(tmp_path / "data"), keyring=tmp_path / keyring)


def test_without_a_public_key_nothing_is_written(tmp_path: Path, settings: Settings) -> None:
    settings.BACKUP_PUBLIC_KEY = ""
    with pytest.raises(CommandError, match="never written in clear"):
        backed_up(tmp_path)
    assert list(tmp_path.iterdir()) == []


LONG = os.urandom(CHUNK + 7)


def sealed(path: Path, name: str, *pieces: bytes) -> X25519PrivateKey:
    key = X25519PrivateKey.generate()
    with path.open("wb") as out:
        sealer = Sealer(out, key.public_key(), name)
        for piece in pieces:
            sealer.write(piece)
        sealer.finish()
    return key


def read(path: Path, key: X25519PrivateKey, name: str) -> bytes:
    with path.open("rb") as source:
        return b"".join(opened(source, key, name))


@pytest.mark.parametrize("clear", [b"", b"a", LONG[:CHUNK], LONG, LONG + LONG])
def test_a_part_opens_to_what_was_sealed(tmp_path: Path, clear: bytes) -> None:
    key = sealed(tmp_path / "part", "data", clear[:5], clear[5:])
    assert read(tmp_path / "part", key, "data") == clear


@pytest.mark.parametrize("cut", [1, 4 + 7 + 16, 30, -1])
def test_a_part_that_was_cut_lengthened_or_renamed_does_not_open(tmp_path: Path, cut: int) -> None:
    key, path = sealed(tmp_path / "part", "data", LONG), tmp_path / "part"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut] if cut > 0 else whole + b"\0\0\0\x01x")
    with pytest.raises(Unreadable):
        read(path, key, "data")
    path.write_bytes(whole)
    with pytest.raises(Unreadable):
        read(path, key, "files")
