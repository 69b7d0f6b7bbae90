"""The repository names no package registry and no machine."""

import re
import subprocess
from pathlib import Path

from config.runtime.messages import ROOT

REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted",
    "registry" + ".npm",
    "index" + "-url=",
    "--extra-" + "index",
)
MACHINE = re.compile(rb"(?<![\w.*-])/(work|root|home)/[A-Za-z]")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in names if path.is_file()]


def test_no_file_names_a_package_registry() -> None:
    named = [p for p in tracked() if any(host.encode() in p.read_bytes() for host in REGISTRIES)]
    assert named == []


def test_no_file_names_a_folder_of_some_machine() -> None:
    assert [path for path in tracked() if MACHINE.search(path.read_bytes())] == []
