"""A ciphertext opens in its own place, under its own version, unchanged, or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from privacy import envelope
from privacy.errors import SealError
from privacy.reading import reveal
from tests.attacks.record import Tried
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Folder, Person, Reporter

pytestmark = [pytest.mark.django_db, pytest.mark.attack("T81")]


def stored(person: Any, column: str = "name") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {person._meta.db_table} WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def put(person: Any, value: bytes | None, column: str = "name") -> Any:
    with connection.cursor() as cursor:
        sql = f"UPDATE {person._meta.db_table} SET {column} = %s WHERE id = %s"
        cursor.execute(sql, [value, person.pk])
    return type(person).objects.get(pk=person.pk)


Refused = Callable[[Any], bool]


@pytest.fixture
def refused(tried: Tried, request: pytest.FixtureRequest) -> Callable[[Any], bool]:
    """Whoever can write to the database, without keys, has put something into a cell: it does not open."""

    def ask(person: Any) -> bool:
        answer = "opens"
        try:
            reveal(person, "name", actor=READER)
        except SealError:
            answer = "refused"
        tried(request=request.node.name, actor="dba", expected="refused", got=answer)
        return True

    return ask


def test_what_was_sealed_opens() -> None:
    values = {
        "name": "阿拉腾·其其格 𬱖",
        "phone": "13812345678",
        "address": "",
        "details": {"住址": [1, None]},
        "id_number": None,
    }
    assert reveal(a_person(**values), *values, actor=READER) == values


def test_the_header_names_format_suite_and_key() -> None:
    sealed = stored(a_person())
    assert (sealed[:2], len(sealed)) == (b"\xe1\x01", envelope.OVERHEAD + 32)


@pytest.mark.parametrize("name", ["王", "王小明", "欧阳娜娜", "x" * 31])
def test_the_length_of_a_name_does_not_show(name: str) -> None:
    assert len(stored(a_person(name=name))) == 66


def test_an_empty_text_is_sealed_like_any_other() -> None:
    assert len(stored(a_person(address=""), "address")) == envelope.OVERHEAD + 64


def test_the_same_name_is_never_sealed_alike() -> None:
    assert stored(a_person()) != stored(a_person())


@pytest.mark.parametrize("at", range(0, 66))
def test_a_flipped_byte_is_refused(at: int, refused: Refused) -> None:
    person = a_person()
    broken = bytearray(stored(person))
    broken[at] ^= 1
    assert refused(put(person, bytes(broken)))


PLANTED: list[Callable[[bytes], bytes]] = [
    lambda sealed: b"",
    lambda sealed: sealed[:-1],
    lambda sealed: sealed[:33],
    lambda sealed: sealed + b"\0",
    lambda sealed: "王大明".encode(),
    lambda sealed: b"\xe1\x01" + b"\0" * 64,
    lambda sealed: sealed[:1] + b"\x02" + sealed[2:],
    lambda sealed: sealed[:2] + b"\xff\xff\xff\xff" + sealed[6:],
]


@pytest.mark.parametrize("plant", PLANTED)
def test_what_was_planted_is_refused(plant: Callable[[bytes], bytes], refused: Refused) -> None:
    person = a_person()
    assert refused(put(person, plant(stored(person))))


def test_a_seal_of_another_column_is_refused(refused: Refused) -> None:
    person = a_person(phone="13812345678")
    assert refused(put(person, stored(person, "phone")))


def test_a_seal_of_another_row_of_the_same_case_is_refused(refused: Refused) -> None:
    folder = Folder.objects.create()
    assert refused(put(a_person(folder), stored(a_person(folder, name="李四"))))


def test_a_seal_of_another_case_is_refused(refused: Refused) -> None:
    assert refused(put(a_person(), stored(a_person())))


def test_a_row_moved_to_another_case_is_refused(refused: Refused) -> None:
    person, other = a_person(), Folder.objects.create()
    Person.objects.filter(pk=person.pk).update(folder=other)
    assert refused(Person.objects.get(pk=person.pk))


def test_a_seal_of_another_table_is_refused(refused: Refused) -> None:
    person = a_person()
    reporter = Reporter(id=person.pk, folder_id=person.folder_id, name="报案人")
    reporter.save()
    assert refused(put(person, stored(reporter)))


@pytest.mark.attack("T82")
def test_an_earlier_version_put_back_is_refused(refused: Refused) -> None:
    person = a_person()
    earlier = stored(person)
    person.name = "王大明"
    person.save()
    assert refused(put(person, earlier))


@pytest.mark.attack("T82")
def test_a_version_number_turned_back_is_refused(refused: Refused) -> None:
    person = a_person()
    person.name = "王大明"
    person.save()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Person._meta.db_table} SET rev = 1 WHERE id = %s", [person.pk])
    assert refused(Person.objects.get(pk=person.pk))


def test_nothing_is_given_out_in_part() -> None:
    person = a_person(phone="13812345678")
    with pytest.raises(SealError):
        reveal(put(person, b"x", "phone"), "name", "phone", actor=READER)


def test_the_error_carries_no_data() -> None:
    person = a_person()
    with pytest.raises(SealError) as caught:
        reveal(put(person, "王大明".encode()), "name", actor=READER)
    assert (str(caught.value), caught.value.__cause__) == ("not a ciphertext", None)


def test_half_a_character_cannot_be_sealed_and_is_not_told() -> None:
    with pytest.raises(SealError) as caught:
        Person(folder=Folder.objects.create(), name="王\ud842").save()
    assert str(caught.value) == "the text holds half a character"


def test_a_changed_row_that_does_not_open_cannot_be_saved_over() -> None:
    person = put(a_person(), b"x")
    person.role = "child"
    with pytest.raises(SealError):
        person.save()
