"""The people of these tests: one who reads, one who is sealed."""

import uuid
from dataclasses import dataclass
from typing import Any

from tests.privacy.sample.models import Folder, Person

USER, AGENCY = uuid.UUID(int=7), uuid.UUID(int=9)


@dataclass(frozen=True)
class Reader:
    user_id: uuid.UUID = USER
    agency_id: uuid.UUID | None = AGENCY
    role: str = "operator"


READER = Reader()


def a_person(folder: Folder | None = None, **columns: Any) -> Person:
    """A saved person, fetched back: what any reader starts from."""
    person = Person(folder=folder or Folder.objects.create(), **{"name": "王小明", **columns})
    person.acting(READER).save()
    return Person.objects.get(pk=person.pk)
