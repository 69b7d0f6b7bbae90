"""What the checks need of the machine: the program that is there, or its package when we may install it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.runtime.children import Failed

INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]
# A package that brings a service asks this before it starts one.
POLICY = Path("/usr/sbin/policy-rc.d")
# Where a server's program lies is not in every user's PATH.
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def chinese_fonts() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


@dataclass(frozen=True)
class Need:
    """One of `names` on the machine, out of `packages`; `variable` may name a program of one's own."""

    names: tuple[str, ...]
    packages: tuple[str, ...]
    variable: str = ""
    service: str = ""
    also: Callable[[], bool] = lambda: True

    def found(self) -> str | None:
        own = os.environ.get(self.variable) if self.variable else None
        return own or next(filter(None, (shutil.which(name, path=PATH) for name in self.names)), None)

    def path(self) -> str:
        """Of the program that is there; raises Failed saying what to install."""
        if (found := self.found()) is None:
            raise Failed(
                f"{self.names[0]} is not on this machine: sudo {' '.join([*INSTALL, *self.packages])}"
            )
        return found


CHROMIUM = Need(
    ("chromium", "chromium-browser", "google-chrome"),
    ("chromium", "fonts-noto-cjk"),
    variable="CHROMIUM",
    also=chinese_fonts,
)
NGINX = Need(("nginx",), ("nginx",), service="nginx")
SYSTEMD = Need(("systemd-analyze",), ("systemd",))
FOR_CHECKS = (CHROMIUM, NGINX, SYSTEMD)


def ensure(*needs: Need) -> list[str]:
    """The path of each; what is missing is installed by root on Debian. Raises Failed saying what to install."""
    missing = [need for need in needs if not (need.found() and need.also())]
    packages = [name for need in missing for name in need.packages]
    if missing and (os.geteuid() != 0 or shutil.which("apt-get") is None):
        raise Failed(f"The checks need {', '.join(packages)}: sudo {' '.join([*INSTALL, *packages])}")
    if missing:
        with nothing_starts():
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for command in (["apt-get", "update", "-q"], [*INSTALL, *packages]):
                subprocess.run(command, env=quiet, check=False)
        for need in missing:
            _leave_out(need.service)
    return [need.path() for need in needs]


def _leave_out(service: str) -> None:
    """It is wanted as a program, not as a server that runs here after the next boot."""
    if service and shutil.which("systemctl"):
        subprocess.run(["systemctl", "disable", "--quiet", service], capture_output=True, check=False)


@contextmanager
def nothing_starts() -> Iterator[None]:
    """No package starts its service while this is open; a policy that was there before stays."""
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            POLICY.unlink()
