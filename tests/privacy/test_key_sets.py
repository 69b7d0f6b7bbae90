"""Each process is handed the key-encryption keys of its own compartments: with them it opens nothing of the others."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from config.processes import COMPARTMENTS, DESK, LIAISON, STATISTICS, compartments
from config.runtime.messages import ROOT
from privacy.errors import ForeignKey, KeyRingError, SealError
from privacy.keyrows import DataKey, KeyVersion
from privacy.keys import key_context, ring
from privacy.providers import FileKekProvider, provider
from privacy.purposes import KEKS, Purpose, of_kid
from privacy.reading import reveal
from privacy.rotation.jobs import KEK, start, unfinished, work
from tests.attacks.record import Tried
from tests.elsewhere import address
from tests.privacy import device
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person, Reporter
from tests.privacy.test_providers import behind_a_command

FILES = {name: f"{name}.key" for name in KEKS.values()}


@pytest.fixture
def house(tmp_path: Path, settings: Settings, db: None) -> Iterator[Path]:
    """A key folder and key tables of this test's own."""
    KeyVersion.objects.all().delete()
    settings.KEY_DIR, settings.KEY_CACHE_SECONDS = tmp_path / "keys", 0.05
    ring.forget()
    ring.ensure()
    yield tmp_path / "keys"
    ring.forget()


def keys(*words: str) -> str:
    out = StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue()


def opened(folder: Path) -> set[Purpose]:
    """Which purpose keys somebody can unwrap who reads the whole key ring and has the key files in this folder."""
    found = set()
    for row in KeyVersion.objects.all():
        for path in folder.glob("*.key"):
            try:
                FileKekProvider(path.stem, folder).unwrap(
                    bytes(row.wrapped), key_context(row.purpose, row.kid)
                )
                found.add(of_kid(row.kid))
            except SealError:
                continue
    return found


def handed(house: Path, process: str) -> Path:
    """The folder of a process, with the files its unit is given."""
    folder = house.with_name(process)
    folder.mkdir(mode=0o700)
    for one in compartments(process):
        (folder / FILES[KEKS[one]]).write_bytes((house / FILES[KEKS[one]]).read_bytes())
        (folder / FILES[KEKS[one]]).chmod(0o400)
    return folder


STAFF_KEYS = {Purpose.AUDIT, Purpose.POSTING, Purpose.DEK_STAFF}
REPORTER_KEYS = {Purpose.DEK_REPORTER, Purpose.CHECKPOINT}


@pytest.mark.attack("T85")
def test_the_files_of_a_process_unwrap_its_own_keys_and_no_others(house: Path, tried: Tried) -> None:
    expected = {DESK: set(Purpose), LIAISON: set(Purpose) - REPORTER_KEYS, STATISTICS: STAFF_KEYS}
    for process, its in expected.items():
        got = opened(handed(house, process))
        tried(request="unwrap every row of the key ring", actor=f"{process} process", expected=its, got=got)


@pytest.mark.attack("T85")
def test_a_process_without_a_file_works_and_never_asks_for_it(
    house: Path, settings: Settings, tried: Tried
) -> None:
    person = a_person(name="甲")
    reporter = Reporter(folder_id=person.folder_id, name="报案人")
    reporter.save()
    settings.KEY_DIR, settings.SEALED_COMPARTMENTS = handed(house, LIAISON), compartments(LIAISON)
    ring.forget()
    ring.ensure()
    assert reveal(Person.objects.get(), "name", actor=READER) == {"name": "甲"}
    with pytest.raises(ForeignKey) as refusal:
        reveal(Reporter.objects.get(), "name", actor=READER)
    tried(request="reveal the reporter", actor="liaison process", expected=ForeignKey, got=refusal.type)
    assert sorted(path.name for path in django_settings.KEY_DIR.iterdir()) == ["door.key", "kek.key"]


def with_one_key(house: Path) -> None:
    """As it was before: one file wraps everything."""
    kek = provider("kek")
    for row in KeyVersion.objects.all():
        context = key_context(row.purpose, row.kid)
        row.kek, row.wrapped = "kek", kek.wrap(provider(row.kek).unwrap(bytes(row.wrapped), context), context)
        row.save()
    for name in ("door", "reporter"):
        (house / FILES[name]).unlink()
    ring.forget()


@pytest.mark.attack("T85")
def test_a_house_with_one_key_works_on_and_is_moved_by_one_command(
    house: Path, settings: Settings, tried: Tried
) -> None:
    a_person(name="甲")
    with_one_key(house)
    ring.ensure()
    keys("rotate", "posting")
    assert [path.name for path in house.iterdir()] == ["kek.key"]
    assert "6 of them belong to other compartments" in keys("status")
    assert reveal(Person.objects.get(), "name", actor=READER) == {"name": "甲"}
    old = house.with_name("old")
    old.mkdir()
    (old / "kek.key").write_bytes((house / "kek.key").read_bytes())
    (old / "kek.key").chmod(0o600)
    keys("rotate", "kek")
    assert reveal(Person.objects.get(), "name", actor=READER) == {"name": "甲"}
    tried(
        request="unwrap every row of the key ring with the one key file there was, and with the door's",
        actor="statistics process, before and after",
        expected=(set(), STAFF_KEYS),
        got=(opened(old), opened(handed(house, STATISTICS))),
    )
    assert "belong to other compartments" not in keys("status")


class Broken(Exception):
    pass


def test_moving_that_was_broken_off_goes_on_and_nothing_is_destroyed_meanwhile(house: Path) -> None:
    a_person(name="甲")
    with_one_key(house)

    def tell(text: str) -> None:
        if text == "kek kek: rewrap":
            raise Broken

    with pytest.raises(Broken):
        work(start(KEK, "kek", 1), tell)
    with pytest.raises(CommandError, match="A rotation is not finished"):
        keys("destroy", "--now", "--yes")
    ring.forget()
    assert reveal(Person.objects.get(), "name", actor=READER) == {"name": "甲"}
    assert "goes on with kek kek: rewrap" in keys("rotate", "kek")
    keys("destroy", "--now", "--yes")
    assert ([len(path.read_text().split()) for path in house.iterdir()], unfinished()) == ([1, 1, 1], None)
    assert {KEKS[of_kid(row.kid).compartment] == row.kek for row in KeyVersion.objects.all()} == {True}
    assert reveal(Person.objects.get(), "name", actor=READER) == {"name": "甲"}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_foreign_key_file_is_named_and_never_replaced(house: Path, name: str) -> None:
    (house / FILES[name]).unlink()
    with pytest.raises(KeyRingError, match=rf"missing \({name}\)"):
        ring.ensure()
    FileKekProvider(name).create()
    with pytest.raises(KeyRingError, match=f"The key file {name} does not belong to this database"):
        ring.ensure()


def test_a_key_service_is_asked_by_name_and_keeps_the_keys_apart(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind_a_command(tmp_path, settings, monkeypatch)
    wrapped = {name: provider(name).wrap(b"k" * 32, b"") for name in FILES}
    for name, one in wrapped.items():
        for other in FILES:
            if other == name:
                assert provider(other).unwrap(one, b"") == b"k" * 32
            else:
                with pytest.raises(SealError):
                    provider(other).unwrap(one, b"")


def test_a_device_has_a_token_and_a_pin_for_each_key(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = {"huhang": "123456", "huhang-door": "654321"}
    settings.PKCS11_MODULE = device.plug_in(tmp_path, pins, monkeypatch)
    settings.KEK_PROVIDER = "privacy.kek_pkcs11.Pkcs11KekProvider"
    settings.PKCS11_PIN_FILE = str(tmp_path / "pin")
    for part, pin in zip(("", "-door"), pins.values(), strict=True):
        (tmp_path / f"pin{part}").write_text(pin)
        (tmp_path / f"pin{part}").chmod(0o600)
    for name in ("kek", "door"):
        provider(name).create()
    wrapped = provider("door").wrap(b"k" * 32, b"")
    assert provider("door").unwrap(wrapped, b"") == b"k" * 32
    with pytest.raises(SealError):
        provider("kek").unwrap(wrapped, b"")
    (tmp_path / "pin").unlink()
    assert provider("door").unwrap(wrapped, b"") == b"k" * 32


ASKS = """
import json
from django.conf import settings
from privacy.errors import SealError
from privacy.keyrows import DataKey, KeyState
from privacy.keys import ring
from privacy.purposes import Purpose
ring.verify()
held = [p.label for p in Purpose if ring.purpose_keys(p, list(KeyState))]
opens = []
for kid, compartment in DataKey.objects.values_list("id", "compartment").order_by("id"):
    try:
        if ring.opening_keys([kid], compartment):
            opens.append(compartment)
    except SealError as error:
        opens.append(type(error).__name__)
print(json.dumps([sorted(held), opens]))
"""


@pytest.mark.attack("T85")
@pytest.mark.django_db(transaction=True)
def test_a_real_process_with_its_files_alone_opens_its_own_data_keys(tmp_path: Path, tried: Tried) -> None:
    ring.ensure()
    DataKey.objects.all().delete()
    owner = a_person().folder_id
    for one in ("reporter", "staff"):
        ring.provide([owner], one)
    place = address(str(connection.settings_dict["NAME"]), str(connection.settings_dict["HOST"]))
    (tmp_path / "all").mkdir()
    for name in FILES.values():
        (tmp_path / "all" / name).write_bytes((Path(django_settings.KEY_DIR) / name).read_bytes())
    folder = handed(tmp_path / "all", LIAISON)
    env = {name: word for name, word in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
    env |= {"PROCESS": LIAISON, "KEY_DIR": str(folder), "DATABASE_URL": place}
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ASKS]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    held, got = json.loads(done.stdout)
    expected = ["victim", "ForeignKey", "staff"]
    tried(request="open a data key of each compartment", actor="liaison process", expected=expected, got=got)
    assert held == sorted(one.label for one in Purpose if one.compartment in COMPARTMENTS[LIAISON])
