"""Old versions are ciphertext, open under their own version, and cost no query of their own."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction

from privacy.audit import ReadAudit
from privacy.errors import SealError
from privacy.reading import reveal_many
from tests.attacks.record import Tried
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person

pytestmark = pytest.mark.django_db
TABLE = Person._meta.db_table


def renamed(*names: str) -> Person:
    person = a_person(name=names[0])
    for name in names[1:]:
        person.name = name
        person.acting(READER).save()
    return person


def test_each_version_opens_under_its_own_number() -> None:
    rows = list(renamed("甲", "乙", "丙").history.order_by("rev"))
    assert [(r.rev, o["name"]) for r, o in zip(rows, _open(rows), strict=True)] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
    ]


def test_opening_history_asks_nothing_per_row(django_assert_num_queries: Any) -> None:
    rows = list(renamed("甲", "乙", "丙").history.all())
    with django_assert_num_queries(1):
        _open(rows)


def test_versions_of_one_row_are_one_audit_row() -> None:
    person = renamed("甲", "乙")
    _open(list(person.history.all()))
    assert list(_audits(person)) == [(Person._meta.db_table, [person.pk], ["name"])]


def test_the_actor_is_kept_as_an_id() -> None:
    assert renamed("甲").history.get().history_user == READER.user_id


def test_nobody_acting_is_nobody() -> None:
    person = Person.objects.get(pk=a_person().pk)
    person.save()
    assert person.history.first().history_user is None


def test_history_has_uuids_and_neither_tags_nor_reasons() -> None:
    model = Person.history.model
    names = {field.name for field in model._meta.concrete_fields}
    assert (model._meta.pk.get_internal_type(), names & {"tags", "history_change_reason"}) == (
        "UUIDField",
        set(),
    )


@pytest.mark.attack("T83")
def test_an_old_version_put_into_the_live_row_is_refused(tried: Tried) -> None:
    person = renamed("甲", "乙")
    live, old = Person._meta.db_table, Person.history.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {live} l SET name = h.name FROM {old} h WHERE h.id = l.id AND h.rev = 1")
    answer = "opens"
    try:
        _open([Person.objects.get(pk=person.pk)])
    except SealError:
        answer = "refused"
    tried(request="UPDATE live SET name = history.name", actor="dba", expected="refused", got=answer)


def test_an_old_row_given_another_version_is_refused() -> None:
    person = renamed("甲", "乙")
    person.history.filter(rev=1)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Person.history.model._meta.db_table} SET rev = 2 WHERE rev = 1")
    with pytest.raises(SealError):
        _open(list(person.history.all()))


def test_a_deleted_row_leaves_its_last_version() -> None:
    person = renamed("甲", "乙")
    pk = person.pk
    person.delete()
    last = Person.history.filter(id=pk).order_by("-history_date").first()
    assert (last.history_type, _open([last])) == ("-", [{"name": "乙"}])


def test_clear_data_cannot_be_put_into_history() -> None:
    row = a_person().history.get()
    row.name, row.pk = "种", uuid.uuid4()
    with pytest.raises(Exception, match="clear data"):
        row.save(force_insert=True)


def _loaded(person: Any) -> None:
    """What loaddata does with a file: a save that goes around ours."""
    [found] = serializers.deserialize("python", serializers.serialize("python", [person]))
    found.save()


def _sealed_elsewhere(person: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET name = (SELECT name FROM {TABLE} WHERE id <> %s LIMIT 1)", [person.pk]
        )


AROUND: dict[str, Callable[[Any], object]] = {
    "update()": lambda person: Person.objects.filter(pk=person.pk).update(name="种"),
    "update() of the version": lambda person: Person.objects.filter(pk=person.pk).update(rev=7),
    "bulk_update()": lambda person: Person.objects.bulk_update([person], ["name"]),
    "loaddata": _loaded,
    "UPDATE with another row's seal": _sealed_elsewhere,
    "UPDATE with clear data": lambda person: _sql("UPDATE {} SET name = '种'", person),
    "UPDATE of the version": lambda person: _sql("UPDATE {} SET rev = rev + 1", person),
}


def _sql(text: str, person: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text.format(TABLE) + " WHERE id = %s", [person.pk])


@pytest.mark.attack("T96")
@pytest.mark.parametrize("way", AROUND)
def test_a_way_around_the_history_is_refused_or_does_not_open(way: str, tried: Tried) -> None:
    a_person()
    person, got = renamed("甲", "乙"), "written and opened"
    try:
        with transaction.atomic():
            AROUND[way](person)
            _open([Person.objects.get(pk=person.pk)])
    except (FieldError, SealError, ValueError, TypeError) as refusal:
        got = "refused" if isinstance(refusal, FieldError | ValueError | TypeError) else "does not open"
    expected = "does not open" if way.startswith("UPDATE") else "refused"
    tried(request=way, actor="code or SQL without keys", expected=expected, got=got)


def test_an_old_version_can_be_had_as_an_object() -> None:
    old = renamed("甲", "乙").history.get(rev=1).history_object
    assert (str(old.name), _open([old])) == ("<sealed>", [{"name": "甲"}])


def _open(rows: list[Any]) -> list[dict[str, Any]]:
    return reveal_many([(row, ["name"]) for row in rows], actor=READER)


def _audits(person: Person) -> Any:
    return ReadAudit.objects.filter(owner=person.folder_id).values_list("table", "object_ids", "fields")
