"""A layout is a YAML file beside its builder: the fixed Chinese words of a form and the names of the facts in it.

Filling is one pass over the layout: a fact is put in as it is and never read again, whatever it looks like.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casework.paper.literal import literal
from casework.tools import Words

Block = dict[str, Any]
Facts = Mapping[str, Any]
SLOT = re.compile(r"\{([\w.]+)\}")
BLANK = "＿＿＿＿＿＿"
STYLES = ("form", "letter")


@dataclass(frozen=True, slots=True)
class Layout:
    """`purpose` and `secrecy` stand at the head of every page; `style`: form (a table) or letter (an official letter)."""

    title: Words
    purpose: str
    secrecy: str
    style: str
    body: tuple[Block, ...]


@cache
def load(path: Path) -> Layout:
    """The layout of this file; ValueError where a block is of no known kind."""
    row = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    body = tuple(row["body"])
    if row.get("style", "form") not in STYLES:
        raise ValueError(f"{path.name}: style")
    _check(path, body)
    return Layout(Words(**row["title"]), row["purpose"], row["secrecy"], row.get("style", "form"), body)


def _check(path: Path, body: Any) -> None:
    for block in body:
        kinds = [name for name in block if name in FILLERS]
        if len(kinds) != 1 or set(block) - {kinds[0], "when", "body"}:
            raise ValueError(f"{path.name}: {block}")
        _check(path, block.get("body", ()))


def fill(body: Any, facts: Facts) -> list[Block]:
    """The blocks to be drawn: plain text only, every repetition written out."""
    found: list[Block] = []
    for block in body:
        if "when" in block and not look_up(facts, block["when"]):
            continue
        if "each" in block:
            for row in look_up(facts, block["each"]) or ():
                found += fill(block["body"], {**facts, **row})
            continue
        kind = next(name for name in block if name in FILLERS)
        found.append({"kind": kind, **FILLERS[kind](block[kind], facts)})
    return found


def look_up(facts: Facts, name: str) -> Any:
    """The fact of a dotted name; None where there is none."""
    value: Any = facts
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def fact(facts: Facts, name: str) -> str:
    return literal(look_up(facts, name))


def put_in(words: str, facts: Facts) -> str:
    """Fixed words with facts in their slots; what is not known becomes a line to be filled in by hand."""
    return SLOT.sub(lambda slot: fact(facts, slot[1]) or BLANK, words)


def _words(words: str, facts: Facts) -> Block:
    return {"text": put_in(words, facts)}


def _grid(rows: list[list[str]], facts: Facts) -> Block:
    """Rows of label, fact, label, fact ..."""
    pairs = [list(zip(row[::2], row[1::2], strict=True)) for row in rows]
    return {"rows": [[{"label": label, "value": fact(facts, name)} for label, name in row] for row in pairs]}


def _box(block: Block, facts: Facts) -> Block:
    return {"label": block["label"], "value": fact(facts, block["fact"]), "lines": block.get("lines", 2)}


def _list(block: Block, facts: Facts) -> Block:
    """A table of several; at least `blank` rows, so that more can be written in by hand."""
    rows = [[fact(row, name) for name in block["cols"]] for row in look_up(facts, block["of"]) or ()]
    rows += [[""] * len(block["cols"])] * (block.get("blank", 1) - len(rows))
    return {"head": block["head"], "widths": block.get("widths", [1] * len(block["cols"])), "rows": rows}


def _items(block: Any, facts: Facts) -> Block:
    """A numbered list: of fixed words, or of the facts under one name."""
    if isinstance(block, str):
        return {"items": [literal(item) for item in look_up(facts, block) or ()] or [BLANK]}
    return {"items": [put_in(words, facts) for words in block]}


def _sign(labels: list[str], facts: Facts) -> Block:
    return {"labels": [put_in(label, facts) for label in labels]}


def _each(block: Any, facts: Facts) -> Block:
    raise TypeError("written out by fill")


FILLERS: dict[str, Callable[[Any, Facts], Block]] = {
    "head": _words, "text": _words, "plain": _words, "note": _words, "to": _words, "seal": _words, "part": _words,
    "grid": _grid, "box": _box, "list": _list, "items": _items, "sign": _sign, "each": _each,
}  # fmt: skip
