"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1


class Failed(RuntimeError):
    """A child could not do its work; the text is fit to show to the person at the terminal."""


def dies_with_parent(signum: signal.Signals) -> Callable[[], None]:
    """A preexec_fn: the kernel sends `signum` to the child when the thread that started it ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return bind


@dataclass(frozen=True)
class Child:
    """One running child, in a session of its own so that Ctrl-C reaches only its supervisor."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM

    def died(self) -> bool:
        return self.process.poll() is not None

    def stop(self, patience: float = 20.0) -> None:
        """Ask politely, wait, then end the whole session."""
        if not self.died():
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def tail(self, lines: int = 20) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def start(
    name: str,
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start `command`, its output appended to `log` (mode 0600)."""
    descriptor = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=dies_with_parent(stop_signal),
        )
    except FileNotFoundError as missing:
        raise Failed(f"{name}: {missing.filename} is not there") from missing
    finally:
        os.close(descriptor)
    return Child(name, process, log, stop_signal)


def wait_until(ready: Callable[[], bool], child: Child, seconds: float = 60.0) -> None:
    """Return when `ready()`; raise Failed with the log's tail when the child dies or time runs out."""
    deadline = time.monotonic() + seconds
    while not ready():
        if child.died():
            raise Failed(f"{child.name} ended with code {child.process.returncode}:\n{child.tail()}")
        if time.monotonic() > deadline:
            raise Failed(f"{child.name} was not ready after {seconds:.0f} s:\n{child.tail()}")
        time.sleep(0.05)
