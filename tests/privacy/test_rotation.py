"""Keys replaced while everything stays readable, findable and in the version it had."""

import io
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from agencies.actor import SYSTEM
from privacy import envelope
from privacy.actors import KEEPER
from privacy.audit import Action, ReadAudit
from privacy.blind import find_people, id_tags, name_tags, phone_tags
from privacy.errors import KeyRingError, SealError
from privacy.files import SealedFile, delete_file, folder, kid_of_file, open_file, reseal_file, seal_file
from privacy.keyrows import DataKey, KeyState, KeyVersion, RotationJob
from privacy.keys import ring
from privacy.keystates import MAY, move
from privacy.purposes import Purpose
from privacy.reading import reveal
from privacy.rotation.index import TagPart
from privacy.rotation.jobs import DATA, reseal_parts, start, unfinished, work
from privacy.suites import SM4_GCM
from tests.attacks.record import Tried
from tests.privacy.own_keys import own_keys
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person, Reporter

pytestmark = pytest.mark.django_db
PHONE, NUMBER = "13812345678", "110101199003077571"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Settings) -> Iterator[None]:
    with own_keys(tmp_path, settings):
        yield


def keys(*words: str) -> str:
    out = StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue()


def a_known_person(name: str = "王小明") -> Person:
    tags = [*name_tags(name), *phone_tags(PHONE), *id_tags(NUMBER)]
    person = a_person(name=name, phone=PHONE, id_number=NUMBER, address="解放路 1 号", tags=tags)
    person.name = f"{name}甲"
    person.tags = [*name_tags(f"{name}甲"), *phone_tags(PHONE), *id_tags(NUMBER)]
    person.acting(READER).save()
    return Person.objects.get(pk=person.pk)


def whole(person: Person) -> list[Any]:
    """Everything that can be read of a person: the live row, its versions, and by which searches it is found."""
    row = Person.objects.get(pk=person.pk)
    names = ("name", "phone", "id_number", "address")
    versions = row.history.order_by("rev")
    found = [
        sorted(one.pk for one in find_people(Person.objects.all(), text, actor=READER))
        for text in (PHONE, "5678", NUMBER, "小明", "wangxiaoming")
    ]
    return [
        row.rev,
        reveal(row, *names, actor=READER),
        [(one.rev, reveal(one, *names, actor=READER)) for one in versions],
        found,
    ]


def cell(person: Person) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM privacy_sample_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def left() -> int:
    return sum(part.count() for kind in ("victim", "reporter") for part in reseal_parts(kind))


def test_new_data_keys_seal_everything_anew_and_change_nothing_else() -> None:
    person = a_known_person()
    reporter = Reporter(folder_id=person.folder_id, name="报案人")
    reporter.save()
    file = seal_file(io.BytesIO(data := os.urandom(200_000)), person)
    before, versions, old = whole(person), person.history.count(), envelope.kid_of(cell(person))
    keys("rotate", "data")
    now = DataKey.objects.get(owner=person.folder_id, compartment="victim", state=KeyState.PRIMARY)
    assert (whole(person), person.history.count(), left()) == (before, versions, 0)
    assert (envelope.kid_of(cell(person)), kid_of_file(file.id), now.pk != old) == (now.pk, now.pk, True)
    assert b"".join(open_file(file.id, person)) == data
    assert reveal(Reporter.objects.get(), "name", actor=READER) == {"name": "报案人"}
    assert DataKey.objects.get(pk=old).state == KeyState.DISABLED


def test_every_batch_is_one_row_of_the_register() -> None:
    for _ in range(3):
        a_person()
    keys("rotate", "data", "--batch", "2")
    rows = ReadAudit.objects.filter(action=Action.RESEAL)
    live = rows.filter(table="privacy_sample_person")
    assert sorted(len(row.object_ids) for row in live) == [1, 1, 2, 2]
    assert set(rows.values_list("actor_user", "outcome")) == {(KEEPER.user_id, "ok")}
    assert KEEPER.user_id == SYSTEM.user_id


@pytest.mark.parametrize("what", ["wrap", "index", "kek"])
def test_other_keys_are_replaced_and_everything_reads_as_before(what: str) -> None:
    person = a_known_person()
    before, sealed = whole(person), cell(person)
    keys("rotate", what)
    assert (whole(person), cell(person)) == (before, sealed)
    states = dict(KeyVersion.objects.values_list("kid", "state"))
    old = {"wrap": {1, 2, 11}, "index": {3, 4, 5, 6, 7}, "kek": set()}[what]
    assert {kid for kid, state in states.items() if state == KeyState.DISABLED} == old
    assert {kid for kid in states if kid > 15} == {kid + 16 for kid in old}


@pytest.mark.attack("T88")
def test_the_suite_is_switched_on_live_data_and_back(tried: Tried) -> None:
    person = a_known_person()
    file = seal_file(io.BytesIO(b"evidence"), person)
    before = whole(person)
    for word, number in (("sm4", 2), ("aes", 1)):
        keys("switch_suite", word)
        primaries = KeyVersion.objects.filter(state=KeyState.PRIMARY)
        got = [
            whole(Person.objects.get(pk=person.pk)) == before,
            b"".join(open_file(file.id, person)),
            cell(person)[1],
            (folder() / str(file.id)).read_bytes()[3],
            set(primaries.values_list("suite", flat=True)),
            set(DataKey.objects.filter(state=KeyState.PRIMARY).values_list("suite", flat=True)),
        ]
        tried(
            request=f"manage.py keys switch_suite {word}",
            actor="host",
            expected=[True, b"evidence", number, number, {number}, {number}],
            got=got,
        )
        assert word in keys("status")
    assert keys("switch_suite", "aes") == ""


def test_a_new_case_after_the_switch_is_of_the_new_suite() -> None:
    keys("switch_suite", "sm4")
    person = a_known_person("李四")
    row = DataKey.objects.get(owner=person.folder_id)
    assert (row.suite, len(row.wrapped), cell(person)[1]) == (2, 12 + 16 + 16, 2)


def test_the_key_file_after_the_switch_names_its_suite_and_old_keys_go_when_told(settings: Settings) -> None:
    keys("switch_suite", "sm4")
    path = Path(settings.KEY_DIR) / "kek.key"
    assert [line[:2] == f"{SM4_GCM.number}:" for line in path.read_text().split()] == [True, False]
    keys("destroy", "--now", "--yes")
    assert len(path.read_text().split()) == 1
    ring.verify()


def test_destroying_says_what_it_ends_asks_and_ends_only_what_is_disabled() -> None:
    person = a_known_person()
    keys("rotate", "data")
    keys("rotate", "index")
    before = whole(person)
    assert "nothing" in keys("destroy")
    with pytest.raises(CommandError, match="Nothing was destroyed"):
        keys("destroy", "--now")
    assert DataKey.objects.filter(state=KeyState.DISABLED).count() == 1
    told = keys("destroy", "--now", "--yes")
    assert ("purpose key 3 (bi-phone)" in told, "1 data keys" in told) == (True, True)
    gone = KeyVersion.objects.get(kid=3)
    assert (gone.state, bytes(gone.wrapped), DataKey.objects.count()) == (KeyState.DESTROYED, b"", 1)
    assert whole(person) == before


def test_a_key_that_is_still_named_is_not_destroyed() -> None:
    person, other = a_known_person(), a_person()
    sealed = cell(person)
    keys("rotate", "data")
    keys("rotate", "wrap")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_sample_person SET name = %s WHERE id = %s", [sealed, person.pk])
    with pytest.raises(CommandError, match="1 rows or files still name a disabled data key"):
        keys("destroy", "--now", "--yes")
    with pytest.raises(SealError):
        reveal(Person.objects.get(pk=person.pk), "name", actor=READER)
    keys("enable", "data")
    assert reveal(Person.objects.get(pk=person.pk), "name", actor=READER) == {"name": "王小明甲"}
    keys("rotate", "data")
    keys("destroy", "--now", "--yes")
    assert (left(), DataKey.objects.count()) == (0, 2)
    assert reveal(Person.objects.get(pk=other.pk), "name", actor=READER) == {"name": "王小明"}


def test_states_follow_one_another_or_are_refused() -> None:
    refused = []
    for state in KeyState:
        for to in KeyState:
            KeyVersion.objects.filter(kid=8).update(state=state)
            try:
                move(8, to)
            except KeyRingError:
                refused.append((state, to))
    expected = [(one, to) for one in KeyState for to in KeyState if to not in MAY[one] and one != to]
    assert refused == expected
    assert (KeyState.PRIMARY, KeyState.DISABLED) in expected


def test_a_row_that_does_not_open_keeps_the_old_key_and_is_named_in_the_register() -> None:
    good, bad = a_person(), a_person()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE privacy_sample_person SET name = set_byte(name, 40, get_byte(name, 40) # 1) WHERE id = %s",
            [bad.pk],
        )
    with pytest.raises(CommandError, match="1 rows or files do not pass their check"):
        keys("rotate", "data")
    row = ReadAudit.objects.filter(outcome="seal_error").first()
    assert (row.object_ids if row else [], left()) == ([bad.pk], 1)
    assert reveal(Person.objects.get(pk=good.pk), "name", actor=READER) == {"name": "王小明"}
    assert not DataKey.objects.filter(state=KeyState.DISABLED).exists()


class Broken(Exception):
    pass


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_rotation_broken_off_goes_on_where_it_was_and_begins_no_second_one(after: int) -> None:
    people = [a_known_person() for _ in range(3)]
    before = [whole(person) for person in people]
    said: list[str] = []

    def tell(text: str) -> None:
        said.append(text)
        if "reseal privacy_sample" in text and sum("reseal privacy_sample" in one for one in said) == after:
            raise Broken

    with pytest.raises(Broken):
        work(start(DATA, "victim", 1), tell, 2)
    job = unfinished()
    assert job and (job.phase, [whole(person) for person in people]) == ("reseal", before)
    assert f"running data victim: reseal {job.done} of" in keys("status").replace("  ", " ")
    keys("rotate", "data")
    assert (left(), [whole(person) for person in people]) == (0, before)
    assert RotationJob.objects.filter(subject="victim", state="done").count() == 1
    assert DataKey.objects.filter(compartment="victim").count() == 2 * len(people)


def test_a_row_read_before_the_rotation_is_saved_after_it_and_found() -> None:
    person = a_known_person()
    keys("rotate", "bi-phone")
    person.role = "child"
    person.save(update_fields=["role"])
    assert [one.pk for one in find_people(Person.objects.all(), PHONE, actor=READER)] == [person.pk]
    assert {tag >> 16 for tag in Person.objects.get().tags} == {19, 4, 5, 6, 7}
    assert TagPart(Person, 3).count() == 0


def test_a_row_kept_in_hand_over_a_whole_rotation_is_refused_rather_than_lost() -> None:
    person = a_known_person()
    keys("rotate", "data")
    person.role = "child"
    with pytest.raises(SealError):
        person.save()
    assert (Person.objects.get().rev, left()) == (2, 0)


def test_a_file_deleted_while_it_is_sealed_anew_stays_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person()
    file = seal_file(io.BytesIO(b"x"), person)
    sync = os.fsync

    def deleted_meanwhile(handle: int) -> None:
        sync(handle)
        delete_file(file.id)

    monkeypatch.setattr(os, "fsync", deleted_meanwhile)
    assert (reseal_file(file.id, "victim"), list(folder().iterdir())) == (False, [])


def test_whoever_reads_a_file_reads_it_to_its_end() -> None:
    person, data = a_person(), os.urandom(150_000)
    file: SealedFile = seal_file(io.BytesIO(data), person)
    pieces = open_file(file.id, person)
    begun = next(pieces)
    keys("rotate", "data")
    assert begun + b"".join(pieces) == data


def test_a_role_that_does_not_see_every_row_rotates_nothing(settings: Settings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_sample_person ENABLE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE privacy_sample_person FORCE ROW LEVEL SECURITY")
        cursor.execute("CREATE ROLE seesnothing")
        cursor.execute("GRANT seesnothing TO CURRENT_USER")
        cursor.execute("GRANT USAGE ON SCHEMA public TO seesnothing")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO seesnothing")
        cursor.execute("SET LOCAL ROLE seesnothing")
    with pytest.raises(CommandError, match="does not see every row"):
        keys("rotate", "data")


def test_purposes_and_uuid_keys_are_what_the_batches_rely_on() -> None:
    assert max(Purpose) < 16
    assert all(
        isinstance(part.model._meta.pk.to_python(str(UUID(int=1))), UUID)
        for part in reseal_parts("victim")[:-1]
    )  # type: ignore[attr-defined]
