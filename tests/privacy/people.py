"""The people of these tests: one who reads, one who is sealed."""

import uuid
from dataclasses import dataclass
from typing import Any

from tests.privacy.sample.models import Folder, Person


@dataclass(frozen=True)
class Reader:
    user_id: uuid.UUID = uuid.UUID(int=7)
    agency_id: uuid.UUID | None = uuid.UUID(int=9)
    role: str = "operator"


READER = Reader()


def a_person(folder: Folder | None = None, **columns: Any) -> Person:
    """A saved person, fetched back: what any reader starts from."""
    person = Person(folder=folder or Folder.objects.create(), **{"name": "王小明", **columns})
    person.acting(READER).save()
    return Person.objects.get(pk=person.pk)
