"""The key ring: one key file, wrapped purpose keys, a data key per case and compartment."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from pytest_django import Settings

from privacy.audit import ReadAudit
from privacy.cache import KeyCache
from privacy.errors import KeyRingError, SealError
from privacy.keyrows import DataKey, KeyState, KeyVersion
from privacy.keys import READS, ring
from privacy.providers import FileKekProvider
from privacy.purposes import Purpose
from privacy.reading import reveal, reveal_many
from tests.attacks.record import Tried
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person, Reporter

pytestmark = pytest.mark.django_db
KEY_FILES = ["door.key", "kek.key", "reporter.key"]


@pytest.fixture(autouse=True)
def key_dir(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A key folder and key tables of this test's own."""
    KeyVersion.objects.all().delete()
    settings.KEY_DIR = tmp_path / "keys"
    ring.forget()
    yield settings.KEY_DIR
    ring.forget()


def test_ensure_makes_a_key_file_for_each_compartment_for_its_owner_alone(key_dir: Path) -> None:
    ring.ensure()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (key_dir, *key_dir.iterdir())]
    assert (modes, sorted(p.name for p in key_dir.iterdir())) == ([0o700] + [0o600] * 3, KEY_FILES)


def test_ensure_makes_one_key_per_purpose_and_no_more() -> None:
    ring.ensure()
    before = list(KeyVersion.objects.order_by("kid").values_list("purpose", "kid", "state"))
    ring.ensure()
    assert (before, KeyVersion.objects.count()) == (
        [(purpose.label, int(purpose), KeyState.PRIMARY) for purpose in Purpose],
        len(Purpose),
    )


def test_keys_that_were_used_and_are_gone_are_not_replaced_by_new_ones() -> None:
    ring.ensure()
    reveal(a_person(), "name", actor=READER)
    KeyVersion.objects.all().delete()
    with pytest.raises(KeyRingError, match="restore the key ring"):
        ring.ensure()
    assert not KeyVersion.objects.exists()


def test_ensure_keeps_a_key_file_that_is_there(key_dir: Path) -> None:
    ring.ensure()
    before = (key_dir / "kek.key").read_text()
    ring.ensure()
    assert (key_dir / "kek.key").read_text() == before


@pytest.mark.attack("T84")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o700])
def test_a_key_file_open_to_others_is_refused(key_dir: Path, mode: int, tried: Tried) -> None:
    ring.ensure()
    (key_dir / "kek.key").chmod(mode)
    with pytest.raises(KeyRingError) as caught:
        ring.ensure()
    told = f"mode {mode:04o}); it must be 0600 or 0400" in str(caught.value)
    tried(request=f"start with a key file of mode {mode:04o}", actor="host", expected=True, got=told)


def test_a_foreign_key_file_is_told_and_changes_nothing(key_dir: Path) -> None:
    ring.ensure()
    rows = list(KeyVersion.objects.order_by("kid").values_list("kid", "wrapped"))
    (key_dir / "kek.key").unlink()
    FileKekProvider().create()
    with pytest.raises(KeyRingError, match="does not belong to this database"):
        ring.ensure()
    assert list(KeyVersion.objects.order_by("kid").values_list("kid", "wrapped")) == rows


def test_a_missing_key_file_is_not_replaced(key_dir: Path) -> None:
    ring.ensure()
    (key_dir / "kek.key").unlink()
    with pytest.raises(KeyRingError, match="key file is missing"):
        ring.ensure()
    assert not (key_dir / "kek.key").exists()


@pytest.mark.parametrize("text", ["", "zz", "00" * 31])
def test_a_file_that_holds_no_key_is_refused(key_dir: Path, text: str) -> None:
    ring.ensure()
    (key_dir / "kek.key").write_text(text)
    with pytest.raises(KeyRingError, match="does not hold a key"):
        ring.ensure()


def test_the_system_check_tells_of_a_foreign_key_file(key_dir: Path) -> None:
    ring.ensure()
    good = run_checks(tags=["database"], databases=["default"])
    (key_dir / "kek.key").unlink()
    FileKekProvider().create()
    bad = run_checks(tags=["database"], databases=["default"])
    assert ([e.id for e in good], [e.id for e in bad]) == ([], ["privacy.E010"])


def test_keys_are_made_on_first_use_too() -> None:
    assert reveal(a_person(name="甲"), "name", actor=READER) == {"name": "甲"}


def test_everything_opens_again_in_a_new_process() -> None:
    person = a_person(name="甲")
    ring.forget()
    assert reveal(person, "name", actor=READER) == {"name": "甲"}


def test_a_purpose_key_in_the_place_of_another_is_refused() -> None:
    ring.ensure()
    other = KeyVersion.objects.get(kid=Purpose.DEK_REPORTER)
    KeyVersion.objects.filter(kid=Purpose.DEK_VICTIM).update(wrapped=other.wrapped, kcv=other.kcv)
    with pytest.raises(KeyRingError):
        ring.verify()


def test_a_data_key_in_the_place_of_another_is_refused() -> None:
    mine, other = a_person(), a_person()
    wrapped = DataKey.objects.get(owner=other.folder_id).wrapped
    DataKey.objects.filter(owner=mine.folder_id).update(wrapped=wrapped)
    ring.forget()
    with pytest.raises(SealError):
        reveal(mine, "name", actor=READER)


def test_a_shredded_case_never_opens_again() -> None:
    person = a_person()
    DataKey.objects.filter(owner=person.folder_id).delete()
    ring.forget(person.folder_id)
    with pytest.raises(SealError):
        reveal(person, "name", actor=READER)


@pytest.mark.attack("T85")
def test_a_process_without_the_reporters_keys_neither_reads_nor_writes(
    settings: Settings, tried: Tried
) -> None:
    person = a_person()
    reporter = Reporter(folder_id=person.folder_id, name="报案人")
    reporter.save()
    settings.SEALED_COMPARTMENTS = ("victim", "staff")
    ring.forget()
    with pytest.raises(SealError):
        reveal(reporter, "name", actor=READER)
    with pytest.raises(SealError):
        Reporter(folder_id=person.folder_id, name="报案人").save()
    alarm = ReadAudit.objects.filter(outcome="no_key").values_list("table", flat=True)
    held = [key.kid for purpose in Purpose for key in ring.purpose_keys(purpose, list(KeyState))]
    tried(
        request="reveal the reporter's name in a process without that compartment",
        actor="liaison process",
        expected=(["privacy_sample_reporter"], False),
        got=(list(alarm), Purpose.DEK_REPORTER in held),
    )
    assert reveal(person, "name", actor=READER) == {"name": "王小明"}


def test_a_seal_under_the_other_compartments_key_is_refused() -> None:
    person = a_person()
    reporter = Reporter(folder_id=person.folder_id, name="报案人")
    reporter.save()
    key = DataKey.objects.get(compartment="reporter")
    DataKey.objects.filter(pk=key.pk).update(compartment="other")
    ring.forget()
    with pytest.raises(SealError):
        reveal(reporter, "name", actor=READER)


def test_the_data_keys_of_a_page_come_in_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        a_person()
    ring.forget()
    ring.purpose_keys(Purpose.DEK_VICTIM, READS)
    rows = list(Person.objects.all())
    with django_assert_num_queries(2):
        reveal_many([(row, ["name"]) for row in rows], actor=READER)


def test_a_second_page_asks_for_no_key(django_assert_num_queries: Any) -> None:
    rows = [a_person() for _ in range(3)]
    with django_assert_num_queries(1):
        reveal_many([(row, ["name"]) for row in rows], actor=READER)


def test_keys_do_not_print() -> None:
    keys = [*ring.purpose_keys(Purpose.BI_NAME, [KeyState.PRIMARY]), ring.sealing_key(a_person().folder_id)]
    assert all("key=" not in repr(key) and "aead" not in repr(key) for key in keys)


def test_the_database_holds_no_key_that_is_not_wrapped() -> None:
    person = a_person()
    key = ring.purpose_keys(Purpose.DEK_VICTIM, [KeyState.PRIMARY])[0].key
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_keyversion WHERE position(%s IN wrapped) > 0", [key])
        assert (cursor.fetchone()[0], person.rev) == (0, 1)


def test_the_cache_is_small_and_forgets() -> None:
    cache = KeyCache(size=2, ttl=60)
    cache.put({1: "a", 2: "b"})
    cache.get(1)
    cache.put({3: "c"})
    stale = KeyCache(ttl=-1)
    stale.put({1: "a"})
    assert ([cache.get(n) for n in (1, 2, 3)], stale.get(1), len(stale)) == (["a", None, "c"], None, 0)
