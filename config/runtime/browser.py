"""A Chromium for the browser tests: the one that is there, or the system's package when we may install it."""

import os
import shutil
import subprocess

from config.runtime.children import Failed

PACKAGES = ["chromium", "fonts-noto-cjk"]
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]


def chromium() -> str | None:
    """The path of a Chromium, if any."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def chinese_fonts() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def ensure() -> str:
    """The path of a Chromium that can draw Chinese; raises Failed saying what to install."""
    found = chromium()
    if found and chinese_fonts():
        return found
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Failed(
            f"The browser tests need Chromium and Chinese fonts: sudo {' '.join(INSTALL)} "
            "(or set CHROMIUM to a browser of your own)."
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], INSTALL):
        subprocess.run(command, env=quiet, check=False)
    found = chromium()
    if found is None:
        raise Failed(f"{' '.join(INSTALL)} did not bring a Chromium.")
    return found
