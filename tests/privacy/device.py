"""A PKCS#11 device for the tests: SoftHSM, the one that is there, or the system's package when we may install it."""

import os
import shutil
import subprocess
from pathlib import Path

import pkcs11
import pytest

PLACES = ("/usr/lib/softhsm", "/usr/lib/*/softhsm", "/usr/lib64/pkcs11", "/usr/local/lib/softhsm")
INSTALL = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "softhsm2"]


def library() -> Path | None:
    found = [path for place in PLACES for path in Path("/").glob(f"{place[1:]}/libsofthsm2.so")]
    return found[0] if found and shutil.which("softhsm2-util") else None


def ensure() -> Path:
    """Where SoftHSM's library lies; RuntimeError says what to install."""
    if library() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], INSTALL):
            subprocess.run(command, env=quiet, capture_output=True, check=False)
    found = library()
    if found is None:
        raise RuntimeError(f"The test of key devices needs SoftHSM: sudo {' '.join(INSTALL)}")
    return found


def plug_in(folder: Path, pins: dict[str, str], patch: pytest.MonkeyPatch) -> str:
    """A device with these tokens, in place of whatever device this process had; its library."""
    for label, pin in pins.items():
        patch.setenv("SOFTHSM2_CONF", str(token(folder, pin, label)))
    library = str(ensure())
    pkcs11.lib(library).reinitialize()
    return library


def token(folder: Path, pin: str, label: str = "huhang") -> Path:
    """A device of its own in `folder`, with one token more; the configuration file that names it."""
    (folder / "tokens").mkdir(exist_ok=True)
    file = folder / "softhsm2.conf"
    file.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", pin]
    subprocess.run(command, env={**os.environ, "SOFTHSM2_CONF": str(file)}, capture_output=True, check=True)
    return file
