"""Every save writes the next version of the whole row, or says that the row is stale."""

import threading
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from casework.models import Case
from privacy.errors import SealError, StaleRow
from privacy.keyrows import DataKey
from privacy.keys import ring
from privacy.reading import reveal, reveal_many
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Folder, Person, Reporter


def clear(person: Any, *names: str) -> dict[str, Any]:
    return reveal(type(person).objects.get(pk=person.pk), *names, actor=READER)


def test_a_save_bumps_the_version_and_seals_all_anew(db: None) -> None:
    person = a_person(phone="13812345678")
    person.name = "王大明"
    person.save()
    assert (person.rev, clear(person, "name", "phone")) == (2, {"name": "王大明", "phone": "13812345678"})


def test_an_object_can_be_saved_and_read_again_and_again(db: None) -> None:
    person = Person(folder=Folder.objects.create(), name="甲")
    for name in ("乙", "丙"):
        person.save()
        person.name = name
    person.save()
    assert (person.rev, reveal(person, "name", actor=READER)) == (3, {"name": "丙"})


def test_update_fields_still_seals_every_sealed_column(db: None) -> None:
    person = a_person(phone="13812345678", role="victim")
    person.role, person.name = "child", "王大明"
    person.save(update_fields=["role"])
    assert (Person.objects.get(pk=person.pk).role, clear(person, "name", "phone")) == (
        "child",
        {"name": "王大明", "phone": "13812345678"},
    )


def test_no_update_fields_saves_nothing(db: None) -> None:
    person = a_person()
    person.save(update_fields=[])
    assert (person.rev, person.history.count()) == (1, 1)


def test_a_column_can_be_emptied(db: None) -> None:
    person = a_person(phone="13812345678")
    person.phone = None
    person.save()
    assert clear(person, "phone", "name") == {"phone": None, "name": "王小明"}


def test_what_was_not_loaded_is_sealed_anew_too(db: None) -> None:
    pk = a_person(phone="13812345678", address="呼和浩特").pk
    person = Person.objects.defer("address", "phone").get(pk=pk)
    person.name = "王大明"
    person.save()
    assert clear(person, "name", "phone", "address") == {
        "name": "王大明",
        "phone": "13812345678",
        "address": "呼和浩特",
    }


def test_only_some_columns_loaded(db: None) -> None:
    person = Person.objects.only("role").get(pk=a_person().pk)
    person.role = "child"
    person.save()
    assert clear(person, "name") == {"name": "王小明"}


def test_a_late_load_of_a_changed_row_is_stale(db: None) -> None:
    person = Person.objects.defer("name").get(pk=a_person().pk)
    Person.objects.get(pk=person.pk).save()
    with pytest.raises(StaleRow):
        person.name  # noqa: B018
    assert (person.rev, person.get_deferred_fields()) == (1, {"name"})


def test_refresh_brings_version_and_seals_together(db: None) -> None:
    person, other = (p := a_person(phone="13812345678")), Person.objects.get(pk=p.pk)
    other.name = "王大明"
    other.save()
    person.refresh_from_db(fields=["name"])
    assert (person.rev, reveal(person, "name", "phone", actor=READER)) == (
        2,
        {"name": "王大明", "phone": "13812345678"},
    )


def test_a_stale_row_is_not_written(db: None) -> None:
    first = a_person()
    second = Person.objects.get(pk=first.pk)
    first.name, second.name = "先", "后"
    first.save()
    with pytest.raises(StaleRow), transaction.atomic():
        second.save()
    assert (clear(first, "name"), second.rev, first.history.count()) == ({"name": "先"}, 1, 2)


def test_a_deleted_row_is_stale(db: None) -> None:
    person = a_person()
    Person.objects.filter(pk=person.pk).delete()
    with pytest.raises(StaleRow):
        person.save()


def test_after_a_failed_save_nothing_is_lost(db: None) -> None:
    person = a_person()
    person.name, person.folder_id = "王大明", person.pk
    with pytest.raises(SealError):
        person.save()
    person.refresh_from_db(fields=["folder"])
    person.save()
    assert (person.rev, clear(person, "name")) == (2, {"name": "王大明"})


def test_a_failed_insert_keeps_what_was_typed(db: None) -> None:
    person = Person(pk=a_person().pk, folder=Folder.objects.create(), name="王大明")
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()
    assert reveal(person, "name", actor=READER) == {"name": "王大明"}


def test_bulk_create_seals(db: None, django_assert_num_queries: Any) -> None:
    folders = Folder.objects.bulk_create(Folder() for _ in range(3))
    ring.sealing_key(folders[0].pk)
    people = [Person(folder=folder, name=f"人{n}") for folder in folders for n in range(2)]
    with django_assert_num_queries(4):
        Person.objects.bulk_create(people)
    rows = Person.objects.order_by("pk")
    opened = reveal_many([(row, ["name"]) for row in rows], actor=READER)
    assert sorted(o["name"] for o in opened) == ["人0"] * 3 + ["人1"] * 3


def test_a_save_is_two_statements(db: None, django_assert_num_queries: Any) -> None:
    person = a_person()
    with django_assert_num_queries(2):
        person.save()


def test_row_and_history_are_written_together_or_not_at_all(transactional_db: None) -> None:
    person = a_person()
    person._history_date = "no date"
    with pytest.raises(Exception, match="no date"):
        person.save()
    assert (Person.objects.get(pk=person.pk).rev, person.history.count()) == (1, 1)


def test_a_row_without_an_owner_is_refused(db: None) -> None:
    with pytest.raises(SealError):
        Reporter(name="报案人").save()


def test_compartments_have_keys_of_their_own(db: None) -> None:
    person = a_person()
    Reporter(folder_id=person.folder_id, name="报案人").save()
    keys = DataKey.objects.filter(owner=person.folder_id).values_list("compartment", flat=True)
    assert sorted(keys) == ["reporter", "victim"]


def test_a_key_of_an_undone_transaction_seals_nothing(db: None) -> None:
    folder = Folder.objects.create()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Person.objects.create(folder=folder, name="甲")
        raise ZeroDivisionError
    person = Person.objects.create(folder=folder, name="乙")
    ring.forget()
    assert clear(person, "name") == {"name": "乙"}


def _at_once(work: Any, times: int) -> list[str]:
    """What each of so many threads came to: the name of its exception, or 'done'."""
    gate, told = threading.Barrier(times), []

    def run() -> None:
        try:
            gate.wait()
            work()
            told.append("done")
        except Exception as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return sorted(told)


def test_of_many_writers_one_wins(transactional_db: None) -> None:
    pk = a_person().pk
    gate = threading.Barrier(8)

    def write() -> None:
        person = Person.objects.get(pk=pk)
        person.name = "写"
        gate.wait()
        person.save()

    assert _at_once(write, 8) == ["StaleRow"] * 7 + ["done"]


def test_many_first_writers_share_one_key(transactional_db: None) -> None:
    folder = Folder.objects.create()
    told = _at_once(lambda: Person.objects.create(folder_id=folder.pk, name="甲"), 8)
    ring.forget()
    opened = reveal_many([(p, ["name"]) for p in Person.objects.all()], actor=READER)
    assert (told, DataKey.objects.filter(owner=folder.pk).count(), opened) == (
        ["done"] * 8,
        1,
        [{"name": "甲"}] * 8,
    )


def test_only_a_migration_adds_an_empty_sealed_column(db: None) -> None:
    """The live column refuses; its stand-in in a migration takes the default of a new column, which is nothing."""
    stand_in = MigrationLoader(connection).project_state().apps.get_model("casework", "Case")
    field = Case._meta.get_field("cause")
    with pytest.raises(FieldError):
        field.get_db_prep_save(None, connection)
    assert stand_in._meta.get_field("cause").get_db_prep_save(None, connection) is None
