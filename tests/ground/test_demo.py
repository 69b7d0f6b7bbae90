"""`make demo` as a person has it: start, use, Ctrl-C, start again, clear.

Its database server is made by the demo's own code and given the migrated database beforehand (tests/snapshot.py,
which was made by migrating an empty one): all migrations once more would be half of this test.
"""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from config.runtime.messages import ROOT
from config.runtime.servers import DATABASE, serve
from tests.elsewhere import on_database
from tests.ground.test_run import processes_using
from tests.snapshot import Snapshot

DEMO = [sys.executable, "-m", "config.runtime.demo"]
OURS = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "KEY_DIR", "PYTEST_XDIST_WORKER")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {"DATA_DIR": str(data), "PORT": str(port), "DEMO_CASES": "2"}


@contextmanager
def demo(data: Path, port: int) -> Iterator[list[str]]:
    """A running demo; gives what it printed until it was ready."""
    process = subprocess.Popen(
        DEMO,
        cwd=ROOT,
        env=surroundings(data, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    printed = []
    for line in process.stdout:
        printed.append(line.rstrip())
        if line.startswith("Ctrl-C"):
            break
    try:
        yield printed
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def migrated(data: Path, snapshot: Snapshot) -> None:
    """What the demo's `migrate` finds: servers as it makes them, and nothing left to migrate."""
    with serve(data, lasting=True) as servers:
        sockets = servers.redis_url.removeprefix("unix://").partition("/valkey")[0]
        with on_database(DATABASE, sockets):
            Snapshot(snapshot.folder).load(DATABASE)


PRIVATE = {".": 0o700, "logs": 0o700, "keys": 0o700, "secret_key": 0o600, "env": 0o600}
PRIVATE |= {f"keys/{name}.key": 0o600 for name in ("kek", "reporter", "door")}
READY = {"ready": True, "database": True, "redis": True, "keys": True}


def accounts(printed: list[str]) -> list[str]:
    """The table of accounts: what stands between the preparation and the address."""
    lines = [line for line in printed if line]
    return [line for line in lines if not line.startswith((" ", "Preparing", "Ready", "Logs", "Ctrl-C"))]


def modes(data: Path) -> dict[str, int]:
    return {name: stat.S_IMODE((data / name).stat().st_mode) for name in PRIVATE}


@pytest.mark.django_db(transaction=True)
def test_the_demo_starts_answers_stops_starts_again_and_clears_its_folder(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    # One test, not seven: each would wait for the whole demo once more.
    data, port = tmp_path / "data", free_port()
    migrated(data, snapshot)
    with demo(data, port) as first:
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert json.load(answer) == READY
        with urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 200  # the sign-in page
        assert modes(data) == PRIVATE
    assert processes_using(data) == []
    with demo(data, port) as second:
        assert (len(accounts(first)[-10:]), accounts(first)[-10:]) == (10, accounts(second)[-10:])
        assert "demo data" not in str(second)
    cleared = subprocess.run(
        [*DEMO, "--reset"], cwd=ROOT, env=surroundings(data, port), capture_output=True, text=True, check=True
    )
    assert (cleared.stdout.split()[0], data.exists()) == ("Cleared", False)
