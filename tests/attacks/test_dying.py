"""What a process of the product leaves when it dies: no text of what it held, no file of its memory."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from config.runtime.messages import ROOT
from tests.attacks.record import Tried
from tests.attacks.test_errors import log_of_the_database
from tests.leaks.canaries import found_in

SETTINGS = "tests.attacks.broken.settings"
WAYS = {"code": "ValueError", "rule": "IntegrityError"}


def ended(*words: str, folder: Path = ROOT, **env: str) -> "subprocess.CompletedProcess[bytes]":
    """A process of its own, allowed to leave as large a core file as this machine lets it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)

    def allowed() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    given = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=given, capture_output=True, preexec_fn=allowed, check=False
    )


@pytest.mark.attack("T70")
@pytest.mark.parametrize("way", WAYS)
def test_a_migration_that_fails_on_a_row_does_not_tell_the_row(way: str, tried: Tried) -> None:
    before = len(log_of_the_database())
    done = ended("manage.py", "migrate", "--skip-checks", "broken", WAY=way)
    told = done.stdout + done.stderr
    tried(
        request=f"manage.py migrate, an error in the {way} of a row", actor="whoever reads the terminal",
        expected=(1, [], []), got=(done.returncode, found_in(told), found_in(log_of_the_database()[before:])),
    )  # fmt: skip
    assert (WAYS[way] in told.decode(), "0001_rows.py:" in told.decode()) == (True, True)


@pytest.mark.attack("T70")
def test_a_thread_that_fails_does_not_tell_its_text(tried: Tried) -> None:
    code = (
        "import django, threading; django.setup(); threading.Thread(target=int, args=('霁璎珞旻',)).start()"
    )
    done = ended("-c", code)
    tried(
        request="an error in a thread", actor="whoever reads the log",
        expected=([], True), got=(found_in(done.stderr), b"ValueError" in done.stderr),
    )  # fmt: skip


@pytest.mark.attack("T76")
def test_a_process_that_crashes_leaves_no_core_file(tmp_path: Path, tried: Tried) -> None:
    crash = "import os, resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True); os.abort()"
    ours = ended("-c", f"import django; django.setup(); {crash}", folder=tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    tried(
        request="a crash", actor="host", expected=(-6, "0", []),
        got=(ours.returncode, ours.stdout.decode().strip(), left),
    )  # fmt: skip
    assert "LimitCORE=0" in (ROOT / "deploy" / "systemd" / "hardening.conf").read_text(encoding="utf-8")
