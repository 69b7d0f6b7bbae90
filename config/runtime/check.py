"""`make test`: every check there is, in one run, against servers started for it."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from config.runtime import machine, messages
from config.runtime.children import Failed, dies_with_parent
from config.runtime.run import exit_on_sigterm, surroundings

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = [*messages.ROOMS]
DEPLOY = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
PYTEST = ["pytest", "--durations", "8", "--dist", "loadgroup", "-n2", "-m", "not browser and not drill"]
BROWSER = ["pytest", "--durations", "8", "-v", "--dist", "worksteal", "-n3", "-m", "browser and not drill"]


@dataclass(frozen=True)
class Stage:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    name: str
    code: int
    seconds: float
    last_line: str


def side_by_side(production: Mapping[str, str]) -> list[Stage]:
    """What uses one core each: the longest first, two at a time."""
    return [
        Stage("types", ["mypy", *PACKAGES]),
        Stage("database", ["python", "-m", "tests.snapshot"]),
        Stage("style", ["ruff", "check", "."]),
        Stage("format", ["ruff", "format", "--check", "."]),
        Stage("layers", ["lint-imports"]),
        Stage("sizes", ["python", "-m", "tests.house.sizes"]),
        Stage("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
        Stage("deploy", DEPLOY, dict(production)),
    ]


def browser_files() -> list[str]:
    """Where tests of the browser stand: three workers need not read the five thousand others."""
    found = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in found if "pytest.mark.browser" in path.read_text("utf-8")]


def alone() -> list[Stage]:
    """What uses the whole machine."""
    return [
        Stage("pytest", PYTEST),
        # A browser often waits: three workers keep two cores busy, and take work from each other at the end.
        Stage("browser", [*BROWSER, *browser_files()]),
    ]


def _start(stage: Stage, env: Mapping[str, str], output: int | IO[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        stage.command,
        cwd=ROOT,
        env={**env, **stage.env},
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )


def _show(lines: Iterator[str] | IO[str]) -> str:
    """Pass them through as they come; the last one that says something."""
    last = ""
    for line in lines:
        sys.stdout.write(line)
        sys.stdout.flush()
        last = line.strip() or last
    return last


def _title(stage: Stage) -> None:
    print(f"\n── {stage.name}: {' '.join(stage.command[:12])}", flush=True)


def run_stage(stage: Stage, env: Mapping[str, str]) -> Outcome:
    """Run it with its output passed through as it comes."""
    _title(stage)
    began = time.monotonic()
    with _start(stage, env, subprocess.PIPE) as process:
        assert process.stdout is not None
        last = _show(process.stdout)
    return Outcome(stage.name, process.returncode, time.monotonic() - began, last)


@dataclass(frozen=True)
class Beside:
    """A stage that runs while others do; it speaks when it has ended."""

    stage: Stage
    process: "subprocess.Popen[str]"
    output: IO[str]
    began: float = field(default_factory=time.monotonic)

    def outcome(self) -> Outcome:
        seconds = time.monotonic() - self.began
        _title(self.stage)
        self.output.seek(0)
        return Outcome(self.stage.name, self.process.returncode, seconds, _show(self.output))


def run_beside(stages: Sequence[Stage], env: Mapping[str, str], places: int = 2) -> Iterator[Outcome]:
    """So many at a time, the output of each in one piece."""
    waiting, running = list(stages), list[Beside]()
    with ExitStack() as outputs:
        while waiting or running:
            while waiting and len(running) < places:
                stage = waiting.pop(0)
                output = outputs.enter_context(TemporaryFile("w+", errors="replace"))
                running.append(Beside(stage, _start(stage, env, output), output))
            ended = [one for one in running if one.process.poll() is not None]
            running = [one for one in running if one not in ended]
            yield from (one.outcome() for one in ended)
            time.sleep(0 if ended else 0.05)


def table(outcomes: Sequence[Outcome], seconds: float) -> str:
    """Stages that ran beside each other make the whole shorter than the sum."""
    words = {True: "ok", False: "FAILED"}
    lines = [f"{one.name:<12}{one.seconds:>7.1f} s  {words[one.code == 0]}" for one in outcomes]
    lines.append(f"{'all':<12}{seconds:>7.1f} s")
    lines += [one.last_line for one in outcomes if one.name in ("pytest", "browser")]
    return "\n".join(lines)


def prepare() -> Outcome:
    """Catalogues and the programs of the machine, before anything is measured; raises Failed."""
    began = time.monotonic()
    found = ", ".join(machine.ensure(*machine.FOR_CHECKS))
    print(f"{messages.compile_stale()} message catalogues compiled; on this machine: {found}", flush=True)
    return Outcome("prepare", 0, time.monotonic() - began, "")


def main() -> int:
    exit_on_sigterm()
    began, outcomes = time.monotonic(), [prepare()]
    with surroundings() as env, TemporaryDirectory(prefix="huhang-production-") as folder:
        env["CHROMIUM"] = machine.CHROMIUM.path()
        production = {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "ALLOWED_HOSTS": "huhang.example",
            "DATA_DIR": folder,
            "KEY_DIR": f"{folder}/keys",
        }
        outcomes += run_beside(side_by_side(production), env)
        outcomes += [run_stage(stage, env) for stage in alone()]
    print(f"\n{table(outcomes, time.monotonic() - began)}", flush=True)
    return 1 if any(one.code for one in outcomes) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
