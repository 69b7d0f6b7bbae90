"""A whole house of real processes, to be killed: PostgreSQL, Valkey, web processes, a worker."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.test import Client
from kombu import Connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.actor import Actor
from config.celery import app
from config.runtime.children import Child, start, wait_until
from config.runtime.messages import ROOT
from config.runtime.servers import DATABASE, _initdb, start_postgres, start_valkey
from privacy.keys import ring
from tests.elsewhere import address, on_database
from tests.ground.test_demo import free_port
from tests.people import signed_in
from tests.snapshot import Snapshot

TOKEN = "t" * 32
Answer = tuple[int, str]


def until(what: Callable[[], Any], seconds: float = 40) -> Any:
    """Its first true value."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def family(pid: int) -> list[int]:
    """A process and all that it started, whatever their group."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(word) for one in threads for word in (one / "children").read_text().split()]
    except FileNotFoundError:
        return []
    return [pid, *(each for child in children for each in family(child))]


def kill(child: Child) -> None:
    """kill -9, to the whole family at once."""
    for pid in family(child.process.pid):
        os.kill(pid, signal.SIGKILL)
    child.process.wait()


class House:
    """Everything started lies in one folder. `stop()` ends what still runs."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self.folder, self.sockets = folder, sockets
        self.host, self.ports = str(sockets), [free_port(), free_port()]
        self.redis_url = f"unix://{sockets}/valkey?db=0"
        self.env = {name: word for name, word in os.environ.items() if name != "PYTEST_XDIST_WORKER"} | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": address(DATABASE, self.host),
            "REDIS_URL": self.redis_url,
            "DATA_DIR": str(settings.DATA_DIR),
            "KEY_DIR": str(settings.KEY_DIR),
        }
        self.running: dict[str, Child] = {}

    def __getitem__(self, name: str) -> Child:
        return self.running[name]

    def postgres(self) -> None:
        data = self.folder / "postgres"
        if not data.exists():
            _initdb(data, lasting=False)  # the machine does not fail here, only processes do
        self.running["postgres"] = start_postgres(
            data, self.sockets, self.folder / "postgres.log", lasting=True
        )

    def valkey(self) -> None:
        where = self.folder / "valkey", self.sockets / "valkey", self.folder / "valkey.log"
        self.running["valkey"] = start_valkey(*where, lasting=True)

    def launch(self, number: int = 0) -> None:
        """Start a web process unless it runs; do not wait for it."""
        name = f"web{number}"
        if name not in self.running or self[name].died():
            words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.ports[number])]
            words += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "config.wsgi:application"]
            self._start(name, [sys.executable, "-m", "granian", *words])

    def web(self, number: int = 0) -> None:
        """Running, and answering."""
        self.launch(number)
        ready = lambda: tried_to(lambda: self.get("/readyz", number=number))[0] == 200  # noqa: E731
        wait_until(ready, self[f"web{number}"])

    def kill_web(self, number: int) -> None:
        """kill -9; another one starts meanwhile."""
        kill(self[f"web{number}"])
        self.launch(number)

    def start_worker(self, name: str = "worker") -> None:
        words = ["worker", "--pool", "threads", "--concurrency", "2", "-l", "INFO", "-n", f"{name}@%h"]
        words += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self._start(name, [sys.executable, "-m", "celery", "-A", "config", *words])

    def _start(self, name: str, command: list[str]) -> None:
        log = self.folder / f"{name}.log"
        self.running[name] = start(name, command, log=log, env=self.env, cwd=ROOT)

    def stop(self) -> None:
        for child in reversed(self.running.values()):
            child.stop()

    # What people and the beat do

    def get(self, path: str, actor: Actor | None = None, number: int = 0) -> Answer:
        return self._ask("GET", path, actor, number, None, {})

    def post(self, path: str, data: dict[str, Any], actor: Actor | None = None, number: int = 0) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, actor, number, urlencode(data, doseq=True).encode(), kind)

    def _ask(
        self, verb: str, path: str, actor: Actor | None, number: int, body: bytes | None, more: dict[str, str]
    ) -> Answer:
        cookie = f"csrftoken={TOKEN}" + (f"; sessionid={self.session(actor)}" if actor else "")
        wire = HTTPConnection("127.0.0.1", self.ports[number], timeout=30)
        try:
            wire.request(verb, path, body, {"Cookie": cookie, "X-CSRFToken": TOKEN, **more})
            answer = wire.getresponse()
            return answer.status, answer.read().decode()
        finally:
            wire.close()

    sessions: dict[Any, str] = {}

    def session(self, actor: Actor) -> str:
        """One session for each actor, kept while the database may be away."""
        if actor.user_id not in self.sessions:
            self.sessions[actor.user_id] = signed_in(Client(), actor).cookies["sessionid"].value
        return self.sessions[actor.user_id]

    def upload(self, path: str, actor: Actor, fields: dict[str, str], content: bytes) -> Answer:
        edge = "----errand"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            for k, v in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._ask(
            "POST", path, actor, 0, body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )

    def broker(self, **options: Any) -> Connection:
        url = f"redis+socket://{quote(str(self.sockets))}/valkey?virtual_host=0"
        return Connection(url, transport_options=options)

    def beat(self, task: str = "workflow.tasks.relay_outbox", times: int = 1) -> None:
        """What the beat does when its time has come."""
        with self.broker() as wire:
            for _ in range(times):
                app.send_task(task, connection=wire, ignore_result=True)

    def give_back(self) -> None:
        """What the broker does when a message was not acknowledged in time."""
        with self.broker(visibility_timeout=0) as wire:
            channel: Any = wire.default_channel
            channel.qos.restore_visible()

    def queued(self) -> int:
        with redis.Redis.from_url(self.redis_url) as client:
            return int(client.llen("celery"))

    # Standing still at a chosen point

    @contextmanager
    def held(self, table: str) -> Iterator[Callable[[], Any]]:
        """Nobody can write into the table while this is open; gives a wait for somebody to stand there."""
        with psycopg.connect(host=self.host, user="app", dbname=DATABASE) as holder:
            holder.execute(f"lock table {table} in share row exclusive mode")

            def somebody_waits() -> Any:
                return until(lambda: self.sql("select 1 from pg_locks where not granted"))

            yield somebody_waits
            holder.rollback()

    def sql(self, statement: str) -> list[Any]:
        with psycopg.connect(host=self.host, user="app", dbname=DATABASE, autocommit=True) as wire:
            done = wire.execute(statement)
            return done.fetchall() if done.description else []


def tried_to(ask: Callable[[], Answer]) -> Answer:
    """(0, "") where nobody answers or the answer breaks off."""
    try:
        return ask()
    except (OSError, HTTPException):
        return 0, ""


@contextmanager
def meanwhile(ask: Callable[[], Answer]) -> Iterator[list[Answer]]:
    """The request runs beside the block; its answer is in the list afterwards."""
    answers: list[Answer] = []

    def run() -> None:
        try:
            answers.append(tried_to(ask))
        finally:
            connection.close()  # the session of whoever asks may have been made in this thread

    thread = Thread(target=run)
    thread.start()
    try:
        yield answers
    finally:
        thread.join(60)


@contextmanager
def standing(made: House, blocker: DjangoDbBlocker, snapshot: Snapshot) -> Iterator[None]:
    """Its servers run and its database is migrated; the product's own commands in this process go there too."""
    try:
        made.postgres()
        made.valkey()
        with blocker.unblock(), on_database(DATABASE, made.host):
            Snapshot(snapshot.folder).fill(DATABASE)
            ring.ensure()
            yield
    finally:
        made.stop()
