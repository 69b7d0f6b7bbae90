"""Text that leaves the files: no number, address or name by which somebody could be found."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.models import Person
from privacy.blind import name_tags
from privacy.normalise import DOTS
from privacy.terms import grams

LONGEST_NAME = 8
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")
NUMBER = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
DOOR = re.compile(r"\d+\s*(号楼|栋|幢|单元|门牌|室)")
DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]")


def no_numbers(text: object) -> None:
    """Validator: neither telephone nor ID number, and no door."""
    plain = unicodedata.normalize("NFKC", str(text))
    if NUMBER.search(re.sub(r"(?<=\d)[\s-](?=\d)", "", plain)):
        raise ValidationError(_("A telephone or ID number stands in this text. Take it out."), code="number")
    if DOOR.search(plain):
        raise ValidationError(_("A house or room number stands in this text. Take it out."), code="door")


def no_days(text: object) -> None:
    """Validator: a month is enough; a day lets neighbours and newspapers find the rest."""
    if DAY.search(unicodedata.normalize("NFKC", str(text))):
        raise ValidationError(
            _("An exact day stands in this text. Write the month or the season."), code="day"
        )


def names_in(text: str, people: Iterable[Person]) -> int:
    """How many of these people are named in the text: by the tags of their names, so that nothing is opened for it."""
    tags = [frozenset(person.tags) for person in people if person.tags]
    known = frozenset[int]().union(*tags)
    found = [frozenset(name_tags(term)) for term in _perhaps_names(text, known)] if tags else []
    return sum(any(wanted and wanted <= held for wanted in found) for held in tags)


def _perhaps_names(text: str, known: frozenset[int]) -> set[str]:
    """Pieces whose every two neighbouring characters stand in some name; compound surnames have no such tag."""
    found: set[str] = set()
    for run in HAN.findall(unicodedata.normalize("NFKC", text).translate(DOTS).replace("·", "")):
        pairs = [run[i : i + 2] for i in range(len(run) - 1)]
        live = [not grams(pair) or bool(known.intersection(name_tags(pair))) for pair in pairs]
        for start in range(len(pairs)):
            for end in range(start, min(start + LONGEST_NAME - 1, len(pairs))):
                if not live[end]:
                    break
                found.add(run[start : end + 2])
    return found
