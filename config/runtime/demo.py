"""`make demo`: everything the product needs, as children of one process that stops them all.

DATABASE_URL and REDIS_URL point it at servers of your own, DATA_DIR at another folder, PORT at another port.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config.runtime import messages
from config.runtime.children import Child, Failed, dies_with_parent, start, wait_until
from config.runtime.servers import private_folder, serve

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = "demo.lock"
# Behind the second wall: none of them runs as the owner of the tables. One web process serves everybody here.
DESK_ROLE = {"DATABASE_ROLE": "huhang_desk"}
ROLES = {
    "web": DESK_ROLE,
    "worker": DESK_ROLE | {"PROCESS": "worker"},
    "beat": DESK_ROLE | {"PROCESS": "worker"},
}


class Stop(Exception):
    """Somebody asked the demo to end."""


def _stop(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Stop


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the folder: two demos on one database would fight over it."""
    with (private_folder(data) / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Failed(f"A demo is already running on {data}. Stop it first.") from held
        yield


def environment(data: Path, stack: ExitStack) -> tuple[dict[str, str], list[Child]]:
    """The children's environment, and the servers started for it, if any."""
    env = dict(os.environ)
    env |= {"DATA_DIR": str(data), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    env.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    if "DATABASE_URL" in env and "REDIS_URL" in env:
        return env, []
    servers = stack.enter_context(serve(data, lasting=True))
    env.setdefault("DATABASE_URL", servers.database_url)
    env.setdefault("REDIS_URL", servers.redis_url)
    return env, list(servers.children)


def manage(env: Mapping[str, str], *words: str) -> None:
    """One manage.py command in the foreground; it stops with us."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(command, env=dict(env), check=False, preexec_fn=dies_with_parent(signal.SIGTERM))
    if done.returncode:
        raise Failed(f"manage.py {words[0]} ended with code {done.returncode}.")


def commands(data: Path, port: int) -> dict[str, list[str]]:
    """The product's own processes. Beat is one by itself: inside a worker it outlives the worker."""
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    beat = private_folder(data / "beat")
    web = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    web += ["--blocking-threads", "1", "--no-ws", "--no-access-log", "config.wsgi:application"]
    return {
        "web": [sys.executable, "-m", "granian", *web],
        "worker": [*celery, "worker", "--pool", "threads", "--concurrency", "2", "-l", "INFO"],
        "beat": [*celery, "beat", "-s", str(beat / "schedule"), "--pidfile", "", "-l", "INFO"],
    }


def healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def serve_demo(data: Path, port: int) -> None:
    """Start everything, say where it is, stay until a child dies (Failed) or somebody stops us (Stop)."""
    with ExitStack() as stack:
        stack.enter_context(only_one(data))
        print("Preparing Huhang. The first start takes a minute, later ones a few seconds.", flush=True)
        env, children = environment(data, stack)
        manage(env, "prepare", "--demo", env.get("DEMO_CASES", "60"))
        walled = bool(children)  # servers of your own get their roles from you: manage.py database_roles
        if walled:
            manage(env, "database_roles")
        logs = private_folder(data / "logs")
        for name, command in commands(data, port).items():
            own = env | (ROLES[name] if walled else {})
            child = start(name, command, log=logs / f"{name}.log", env=own, cwd=ROOT)
            stack.callback(child.stop)
            children.append(child)
        web = next(child for child in children if child.name == "web")
        wait_until(lambda: healthy(port), web, seconds=120)
        note_addresses(data, env, stack)
        manage(env, "demo_accounts")
        print(f"\nReady: http://127.0.0.1:{port}\nLogs: {logs}\nCtrl-C stops everything.", flush=True)
        watch(children)


def note_addresses(data: Path, env: Mapping[str, str], stack: ExitStack) -> None:
    """Leave the addresses in DATA_DIR/env while the demo runs, so that manage.py can be used beside it."""
    path = data / "env"
    names = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE")
    path.touch(mode=0o600)
    path.write_text("".join(f"export {name}='{env[name]}'\n" for name in names))
    stack.callback(path.unlink, missing_ok=True)


def watch(children: list[Child]) -> None:
    """Nothing is restarted in silence: a child that ends, ends the demo."""
    while True:
        for child in children:
            if child.died():
                raise Failed(f"{child.name} ended with code {child.process.returncode}:\n{child.tail()}")
        time.sleep(0.5)


def reset(data: Path) -> None:
    """Clear what `make demo` made in its folder; a database of your own is left alone."""
    if not (data / LOCK).exists():
        print(f"Nothing to clear in {data}.")
        return
    with only_one(data):
        shutil.rmtree(data)
    print(f"Cleared {data}.")


def main(arguments: list[str]) -> int:
    data = Path(os.environ.get("DATA_DIR", ROOT / ".data")).resolve()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        if arguments == ["--reset"]:
            reset(data)
            return 0
        messages.compile_stale()
        serve_demo(data, int(os.environ.get("PORT", "8000")))
    except Stop:
        print("\nStopped.")
    except Failed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
