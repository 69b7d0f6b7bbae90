"""The blind index as the rooms use it: tags to write, people to find."""

from privacy.search import find_people
from privacy.tags import TagsField, alike, candidates, id_tags, name_tags, phone_tags, tags_index

__all__ = [
    "TagsField",
    "alike",
    "candidates",
    "find_people",
    "id_tags",
    "name_tags",
    "phone_tags",
    "tags_index",
]
