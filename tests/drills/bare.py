"""A bare Debian, booted by systemd-nspawn: its own files, its own systemd, its own network; nothing of it stays.

The network reaches out by slirp4netns, so that no rule and no route of this machine is touched. Of this machine it is
lent what pip needs to find its packages, and a copy of the repository.
"""

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from config.runtime.children import Child, Failed, start
from config.runtime.messages import ROOT

SUITE = "trixie"
BASE = "systemd-sysv,dbus,ca-certificates,adduser,iproute2"
CGROUP = "huhang-drill"
LENT = re.compile(r"^[^.]+\.(cert|index-url|proxy|trusted-host)='(.*)'$", re.MULTILINE)
# A booted system wants one tree of control groups; on an older kernel line this machine may have many.
BOOT = """
set -e
while mountpoint -q /sys/fs/cgroup; do umount -R -l /sys/fs/cgroup; done
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir -p /sys/fs/cgroup/{cgroup}
echo $$ > /sys/fs/cgroup/{cgroup}/cgroup.procs
exec systemd-nspawn --quiet --keep-unit --register=no --network-namespace-path=/run/netns/{name} --resolv-conf=off \\
  -D {root} --machine={name} --bind-ro={lent}:/lent --console=pipe --boot
"""


def call(*words: str) -> None:
    subprocess.run(words, check=True)


class Machine:
    """`typed(command)` is what root types into it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, CGROUP
        self.root, self.lent = folder / "root", folder / "lent"
        self.running: list[Child] = []
        self.shell: subprocess.Popen[str] | None = None
        self.init = 0
        # What people of the installation hold: the administrator's first password, seeds of apps, codes used.
        self.password = ""
        self.seeds: dict[str, str] = {}
        self.used: dict[str, int] = {}

    # Making and ending it

    def boot(self) -> None:
        base = self.folder / "base"
        if not base.exists():
            call("debootstrap", "--variant=minbase", f"--include={BASE}", SUITE, f"{base}.new")
            Path(f"{base}.new").rename(base)
        shutil.rmtree(self.root, ignore_errors=True)
        call("cp", "-a", "--reflink=auto", str(base), str(self.root))
        self._lend()
        self._begin()

    def _begin(self) -> None:
        (self.root / "etc/resolv.conf").write_text("nameserver 10.0.2.3\n")
        (self.root / "etc/hosts").write_text(
            "127.0.0.1 localhost desk.huhang.example partner.huhang.example figures.huhang.example\n"
        )
        call("ip", "netns", "add", self.name)
        script = BOOT.format(cgroup=CGROUP, name=self.name, root=self.root, lent=self.lent)
        words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script]
        nspawn = start("nspawn", words, log=self.folder / "nspawn.log", stop_signal=signal.SIGKILL)
        self.running.append(nspawn)
        self.init = self._child_of(nspawn)
        words = ["slirp4netns", "--configure", "--mtu=1400", "--netns-type=path", "--disable-host-loopback"]
        net = start("network", [*words, f"/run/netns/{self.name}", "tap0"], log=self.folder / "network.log")
        self.running.append(net)
        self._until_running()

    def _lend(self) -> None:
        """The repository, and by which way and with which certificates pip finds its packages here."""
        shutil.rmtree(self.lent, ignore_errors=True)
        self.lent.mkdir(parents=True)
        call("git", "clone", "--quiet", "--bare", "--no-hardlinks", str(ROOT), str(self.lent / "copy.git"))
        told = subprocess.run(
            ["pip", "config", "list"], capture_output=True, text=True, check=True, env=dict(os.environ)
        )
        self.env = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        for name, word in LENT.findall(told.stdout):
            if name == "cert":
                shutil.copy(word, self.lent / "ca.crt")
                word = "/lent/ca.crt"
            self.env[f"PIP_{name.upper().replace('-', '_')}"] = word

    def _child_of(self, nspawn: Child) -> int:
        for _ in range(200):
            found = Path(f"/proc/{nspawn.process.pid}/task/{nspawn.process.pid}/children").read_text().split()
            if found and Path(f"/proc/{found[0]}/comm").read_text().strip() == "systemd":
                return int(found[0])
            if nspawn.died():
                break
            time.sleep(0.1)
        raise Failed(f"the machine did not boot:\n{nspawn.tail()}")

    def _until_running(self) -> None:
        for _ in range(300):
            state = self.run("systemctl is-system-running", check=False).strip()
            if state in ("running", "degraded"):
                return
            time.sleep(0.2)
        raise Failed(f"the machine is {state}")

    def reboot(self) -> None:
        """As after a power cut: everything is killed at once, then all begins anew on the same disk."""
        self._end()
        self._begin()

    def _end(self) -> None:
        if self.shell:
            self.shell.kill()
            self.shell.communicate()
            self.shell = None
        if self.init:
            with suppress(ProcessLookupError):
                os.kill(self.init, signal.SIGKILL)  # with it ends all that it started
        for child in reversed(self.running):
            child.stop()
        self.running, self.init = [], 0
        subprocess.run(["ip", "netns", "delete", self.name], check=False)

    def stop(self) -> None:
        self._end()
        shutil.rmtree(self.root, ignore_errors=True)
        for unified in ("/sys/fs/cgroup/unified", "/sys/fs/cgroup"):
            subprocess.run(
                ["find", f"{unified}/{CGROUP}", "-depth", "-type", "d", "-delete"],
                capture_output=True,
                check=False,
            )

    # Using it

    def _inside(self, *words: str) -> list[str]:
        given = [f"{name}={word}" for name, word in self.env.items()]
        return ["nsenter", "-t", str(self.init), "-a", "env", "-i", *given, *words]

    def run(self, command: str, *, check: bool = True) -> str:
        """Beside the shell: what comes of it, both outputs."""
        words = self._inside("bash", "-c", command)
        done = subprocess.run(words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if check and done.returncode:
            raise Failed(f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def sql(self, question: str) -> str:
        return self.run(f"su postgres -c 'psql -At huhang -c \"{question}\"'").strip()

    def typed(self, command: str, answers: str = "") -> str:
        """In the one shell that root has open; `answers` is what the command asks for. Raises Failed with what it said."""
        if self.shell is None:
            self.shell = subprocess.Popen(
                self._inside("bash", "--noprofile", "--norc"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, start_new_session=True,
            )  # fmt: skip
        (self.root / "srv/answers").write_text(answers)
        (self.root / "srv/command").write_text(command)
        wire: Any = self.shell
        limit = threading.Timer(900, wire.kill)
        limit.start()
        wire.stdin.write('. /srv/command < /srv/answers; code=$?; echo; echo "== $code"\n')
        wire.stdin.flush()
        said = self._said(wire.stdout)
        limit.cancel()
        code, text = said
        if code != "0":
            raise Failed(f"{command}\n{text}\ncode {code}")
        return text

    def _said(self, out: IO[str]) -> tuple[str, str]:
        lines: list[str] = []
        for line in out:
            if ended := re.match(r"== (\d+)$", line):
                return ended[1], "".join(lines)
            lines.append(line)
        return "the shell ended", "".join(lines)
