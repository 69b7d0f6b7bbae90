"""Run one command against temporary servers: `python -m config.runtime.run [--data DIR] CMD...`."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.runtime import messages
from config.runtime.children import Failed, dies_with_parent
from config.runtime.servers import private_folder, serve

ROOT = Path(__file__).resolve().parent.parent.parent


def exit_on_sigterm() -> None:
    """Leave through every `with` when asked to end, so that nothing stays behind."""

    def ends(*_: object) -> None:
        raise SystemExit(143)

    signal.signal(signal.SIGTERM, ends)


@contextmanager
def surroundings(data: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment for the command: servers of its own unless both addresses are given already."""
    env = dict(os.environ)
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}"
    env.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH", "")]))
    with tempfile.TemporaryDirectory(prefix="huhang-run-") as temporary:
        home = private_folder(data or Path(temporary))
        env["DATA_DIR"] = str(home.resolve())
        env["KEY_DIR"] = str(home.resolve() / "keys")
        if "DATABASE_URL" in env and "REDIS_URL" in env:
            yield env
            return
        with serve(home, lasting=data is not None) as servers:
            env.setdefault("DATABASE_URL", servers.database_url)
            env.setdefault("REDIS_URL", servers.redis_url)
            yield env


def run(command: list[str], env: Mapping[str, str]) -> int:
    """Run the command in the foreground; an interrupt ends it, its exit code is ours."""
    process = subprocess.Popen(command, env=dict(env), preexec_fn=dies_with_parent(signal.SIGTERM))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal has told the command too; it decides how to end
        except SystemExit:
            process.terminate()


def main(arguments: list[str]) -> int:
    data = None
    if arguments[:1] == ["--data"]:
        data, arguments = Path(arguments[1]), arguments[2:]
    if not arguments:
        sys.exit("usage: python -m config.runtime.run [--data DIR] CMD...")
    exit_on_sigterm()
    try:
        messages.compile_stale()
    except Failed as broken:
        print(broken, file=sys.stderr)  # a catalogue being written must not stop other work
    try:
        with surroundings(data) as env:
            return run(arguments, env)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
