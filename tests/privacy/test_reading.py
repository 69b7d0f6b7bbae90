"""No audit row, no data."""

import threading
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from privacy.audit import Action, Purpose, ReadAudit, record_read
from privacy.errors import ProofNeeded, SealError, Unrecorded
from privacy.middleware import RequestIdMiddleware
from privacy.reading import reveal, reveal_many
from privacy.request import person_proved, request_id, request_scope
from tests.privacy.people import READER, Reader, a_person
from tests.privacy.sample.models import Folder, Person

pytestmark = pytest.mark.django_db
TABLE = Person._meta.db_table


def rows() -> list[tuple[Any, ...]]:
    return list(ReadAudit.objects.order_by("at").values_list("owner", "object_ids", "fields", "outcome"))


def test_a_reading_is_written_down_whole() -> None:
    person = a_person()
    with request_scope() as reads:
        reveal(person, "phone", "name", actor=READER, purpose=Purpose.HOTLINE)
    row = ReadAudit.objects.values().get()
    sealed = [row.pop(name) for name in ("id", "at", "kid", "writer", "n", "prev", "mac")]
    assert all(value is not None for value in sealed)
    assert row == {
        "actor_user": READER.user_id,
        "actor_role": "operator",
        "actor_agency": READER.agency_id,
        "owner": person.folder_id,
        "table": TABLE,
        "object_ids": [person.pk],
        "fields": ["name", "phone"],
        "action": "read",
        "purpose": "hotline",
        "outcome": "ok",
        "request_id": reads.id,
        "place": "",
        "session": None,
        "origin": None,
    }


def test_a_page_is_one_row_per_case_and_one_statement(django_assert_num_queries: Any) -> None:
    folder = Folder.objects.create()
    people = [a_person(folder), a_person(folder), a_person()]
    with django_assert_num_queries(1):
        reveal_many([(p, ["name"]) for p in people], actor=READER)
    assert sorted(len(r[1]) for r in rows()) == [1, 2]


def test_the_order_of_a_page_is_kept() -> None:
    people = [a_person(name=name) for name in "丙甲乙"]
    assert [o["name"] for o in reveal_many([(p, ["name"]) for p in people], actor=READER)] == list("丙甲乙")


def test_without_the_audit_nothing_opens() -> None:
    person = a_person()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_readaudit ADD CONSTRAINT never CHECK (false) NOT VALID")
    with pytest.raises(Unrecorded, match="IntegrityError"), transaction.atomic():
        reveal(person, "name", actor=READER)


def test_an_unknown_or_clear_column_is_refused() -> None:
    with pytest.raises(TypeError):
        reveal(a_person(), "role", actor=READER)


def test_a_failed_check_is_written_down(transactional_db: None) -> None:
    good, bad = a_person(), a_person()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET name = 'x' WHERE id = %s", [bad.pk])
    pairs = [(p, ["name"]) for p in Person.objects.all()]
    with pytest.raises(SealError):
        reveal_many(pairs, actor=READER)
    failed = [(r[0], r[1]) for r in rows() if r[3] == "seal_error"]
    assert (failed, good.folder_id != bad.folder_id) == ([(bad.folder_id, [bad.pk])], True)


def test_the_same_reading_in_one_request_is_one_row() -> None:
    person = a_person()
    with request_scope():
        for _ in range(3):
            reveal(person, "name", "phone", actor=READER)
        reveal(person, "name", actor=READER)
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "again",
    [
        {"names": ["name", "address"]},
        {"purpose": Purpose.DOCUMENT},
        {"actor": Reader(user_id=uuid.UUID(int=8))},
        {"action": Action.PRINT},
    ],
)
def test_another_reading_in_the_same_request_is_another_row(again: dict[str, Any]) -> None:
    person = a_person()
    with request_scope():
        reveal(person, "name", actor=READER)
        reveal(person, *again.pop("names", ["name"]), **{"actor": READER, **again})
    assert len(rows()) == 2


def test_another_person_of_the_case_is_another_row() -> None:
    folder = Folder.objects.create()
    with request_scope():
        for person in (a_person(folder), a_person(folder)):
            reveal(person, "name", actor=READER)
    assert len(rows()) == 2


def test_what_was_undone_is_written_down_again() -> None:
    person = a_person()
    with request_scope():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            reveal(person, "name", actor=READER)
            raise ZeroDivisionError
        reveal(person, "name", actor=READER)
    assert len(rows()) == 1


def test_outside_of_requests_every_reading_is_a_row() -> None:
    person = a_person()
    for _ in range(2):
        reveal(person, "name", actor=READER)
    assert len(rows()) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE privacy_readaudit SET owner = NULL",
        "DELETE FROM privacy_readaudit",
        "TRUNCATE privacy_readaudit",
    ],
)
def test_the_audit_cannot_be_changed(sql: str) -> None:
    reveal(a_person(), "name", actor=READER)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_reading_without_sealed_columns_can_be_recorded() -> None:
    owner = uuid.uuid4()
    record_read(
        actor=READER,
        action=Action.FILE,
        owner=owner,
        table="files",
        object_ids=[owner],
        fields=["file"],
        purpose=Purpose.CASEWORK,
    )
    assert rows() == [(owner, [owner], ["file"], "ok")]


def test_the_audit_holds_no_personal_data() -> None:
    reveal(a_person(name="王小明", phone="13812345678"), "name", "phone", actor=READER)
    told = str(ReadAudit.objects.values().get())
    assert [word in told for word in ("王小明", "13812345678")] == [False, False]


def test_a_request_has_an_id_of_our_own() -> None:
    seen = []
    answer = RequestIdMiddleware(lambda request: seen.append(request_id()) or _answer())
    response = answer(RequestFactory().get("/", headers={"X-Request-Id": "mine"}))
    assert (response["X-Request-Id"], request_id()) == (seen[0].hex, None)


def test_a_request_takes_the_id_it_was_given_inside() -> None:
    request, given = RequestFactory().get("/"), uuid.uuid4()
    request.request_id = given.hex
    seen = []
    RequestIdMiddleware(lambda request: seen.append(request_id()) or _answer())(request)
    assert seen == [given]


def test_requests_do_not_share_what_they_have_read() -> None:
    seen: list[uuid.UUID | None] = []
    with request_scope():
        thread = threading.Thread(target=lambda: seen.append(request_id()))
        thread.start()
        thread.join()
    assert seen == [None]


def _answer() -> Any:
    return HttpResponse()


def test_on_a_page_a_number_opens_only_after_a_proof_and_nothing_is_written_down_before() -> None:
    person = a_person(id_number="110101199003070038")
    with request_scope():
        person_proved(fresh=False)
        assert reveal(person, "name", actor=READER)["name"]
        with pytest.raises(ProofNeeded):
            reveal(person, "name", "id_number", actor=READER)
        assert [row[2] for row in rows()] == [["name"]]
        person_proved()
        assert reveal(person, "id_number", actor=READER)["id_number"] == "110101199003070038"


def test_an_empty_number_asks_for_nothing() -> None:
    with request_scope():
        person_proved(fresh=False)
        assert reveal(a_person(id_number=None), "id_number", actor=READER) == {"id_number": None}
