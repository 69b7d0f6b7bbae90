"""What each kind of matter needs, as data: forms of harm, first steps, a checklist, where help is asked for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casework.codes import Matter
from casework.tools import Words

DATA = Path(__file__).parent / "data" / "case_types.yaml"
HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Harm:
    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a checklist. `first`: before anything else. Without `law` it is practice, not law."""

    key: str
    words: Words
    first: bool
    law: str


@dataclass(frozen=True, slots=True)
class CaseType:
    """`refer`: services of a hand-over to offer first."""

    matter: str
    version: int
    protection: str
    forms: tuple[str, ...]
    harms: tuple[Harm, ...]
    items: tuple[Step, ...]
    refer: tuple[str, ...]

    @property
    def highest(self) -> bool:
        return self.protection == HIGHEST

    def harm_words(self, keys: list[str]) -> list[str]:
        return [str(harm.words) for harm in self.harms if harm.key in keys]


def _type(row: dict[str, Any], version: int) -> CaseType:
    harms = tuple(Harm(h["key"], Words(h["zh"], h["en"])) for h in row.get("harms", ()))
    items = tuple(
        Step(i["key"], Words(i["zh"], i["en"]), i.get("first", False), i.get("law", "")) for i in row["items"]
    )
    forms, refer = tuple(row["forms"]), tuple(row["refer"])
    return CaseType(row["matter"], version, row["protection"], forms, harms, items, refer)


@cache
def case_types() -> dict[str, CaseType]:
    data = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {row["matter"]: _type(row, data["version"]) for row in data["types"]}


def case_type(matter: str) -> CaseType:
    return case_types()[matter]


# Reading the texts of these is for whoever is responsible and the duty leader (H03).
HIGHEST_MATTERS = frozenset(matter for matter in Matter.values if case_type(matter).highest)
