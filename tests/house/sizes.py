"""How long our files and functions are: `python -m tests.house.sizes` prints the tail."""

import ast
from collections.abc import Iterator
from pathlib import Path

from config.runtime.messages import ROOMS, ROOT

FILE_TARGET, FILE_WALL = 300, 450
FUNCTION_TARGET, FUNCTION_WALL = 30, 60


def sources() -> list[Path]:
    """Our Python files, migrations left out."""
    found = [path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines) of each function, its docstring and decorators not counted."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            head = node.body[0].lineno - node.lineno
            yield node.name, (node.end_lineno or node.lineno) - first.lineno + 1 + head


def long_files(limit: int) -> list[str]:
    sized = ((len(path.read_text().splitlines()), path) for path in sources())
    return [f"{lines:>5} {path.relative_to(ROOT)}" for lines, path in sized if lines > limit]


def long_functions(limit: int) -> list[str]:
    return [
        f"{lines:>5} {path.relative_to(ROOT)}:{name}"
        for path in sources()
        for name, lines in functions(path)
        if lines > limit
    ]


if __name__ == "__main__":
    print(f"files over {FILE_TARGET} lines:", *sorted(long_files(FILE_TARGET), reverse=True), sep="\n")
    print(
        f"functions over {FUNCTION_TARGET} lines:",
        *sorted(long_functions(FUNCTION_TARGET), reverse=True),
        sep="\n",
    )
