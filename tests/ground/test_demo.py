"""`make demo` as a person has it: start, use, Ctrl-C, start again, clear."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from config.runtime.messages import ROOT
from tests.ground.test_run import processes_using

# One demo for all of them, in one pytest worker.
pytestmark = pytest.mark.xdist_group("demo")

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


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What was seen over two runs in one folder."""
    data, port = tmp_path_factory.mktemp("demo") / "data", free_port()
    seen: dict[str, object] = {"folder": data}
    with demo(data, port) as first:
        seen["first"] = first
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            seen["health"] = json.load(answer)
        with urlopen(f"http://127.0.0.1:{port}/") as answer:
            seen["home"] = answer.status
        seen["modes"] = {name: stat.S_IMODE((data / name).stat().st_mode) for name in PRIVATE}
    seen["left"] = processes_using(data)
    began = time.monotonic()
    with demo(data, port) as second:
        seen["second"] = second
    seen["restart"] = time.monotonic() - began
    cleared = subprocess.run(
        [*DEMO, "--reset"], cwd=ROOT, env=surroundings(data, port), capture_output=True, text=True, check=True
    )
    seen["cleared"] = (cleared.stdout.split()[0], data.exists())
    return seen


PRIVATE = {".": 0o700, "logs": 0o700, "keys": 0o700, "keys/kek.key": 0o600, "secret_key": 0o600, "env": 0o600}


def test_it_answers(lived: dict[str, object]) -> None:
    assert lived["health"] == {"ready": True, "database": True, "redis": True, "keys": True}


def test_it_shows_the_sign_in_page(lived: dict[str, object]) -> None:
    assert lived["home"] == 200


def test_keys_secrets_and_logs_are_private(lived: dict[str, object]) -> None:
    assert lived["modes"] == PRIVATE


def test_it_leaves_no_process(lived: dict[str, object]) -> None:
    assert lived["left"] == []


def accounts(printed: object) -> list[str]:
    """The table of accounts: what stands between the preparation and the address."""
    lines = [str(line) for line in printed] if isinstance(printed, list) else []
    return [
        line for line in lines if line and not line.startswith((" ", "Preparing", "Ready", "Logs", "Ctrl-C"))
    ]


def test_a_second_start_keeps_accounts_and_passwords(lived: dict[str, object]) -> None:
    first, second = accounts(lived["first"])[-10:], accounts(lived["second"])[-10:]
    assert (len(first), first) == (10, second)


def test_a_second_start_adds_no_demo_data(lived: dict[str, object]) -> None:
    assert "demo data" not in str(lived["second"])


def test_reset_clears_the_folder(lived: dict[str, object]) -> None:
    assert lived["cleared"] == ("Cleared", False)
