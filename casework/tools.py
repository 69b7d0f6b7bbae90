"""The danger tools, loaded as data, and the rule that turns answers into a level."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from casework.codes import Danger

ANSWERS = ("yes", "no", "unknown")
RANK = {Danger.LOW: 1, Danger.UNDETERMINED: 1, Danger.NOT_APPLICABLE: 1, Danger.MEDIUM: 2, Danger.HIGH: 3}


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages; prints itself in the language of the page."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    words: Words
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    id: str
    version: str
    label: Words
    owner: Words
    licence: Words
    population: Words
    high_from: int
    medium_from: int
    items: tuple[Item, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)


@dataclass(frozen=True, slots=True)
class Score:
    level: str
    yes_count: int
    unknown_count: int
    flagged: bool


def _tool(row: dict[str, Any]) -> Tool:
    items = [Item(i["key"], Words(i["zh"], i["en"])) for i in row["items"]]
    flags = [Item(i["key"], Words(i["zh"], i["en"]), flag=True) for i in row["flags"]]
    label, owner, licence, population = (
        Words(**row[name]) for name in ("label", "owner", "licence", "population")
    )
    bands = row["high_from"], row["medium_from"]
    return Tool(row["id"], row["version"], label, owner, licence, population, *bands, (*items, *flags))


@cache
def tools() -> dict[str, Tool]:
    rows = yaml.load(
        (Path(__file__).parent / "data" / "tools.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return {row["id"]: _tool(row) for row in rows}


def current_tool() -> Tool:
    return tools()["ACWF-9+2"]


def score(tool: Tool, answers: Mapping[str, str]) -> Score:
    """Unanswered is not no: low needs every answer, and what is not known never outweighs a yes."""
    given = {item.key: answers.get(item.key, "unknown") for item in tool.items}
    yes = sum(given[item.key] == "yes" for item in tool.items if not item.flag)
    flagged = any(given[item.key] == "yes" for item in tool.items if item.flag)
    unknown = sum(answer == "unknown" for answer in given.values())
    return Score(_level(tool, yes, unknown, flagged), yes, unknown, flagged)


def _level(tool: Tool, yes: int, unknown: int, flagged: bool) -> str:
    if flagged or yes >= tool.high_from:
        return Danger.HIGH
    if yes >= tool.medium_from:
        return Danger.MEDIUM
    return Danger.UNDETERMINED if unknown else Danger.LOW


def may_raise(computed: str, level: str) -> bool:
    """A worker may judge the danger higher than the scale, never lower."""
    return RANK[Danger(level)] > RANK[Danger(computed)]
