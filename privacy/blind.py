"""The blind index as the rooms use it: tags to write, people to find."""

from privacy.search import find_people
from privacy.tags import (
    TagsField,
    alike,
    candidates,
    differ,
    id_tags,
    known_by_number,
    name_tags,
    perhaps_same,
    phone_tags,
    same_person,
    tags_index,
)

__all__ = [
    "TagsField",
    "alike",
    "candidates",
    "differ",
    "find_people",
    "id_tags",
    "known_by_number",
    "name_tags",
    "perhaps_same",
    "phone_tags",
    "same_person",
    "tags_index",
]
