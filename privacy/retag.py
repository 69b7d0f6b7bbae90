"""Tags made anew from the row's own sealed fields, where the keys of the index have changed since it was read."""

from collections.abc import Iterable
from typing import Any

from privacy.keys import WRITES, ring
from privacy.places import Place
from privacy.purposes import Purpose
from privacy.tags import TagsField, id_tags, name_tags, phone_tags
from privacy.terms import ID_NUMBER, PHONE, kind_of

INDEXES = (Purpose.BI_PHONE, Purpose.BI_ID, Purpose.BI_NAME, Purpose.BI_GRAM, Purpose.BI_PINYIN)
MAKERS = {ID_NUMBER: id_tags, PHONE: phone_tags}


def tags_field(model: Any) -> TagsField | None:
    return next((f for f in model._meta.local_concrete_fields if isinstance(f, TagsField)), None)


def tags_of(row: Any, place: Place) -> list[int]:
    """All tags of a row under the keys that are written now. Opens its fields: whoever calls writes that down."""
    found: list[int] = []
    for name in row.tagged:
        field, held = row._meta.get_field(name), row.__dict__[name]
        clear = None if held is None else field.opened(place, held)
        if clear:
            found += MAKERS.get(kind_of(name), name_tags)(clear)
    return found


def are_stale(tags: Iterable[int]) -> bool:
    """Tags of a key that is written no more, or of one of two keys only. Nobody but a rotation makes them so."""
    kids = {tag >> 16 for tag in tags}
    for purpose in INDEXES:
        mine = {kid for kid in kids if kid & 15 == purpose}
        if mine and mine != {key.kid for key in ring.purpose_keys(purpose, WRITES)}:
            return True
    return False
