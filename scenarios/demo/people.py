"""Invented people: names as they are spread in the district, numbers that belong to nobody."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from casework.codes import Language
from privacy.normalise import id_check_character

DATA = Path(__file__).parent.parent / "data" / "demo"
# 1507 99: no such county. 154: a mobile prefix that was never given out.
NOWHERE, UNUSED = "150799", "154"


@cache
def words(name: str) -> dict[str, Any]:
    """One of the two word lists of the demonstration."""
    return dict(yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader))


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    sex: str
    age: int
    phone: str
    id_number: str
    work: str
    language: str


def somebody(rng: Random, sex: str, age: int, year: int, surname: str = "") -> Somebody:
    mongolian = not surname and rng.random() < 0.17
    name = _mongolian(rng, sex) if mongolian else (surname or a_surname(rng)) + _given(rng, sex)
    speaks = Language.MONGOLIAN if mongolian and rng.random() < 0.3 else Language.CHINESE
    work = "学生" if 6 < age < 18 else ("" if age < 7 else rng.choice(words("names")["work"]))
    return Somebody(name, sex, age, a_phone(rng), _id_number(rng, sex, year - age), work, speaks)


def a_surname(rng: Random) -> str:
    if rng.random() < 0.03:
        return str(rng.choice(words("names")["compound"]))
    weights: dict[str, int] = words("names")["surnames"]
    return rng.choices(list(weights), list(weights.values()))[0]


def a_phone(rng: Random) -> str:
    return f"{UNUSED}{rng.randrange(10**8):08d}"


def _given(rng: Random, sex: str) -> str:
    pool = words("names")["female" if sex == "f" else "male"]
    if rng.random() < 0.05:
        return str(rng.choice(words("names")["rare"]))
    return str(rng.choice(pool["one"] if rng.random() < 0.3 else pool["two"]))


def _mongolian(rng: Random, sex: str) -> str:
    return str(rng.choice(words("names")["mongolian_female" if sex == "f" else "mongolian_male"]))


def _id_number(rng: Random, sex: str, year: int) -> str:
    """A valid checksum over a county that does not exist. Odd order numbers are men's."""
    order = rng.randrange(0, 500) * 2 + (1 if sex == "m" else 0)
    head = f"{NOWHERE}{year}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}{order:03d}"
    return head + id_check_character(head)
