"""What of a name, a phone or an ID number can be asked for. Never a bare surname or a single character.

Rank matching of such tags would give back a third of all surnames from a stolen dump (docs/adr, blind index).
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

from pypinyin import Style, lazy_pinyin

from privacy.normalise import normalise_id, normalise_name, normalise_phone
from privacy.surnames import COMMON, COMPOUND, READINGS

MOST_READINGS = 3
NAME, PHONE, ID_NUMBER = "name", "phone", "id"
TAIL = 4


def joined(name: str) -> str:
    """The normalised name without its dots: 阿拉腾其其格."""
    return normalise_name(name).replace("·", "")


def whole_names(name: str) -> set[str]:
    """The name as a whole and, where it has parts (阿拉腾·其其格), each part that is not vague by itself."""
    parts = normalise_name(name).split("·")
    return {term for term in {"".join(parts), *parts} if not is_vague(term)}


def grams(name: str) -> set[str]:
    """Every two neighbouring characters, except a two-character surname."""
    text = joined(name)
    return {text[i : i + 2] for i in range(len(text) - 1)} - COMPOUND.keys()


def pinyin_terms(name: str) -> set[str]:
    """Full pinyin under every reading of the surname, and the initials; nothing of a lone syllable."""
    latin = {plain_letters(name), typed_pinyin(name)}
    terms = latin if not re.search(r"[^\x00-\u02af\u0300-\u036f·]", normalise_name(name)) else set()
    for syllables in _spellings(joined(name)):
        if len(syllables) > 1:
            terms |= {"".join(syllables), "".join(s[0] for s in syllables)}
    return {term for term in terms if len(term) > 1 and term not in surname_pinyin()}


def _spellings(text: str) -> list[tuple[str, ...]]:
    """Readings of a name: every reading of its surname (at most three) with the default one of the rest."""
    head = text[:2] if text[:2] in COMPOUND and len(text) > 2 else text[:1]
    rest = _read(text[len(head) :])
    if head in COMPOUND:
        heads = [tuple(reading.split()) for reading in COMPOUND[head]]
    else:
        heads = [(reading,) for reading in _surname_readings(head)] or [()]
    return [(*first, *second) for first, second in product(heads[:MOST_READINGS], [rest])]


def _surname_readings(character: str) -> list[str]:
    """The surname's own readings, then the dictionary's, which people type too (单: shan, dan)."""
    return list(dict.fromkeys([*READINGS.get(character, ()), *_read(character)]))


def _read(text: str) -> tuple[str, ...]:
    """Syllables; a character without a known reading is left out, Latin letters stay together."""
    runs = re.findall(r"[\u0000-\u02af\u0300-\u036f]+|.", text, re.DOTALL)
    return tuple(said for run in runs if (said := _syllable(run) if len(run) == 1 else plain_letters(run)))


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    """The default reading of one character, '' where there is none; of a letter, the letter."""
    read = lazy_pinyin(character, style=Style.NORMAL, errors="ignore")
    return read[0] if read else plain_letters(character)


def typed_pinyin(text: str) -> str:
    """A query in letters: without spaces, tones and apostrophes; ü and u: as v."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("u:", "v").replace("ü", "v")
    return plain_letters(unicodedata.normalize("NFD", folded).replace("u\u0308", "v"))


def plain_letters(text: str) -> str:
    """a to z alone; accents and all else left out."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if "a" <= c <= "z")


@lru_cache(maxsize=1)
def surname_pinyin() -> frozenset[str]:
    """Every spelling of a bare surname: never indexed, never searched."""
    single = {reading for c in {*READINGS, *COMMON} for reading in _surname_readings(c)}
    return frozenset(
        single | {reading.replace(" ", "") for readings in COMPOUND.values() for reading in readings}
    )


def is_vague(name: str) -> bool:
    """A single character or a bare surname."""
    return len(name) < 2 or name in COMPOUND


def phone_terms(phone: str) -> tuple[str, str] | None:
    """(whole, last four digits)."""
    number = normalise_phone(phone)
    return (number, number[-TAIL:]) if len(number) >= TAIL else None


def id_terms(number: str) -> tuple[str, str] | None:
    """(whole, last four characters)."""
    compact = normalise_id(number)
    return (compact, compact[-TAIL:]) if len(compact) >= TAIL else None


def kind_of(name: str) -> str:
    """What a sealed field holds, by its name: id_number, phone or number, else a name."""
    if name.startswith("id_"):
        return ID_NUMBER
    return PHONE if "phone" in name or "number" in name else NAME
