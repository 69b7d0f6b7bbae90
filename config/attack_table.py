"""docs/security.md: every attack with the tests that try it and what the last run of them said."""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "attacks.yaml"
ROOT = Path(__file__).resolve().parent.parent
LAST = ROOT / ".pytest_cache" / "d" / "attacks" / "last.json"
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"


@cache
def groups() -> list[dict[str, Any]]:
    return list(yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["groups"])


def attacks() -> dict[str, dict[str, str]]:
    """Number -> `try`, `must` and, where it is not tried or not whole, `open`."""
    return {number: one for group in groups() for number, one in group["attacks"].items()}


def named(file: Path) -> Iterator[tuple[str, str]]:
    """(attack, test) of every mark in this file, on a test, its class or the file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    everywhere = [
        number
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(getattr(name, "id", "") == "pytestmark" for name in node.targets)
        for number in _numbers(node.value)
    ]
    for owner, inherited in [(tree, everywhere)] + [
        (node, everywhere + _decorated(node)) for node in tree.body if isinstance(node, ast.ClassDef)
    ]:
        for node in owner.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
                path = [
                    str(file.relative_to(ROOT)),
                    *([owner.name] if isinstance(owner, ast.ClassDef) else []),
                ]
                for number in inherited + _decorated(node):
                    yield number, "::".join([*path, node.name])


def _decorated(node: Any) -> list[str]:
    return [number for one in node.decorator_list for number in _numbers(one)]


def _numbers(tree: ast.AST) -> list[str]:
    return [
        str(word.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "attack"
        for word in call.args
        if isinstance(word, ast.Constant)
    ]


def tried_by() -> dict[str, list[str]]:
    """Attack -> the names of its tests."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for number, name in named(file):
            found[number].append(name)
    return found


def outcomes() -> dict[str, set[str]]:
    """Test -> what the last run said of it (of each of its parameters)."""
    said: dict[str, set[str]] = defaultdict(set)
    if LAST.exists():
        for node, result in json.loads(LAST.read_text(encoding="utf-8")).items():
            said[node.split("[")[0].split("@")[0]].add(result["outcome"])
    return said


def document(text: str) -> str:
    """`text` with its table made anew."""
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n{table()}\n{END}{tail}"


def table() -> str:
    found, said = tried_by(), outcomes()
    lines = ["| | Attack | Must come | Tests | Last run | Not tried |", "|---|---|---|---|---|---|"]
    for number, one in attacks().items():
        names = found.get(number, [])
        results = sorted({word for name in names for word in said.get(name, {"not run"})})
        row = [number, one["try"], one["must"], "<br>".join(f"`{name}`" for name in names)]
        row += [", ".join(results) if names else "–", one.get("open", "" if names else "not yet")]
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")
    return "\n".join(lines)
