"""`make drill`: docs/deploy.md typed into a bare Debian, and servers that take over; writes docs/drills.md.

Heavier than `make test`: it needs root on a Debian, and half an hour. `DRILL=walk` runs the files of that name only.
"""

import os
import sys

from config.runtime import messages
from config.runtime.check import Stage, run_stage
from config.runtime.children import Failed
from config.runtime.machine import CHROMIUM, NGINX, Need, ensure
from config.runtime.run import exit_on_sigterm, surroundings

NEEDS = (
    CHROMIUM,
    NGINX,
    Need(("debootstrap",), ("debootstrap",)),
    Need(("systemd-nspawn",), ("systemd-container",)),
    Need(("slirp4netns",), ("slirp4netns",)),
    Need(("ip",), ("iproute2",)),
)


def main() -> int:
    exit_on_sigterm()
    if os.geteuid() != 0:
        raise Failed(
            "make drill boots a machine of its own: it needs root (in a machine you can do without)."
        )
    print(", ".join(ensure(*NEEDS)), f"{messages.compile_stale()} message catalogues compiled", flush=True)
    which = os.environ.get("DRILL", "")
    command = ["pytest", f"tests/drills{f'/test_{which}.py' if which else ''}", "-v"]
    with surroundings() as env:
        env |= {"DRILLS": "1", "CHROMIUM": CHROMIUM.path()}
        return run_stage(Stage("drills", command), env).code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
