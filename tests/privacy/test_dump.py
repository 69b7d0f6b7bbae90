"""Whoever takes the tables gets nothing: no name, no number, in any writing."""

import base64
import pickle
from collections.abc import Iterator

import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from privacy.blind import find_people, id_tags, name_tags, phone_tags
from privacy.reading import reveal
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Person

CANARIES = ["金丝雀娜", "13987650123", "11010519491231002X", "金丝雀胡同七号", "雀鸣日记"]
PINYIN = ["jinsiquena", "jsqn"]


def writings(text: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        raw = text.encode(encoding)
        yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), base64.b64encode(raw)[:-4])


def dump() -> bytes:
    """Every table as text (bytea in hex) and every bytea as it lies."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            copied = SQL("COPY {} TO STDOUT").format(Identifier(table)).as_string(connection.connection)
            with cursor.copy(copied) as copy:
                parts += [bytes(part) for part in copy]
            rows = SQL("SELECT * FROM {}").format(Identifier(table)).as_string(connection.connection)
            cursor.execute(rows)
            parts += [bytes(v) for row in cursor.fetchall() for v in row if isinstance(v, bytes | memoryview)]
    return b"\n".join(parts)


@pytest.mark.django_db
def test_a_dump_holds_no_canary() -> None:
    name, phone, number, address, diary = CANARIES
    tags = name_tags(name) + phone_tags(phone) + id_tags(number)
    sealed = {
        "name": name,
        "phone": phone,
        "id_number": number,
        "address": address,
        "details": {diary: diary},
    }
    person = a_person(**sealed, tags=tags, role="a-clear-code")
    person.name = f"{name}娜"
    person.acting(READER).save()
    reveal(person, *sealed, actor=READER)
    find_people(Person.objects.all(), name, actor=READER)
    person.delete()
    taken = dump() + pickle.dumps(person)
    hits = [text for text in CANARIES + PINYIN for form in writings(text) if form in taken]
    assert (hits, b"a-clear-code" in taken) == ([], True)
