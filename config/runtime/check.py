"""`make test`: every check there is, in one run, against servers started for it."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from config.runtime import machine, messages
from config.runtime.children import Failed, dies_with_parent
from config.runtime.run import exit_on_sigterm, surroundings

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = [*messages.ROOMS]
DEPLOY = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


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


def stages(production: Mapping[str, str]) -> list[Stage]:
    """In the order in which a mistake is cheapest to find."""
    return [
        Stage("style", ["ruff", "check", "."]),
        Stage("format", ["ruff", "format", "--check", "."]),
        Stage("layers", ["lint-imports"]),
        Stage("types", ["mypy", *PACKAGES]),
        Stage("sizes", ["python", "-m", "tests.house.sizes"]),
        Stage("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
        Stage("deploy", DEPLOY, dict(production)),
        Stage(
            "pytest",
            [
                "pytest",
                "-n",
                "2",
                "--dist",
                "loadgroup",
                "-m",
                "not browser and not drill",
                "--durations",
                "8",
            ],
        ),
        Stage("browser", ["pytest", "-n", "2", "-m", "browser and not drill", "-v", "--durations", "8"]),
    ]


def run_stage(stage: Stage, env: Mapping[str, str]) -> Outcome:
    """Run it with its output passed through as it comes."""
    print(f"\n── {stage.name}: {' '.join(stage.command)}", flush=True)
    began, last = time.monotonic(), ""
    with subprocess.Popen(
        stage.command,
        cwd=ROOT,
        env={**env, **stage.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=dies_with_parent(signal.SIGTERM),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip() or last
    return Outcome(stage.name, process.returncode, time.monotonic() - began, last)


def table(outcomes: list[Outcome]) -> str:
    words = {True: "ok", False: "FAILED"}
    lines = [f"{one.name:<12}{one.seconds:>7.1f} s  {words[one.code == 0]}" for one in outcomes]
    lines.append(f"{'all':<12}{sum(one.seconds for one in outcomes):>7.1f} s")
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
    outcomes = [prepare()]
    with surroundings() as env, TemporaryDirectory(prefix="huhang-production-") as folder:
        env["CHROMIUM"] = machine.CHROMIUM.path()
        production = {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "ALLOWED_HOSTS": "huhang.example",
            "DATA_DIR": folder,
            "KEY_DIR": f"{folder}/keys",
        }
        outcomes += [run_stage(stage, env) for stage in stages(production)]
    print(f"\n{table(outcomes)}", flush=True)
    return 1 if any(one.code for one in outcomes) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
