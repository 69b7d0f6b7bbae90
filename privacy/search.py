"""Finding people by what was heard on the telephone: candidates by tags, opened, compared and audited."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from privacy.actors import ActorLike
from privacy.errors import TooVague
from privacy.normalise import normalise_id, normalise_phone
from privacy.purposes import Purpose
from privacy.reading import search_read
from privacy.tags import Term, having
from privacy.terms import (
    ID_NUMBER,
    NAME,
    PHONE,
    TAIL,
    grams,
    is_vague,
    joined,
    kind_of,
    pinyin_terms,
    surname_pinyin,
    typed_pinyin,
)

MOST_FOUND = 200
# A rare name can share its short tag with a common one: its namesakes by tag are opened and put aside.
MOST_CANDIDATES = 2000
DIGITS = re.compile(r"[0-9０-９+＋()（）\s\-－–—]+")
ID_NUMBERS = re.compile(r"[1-9][0-9]{16}[0-9X]")
ID_TAIL = re.compile(r"[0-9]{3,16}X")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to look: in which kind of field, by which tags (first the widest), and the proof."""

    kind: str
    terms: tuple[tuple[Term, ...], ...]
    proves: Callable[[str], bool]


def ways(text: str) -> list[Way]:
    """What the text can mean. TooVague where it means too many people."""
    number = normalise_id(text)
    if ID_NUMBERS.fullmatch(number):
        return [Way(ID_NUMBER, (((Purpose.BI_ID, number),),), lambda held: normalise_id(held) == number)]
    if ID_TAIL.fullmatch(number):
        return [_id_tail(number)]
    if DIGITS.fullmatch(text.strip()):
        return _by_digits(normalise_phone(text))
    letters = typed_pinyin(text)
    if letters and not re.search(r"[^\x00-\u02af\u0300-\u036f]", text):
        return [_by_pinyin(letters)]
    return [_by_name(text)]


def _by_digits(digits: str) -> list[Way]:
    if len(digits) < TAIL:
        raise TooVague
    if len(digits) >= 10:
        whole = ((Purpose.BI_PHONE, digits),)
        return [Way(PHONE, (whole,), lambda held: normalise_phone(held) == digits)]
    tail = ((Purpose.BI_PHONE, digits[-TAIL:]),)
    by_phone = Way(PHONE, (tail,), lambda held: normalise_phone(held).endswith(digits))
    return [by_phone, _id_tail(digits)] if len(digits) <= 6 else [by_phone]


def _id_tail(tail: str) -> Way:
    terms = ((Purpose.BI_ID, tail[-TAIL:]),)
    return Way(ID_NUMBER, (terms,), lambda held: normalise_id(held).endswith(tail))


def _by_pinyin(letters: str) -> Way:
    if len(letters) < 2 or letters in surname_pinyin():
        raise TooVague
    return Way(NAME, (((Purpose.BI_PINYIN, letters),),), lambda held: letters in pinyin_terms(held))


def _by_name(text: str) -> Way:
    name = joined(text)
    if is_vague(name):
        raise TooVague
    parts = tuple((Purpose.BI_GRAM, gram) for gram in sorted(grams(name)))
    whole = ((Purpose.BI_NAME, name),)
    return Way(NAME, (parts, whole) if parts else (whole,), lambda held: name in joined(held))


def find_people(
    qs: Any,
    text: str,
    *,
    sealed_fields: Sequence[str] = ("name", "phone", "id_number"),
    actor: ActorLike,
    field: str = "tags",
) -> list[Any]:
    """People by phone, tail, ID number, name, part of a name, pinyin or initials, within `qs`.

    Raises TooVague for a single character, a bare surname or more than 200 people. Every owner found gets
    one SEARCH row in the read audit; a search that finds nobody gets one without an owner.
    """
    asked = [(way, names) for way in ways(text) if (names := _fields_of(way.kind, sealed_fields))]
    if not asked:
        return []
    names = sorted({name for _, found in asked for name in found})

    def matches(clear: dict[str, Any]) -> bool:
        return any(way.proves(clear[name]) for way, found in asked for name in found if clear[name])

    def read(rows: list[Any]) -> list[Any]:
        return search_read(rows, names, matches, actor=actor, model=qs.model)

    # The widest tags first, then narrower ones; last, all who share the widest tags, most of whom are put aside.
    for choice in range(max(len(way.terms) for way, _ in asked)):
        rows = _candidates(qs, [way for way, _ in asked], choice, field, MOST_FOUND)
        if rows is not None and ((people := read(rows)) or not choice):
            return people
    rows = _candidates(qs, [way for way, _ in asked], 0, field, MOST_CANDIDATES)
    if rows is None or len(people := read(rows)) > MOST_FOUND:
        raise TooVague
    return people


def _candidates(qs: Any, asked: list[Way], choice: int, field: str, most: int) -> list[Any] | None:
    """Rows that bear the tags of this choice; None where there are more than `most`."""
    wanted = Q()
    for way in asked:
        wanted |= having(*way.terms[min(choice, len(way.terms) - 1)], field=field)
    rows = list(qs.filter(wanted)[: most + 1])
    return rows if len(rows) <= most else None


def _fields_of(kind: str, names: Sequence[str]) -> list[str]:
    return [name for name in names if kind_of(name) == kind]
