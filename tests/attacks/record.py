"""What each attack asked, as whom, what had to come and what came: printed, and kept for docs/security.md."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

FILE = "last.json"


@dataclass
class Tried:
    """`tried(request=..., actor=..., expected=..., got=...)` prints the four and fails where the last two differ."""

    item: pytest.Item

    def __call__(self, *, request: str, actor: str, expected: Any, got: Any) -> None:
        line = {"request": str(request), "actor": str(actor), "expected": str(expected), "got": str(got)}
        print(" · ".join(f"{name}: {word}" for name, word in line.items()))
        self.item.user_properties.append(("tried", line))
        assert got == expected, f"{actor}: {request}"


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Tried:
    return Tried(request.node)


def numbers(item: pytest.Item) -> Iterator[str]:
    for mark in item.iter_markers("attack"):
        yield from mark.args


@dataclass(eq=False)
class Results:
    """A plugin: collects in the process that prints the summary, whichever worker ran the test."""

    config: pytest.Config
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        item.user_properties += [("attack", number) for number in numbers(item)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        kept = [number for name, number in report.user_properties if name == "attack"]
        if kept and (report.when == "call" or not report.passed):
            lines = [line for name, line in report.user_properties if name == "tried"]
            self.seen[report.nodeid] = {"attacks": kept, "outcome": report.outcome, "tried": lines}

    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workerinput") or not self.seen:
            return
        file = self.config.cache.mkdir("attacks") / FILE  # type: ignore[union-attr]
        older = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(older | self.seen, ensure_ascii=False, indent=1))
