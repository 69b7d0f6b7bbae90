"""Imports run downward only."""

import subprocess

from config.runtime.messages import ROOT


def test_every_import_contract_is_kept() -> None:
    done = subprocess.run(["lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "BROKEN" in done.stdout) == (0, False), done.stdout
