"""`make test` runs small checks beside each other and still says of each what it said and how it ended."""

import os
import sys
from pathlib import Path

import pytest

from config.runtime.check import Outcome, Stage, browser_files, run_beside, table
from config.runtime.messages import ROOT

SPEAK = "import sys\nfor word in sys.argv[2:]: print(word, flush=True)\nsys.exit(int(sys.argv[1]))"


def stage(name: str, code: int, *words: str) -> Stage:
    return Stage(name, [sys.executable, "-c", SPEAK, str(code), *words])


def test_each_speaks_in_one_piece_and_none_is_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    stages = [stage("one", 0, "a", "b"), stage("two", 3, "c", "d"), stage("three", 0, "e")]
    outcomes = {one.name: (one.code, one.last_line) for one in run_beside(stages, os.environ)}
    assert outcomes == {"one": (0, "b"), "two": (3, "d"), "three": (0, "e")}
    printed = capsys.readouterr().out
    assert [text in printed for text in ("\na\nb\n", "\nc\nd\n", "\ne\n")] == [True] * 3


MEET = """
import pathlib, sys, time
mine, other = map(pathlib.Path, sys.argv[1:])
mine.touch()
last = time.monotonic() + 60
while not other.exists() and time.monotonic() < last:
    time.sleep(0.02)
sys.exit(not other.exists())
"""


def test_two_run_at_once(tmp_path: Path) -> None:
    """Neither ends well before the other has begun."""
    ways = [("one", "two"), ("two", "one")]
    stages = [
        Stage(mine, [sys.executable, "-c", MEET, str(tmp_path / mine), str(tmp_path / other)])
        for mine, other in ways
    ]
    assert [one.code for one in run_beside(stages, os.environ)] == [0, 0]


def test_a_failure_is_seen_in_the_table() -> None:
    said = table([Outcome("style", 1, 0.3, ""), Outcome("pytest", 0, 400, "5000 passed")], 401.0).splitlines()
    assert [line.split()[:1] + line.split()[-1:] for line in said] == [
        ["style", "FAILED"],
        ["pytest", "ok"],
        ["all", "s"],
        ["5000", "passed"],
    ]


def test_no_test_of_the_browser_is_left_out() -> None:
    """What carries the mark stands in files that the stage of the browser is given."""
    mark = ".".join(("pytest", "mark", "browser"))
    marked = [path for path in (ROOT / "tests").rglob("*.py") if mark in path.read_text("utf-8")]
    assert sorted(str(path.relative_to(ROOT)) for path in marked) == sorted(browser_files()) != []
