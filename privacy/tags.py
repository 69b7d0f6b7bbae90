"""Blind indexes: 16-bit keyed tags, so that a number or a name is found without the database knowing it.

A tag is `kid << 16 | first 16 bits of the MAC (key of the kid, term)` in an int4; the MAC is of the key's suite.
All tags of a row lie in one int4[] column with a GIN index. Tags collide on purpose: candidates are opened and
compared first.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from privacy.envelope import lengths
from privacy.keys import SEARCHES, WRITES, PurposeKey, ring
from privacy.purposes import Purpose
from privacy.suites import suite
from privacy.terms import grams, id_terms, phone_terms, pinyin_terms, whole_names

Term = tuple[Purpose, str]
# What a whole number or name is tagged under; grams and pinyin are parts that many people share.
WHOLE = frozenset({Purpose.BI_PHONE, Purpose.BI_ID, Purpose.BI_NAME})
NUMBERS = frozenset({Purpose.BI_PHONE, Purpose.BI_ID})


class TagsField(ArrayField):  # type: ignore[type-arg]
    """int4[] of tags, sorted and unique: their order tells nothing. Give the model `tags_index(...)`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            models.IntegerField(), **{"default": list, "editable": False, "blank": True, **kwargs}
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {k: v for k, v in kwargs.items() if k not in ("base_field", "size")}

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        tags = sorted(set(value)) if isinstance(value, list | tuple | set) else value
        return super().get_db_prep_value(tags, connection, prepared)


def tags_index(name: str, field: str = "tags") -> GinIndex:
    """For Meta.indexes of every model with tags."""
    return GinIndex(fields=[field], name=name)


def tag(key: PurposeKey, term: str) -> int:
    digest = suite(key.suite).mac(key.key, lengths(term.encode("utf-8", "replace")))
    return key.kid << 16 | int.from_bytes(digest[:2], "big")


def _tags(terms: Iterable[Term], states: tuple[str, ...] = WRITES) -> list[int]:
    return [tag(key, term) for purpose, term in terms for key in ring.purpose_keys(purpose, states)]


def phone_tags(phone: str | None) -> list[int]:
    """The whole number and its last four digits."""
    whole_and_tail = phone_terms(phone or "")
    return _tags((Purpose.BI_PHONE, term) for term in whole_and_tail) if whole_and_tail else []


def id_tags(number: str | None) -> list[int]:
    """The whole number and its last four characters."""
    whole_and_tail = id_terms(number or "")
    return _tags((Purpose.BI_ID, term) for term in whole_and_tail) if whole_and_tail else []


def name_tags(name: str | None) -> list[int]:
    """Whole name and parts, two-character grams, full pinyin and initials."""
    return _tags(name_terms(name)) if name else []


def name_terms(name: str) -> list[Term]:
    return [
        *((Purpose.BI_NAME, term) for term in whole_names(name)),
        *((Purpose.BI_GRAM, term) for term in grams(name)),
        *((Purpose.BI_PINYIN, term) for term in pinyin_terms(name)),
    ]


def having(*terms: Term, field: str = "tags") -> Q:
    """Rows that carry the tags of all these terms, under any key that is or was written (two while an index is renewed)."""
    by_term = [_tags([term], SEARCHES) for term in terms]
    found = Q()
    for tags in product(*by_term):
        found |= Q(**{f"{field}__contains": sorted(set(tags))})
    return found if terms else Q(pk__in=[])


def alike(tags: Iterable[int], field: str = "tags") -> Q:
    """Rows that carry every telephone tag, every ID tag or every name tag among these: perhaps the same person.

    For a hint only: tags collide, and people share names. Nothing is opened.
    """
    by_key: dict[int, list[int]] = defaultdict(list)
    for one in tags:
        if one >> 16 & 15 in WHOLE:
            by_key[one >> 16].append(one)
    found = Q(pk__in=[])
    for of_one_key in by_key.values():
        found |= Q(**{f"{field}__contains": sorted(of_one_key)})
    return found


def known_by_number(tags: Iterable[int], field: str = "tags") -> Q:
    """Rows that carry the whole ID number or the whole telephone among these tags; to be compared with `same_person`."""
    numbers = [one for one in tags if one >> 16 & 15 in NUMBERS]
    return alike(numbers, field)


def same_person(one: Iterable[int], other: Iterable[int]) -> bool:
    """The same ID number; or the same telephone, where neither ID number nor name says otherwise. Nothing is opened."""
    ids, phones, names = (
        _verdict(one, other, purpose) for purpose in (Purpose.BI_ID, Purpose.BI_PHONE, Purpose.BI_NAME)
    )
    if ids is not None:
        return ids
    return phones is True and names is not False


def differ(one: Iterable[int], other: Iterable[int]) -> bool:
    """Two different ID numbers: two people, whatever their names."""
    return _verdict(one, other, Purpose.BI_ID) is False


def perhaps_same(one: Iterable[int], other: Iterable[int]) -> bool:
    """The same person, or the same whole name where no ID number says otherwise: for a warning, never a proof."""
    mine, theirs = ({tag for tag in tags if tag >> 16 & 15 == Purpose.BI_NAME} for tags in (one, other))
    named = bool(mine and theirs) and _equal_under_one_key(mine, theirs)
    return same_person(one, other) or (named and not differ(one, other))


def _verdict(one: Iterable[int], other: Iterable[int], purpose: Purpose) -> bool | None:
    """Equal, unequal, or None where one side has nothing to compare. Names agree in one part: a given name alone."""
    mine, theirs = ({tag for tag in tags if tag >> 16 & 15 == purpose} for tags in (one, other))
    if not mine or not theirs:
        return None
    return bool(mine & theirs) if purpose == Purpose.BI_NAME else _equal_under_one_key(mine, theirs)


def _equal_under_one_key(mine: set[int], theirs: set[int]) -> bool:
    """While an index is renewed, rows carry the tags of the old key, of the new one, or of both."""
    keys = {tag >> 16 for tag in mine} & {tag >> 16 for tag in theirs}
    return any({t for t in mine if t >> 16 == k} == {t for t in theirs if t >> 16 == k} for k in keys)


def candidates(qs: Any, *terms: Term, field: str = "tags") -> Any:
    """Rows that may match all terms: to be opened and compared, never shown as found."""
    return qs.filter(having(*terms, field=field))
