"""What a drill did and what was seen in it, for docs/drills.md; and the machine and the house it is done on."""

import os
import platform
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.runtime.messages import ROOT
from tests.drills.bare import Machine

PAGE = ROOT / "docs" / "drills.md"
HEAD = """# Drills

Written by `make drill`, which needs root on a Debian with apt and half an hour, and leaves nothing running. The bare Debian is
made by debootstrap and booted by systemd-nspawn; the other drills use the servers of the tests, as processes.

Last run: {day}, {machine}, {cores} cores, commit `{commit}`.
"""
Seen = Callable[[str, object], None]


@dataclass(eq=False)
class Book:
    """A plugin: one heading per drill, one row per thing seen, in the order of the run."""

    commit: str
    rows: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or not report.passed:
            self.said[report.nodeid] = f"{report.outcome}, {report.duration:.0f} s"
            self.rows[report.nodeid] = [str(line) for name, line in report.user_properties if name == "seen"]

    def pytest_sessionfinish(self) -> None:
        machine = (
            f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release().split('-')[0]}"
        )
        text = HEAD.format(
            day=datetime.now(UTC).date(), machine=machine, cores=os.cpu_count(), commit=self.commit
        )
        for node, outcome in self.said.items():
            name = node.split("::")[-1].removeprefix("test_").replace("_", " ")
            text += f"\n## {name[0].upper()}{name[1:]}\n\n{outcome}\n"
            if self.rows[node]:
                text += "\n| done | seen |\n|---|---|\n" + "".join(self.rows[node])
        PAGE.write_text(text, encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("collectonly"):
        told = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        config.pluginmanager.register(Book(told.stdout.strip()))


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Seen:
    """`seen(what was done, what came)`: a row of the table."""

    def row(done: str, came: object) -> None:
        cells = (str(one).replace("|", "\\|").replace("\n", "<br>") for one in (done, came))
        line = f"| {' | '.join(cells)} |\n"
        print(line)
        request.node.user_properties.append(("seen", line))

    return row


@pytest.fixture(scope="package")
def machine() -> Iterator[Machine]:
    folder = Path(tempfile.gettempdir()).resolve() if os.environ.get("TMPDIR") else Path("/var/tmp")
    made = Machine(folder / "huhang-drill")
    try:
        made.boot()
        yield made
    finally:
        made.stop()
