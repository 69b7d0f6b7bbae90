"""A house that has grown: a PostgreSQL primary with a streaming replica, and a Valkey that sentinels watch."""

import subprocess
from pathlib import Path

import psycopg
from kombu import Connection

from config.runtime.children import start, wait_until
from config.runtime.servers import DATABASE, ROLE, VALKEY, pg, start_postgres
from config.settings import broker
from tests.faults.house import House, until
from tests.ground.test_demo import free_port
from tests.ground.test_deploy import DEPLOY

WORDS = {"REPLACE-ME-TOO": "s" * 20, "REPLACE-ME-THREE": "r" * 20, "REPLACE-ME": "p" * 20}


def filled(text: str) -> str:
    for blank, word in WORDS.items():
        text = text.replace(blank, word)
    return text


class Grown(House):
    """`DATABASE_URL` names both servers and asks for the one that takes writes; the sentinels say where the queue is."""

    def __init__(self, folder: Path, first: Path, second: Path) -> None:
        super().__init__(folder, first)
        self.second = second
        self.host = f"{first},{second}"
        self.env["DATABASE_URL"] = (
            f"postgres://app@{self.host.replace('/', '%2F')}/{DATABASE}?target_session_attrs=read-write"
        )
        self.valkeys, self.watchers = [free_port(), free_port()], [free_port() for _ in range(3)]
        self.sentinels = [f"127.0.0.1:{port}" for port in self.watchers]
        who = {"REDIS_USER": "huhang", "REDIS_PASSWORD": WORDS["REPLACE-ME"], "REDIS_MASTER": "huhang"}
        self.env |= who | {"REDIS_SENTINELS": ",".join(self.sentinels), "REDIS_URL": "redis://127.0.0.1:1/0"}

    # PostgreSQL

    def replica(self, *, waits: bool) -> None:
        """A copy of the running primary that follows it; `waits`: a step is acknowledged when both have it on disk."""
        copy = self.folder / "replica"
        command = [
            *pg("pg_basebackup"),
            "-h",
            str(self.sockets),
            "-U",
            ROLE,
            "-D",
            str(copy),
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
        ]
        subprocess.run(command, check=True, capture_output=True)
        self.running["replica"] = start_postgres(copy, self.second, self.folder / "replica.log", lasting=True)
        self.at_first("alter system set synchronous_commit = on")
        self.at_first(f"alter system set synchronous_standby_names = '{'*' if waits else ''}'")
        self.at_first("select pg_reload_conf()")
        kind = "sync" if waits else "async"
        until(lambda: self.at_first("select sync_state from pg_stat_replication") == [(kind,)])

    def at_first(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(host=str(self.sockets), user=ROLE, dbname=DATABASE, autocommit=True) as wire:
            done = wire.execute(statement)
            return done.fetchall() if done.description else []

    def at_second(self, *statements: str) -> None:
        with psycopg.connect(host=str(self.second), user=ROLE, dbname="postgres", autocommit=True) as wire:
            for one in statements:
                wire.execute(one)

    def promote(self) -> None:
        self.at_second("select pg_promote()")

    def cut(self) -> None:
        """The line between the two: the replica hears nothing any more."""
        self.at_second("alter system set primary_conninfo = ''", "select pg_reload_conf()")
        until(lambda: not self.at_first("select 1 from pg_stat_replication"))

    # Valkey

    def valkey(self) -> None:
        """Two of them with our access list, the second following the first; three sentinels."""
        for number, port in enumerate(self.valkeys):
            self._valkey(number, port)
        for number, port in enumerate(self.watchers):
            self._sentinel(number, port)
        for number in range(len(self.watchers)):
            child = self.running[f"sentinel{number}"]
            wait_until(lambda log=child.log: knows(log.read_text()), child)  # type: ignore[misc]

    def _valkey(self, number: int, port: int) -> None:
        home = self.folder / f"valkey{number}"
        home.mkdir()
        (home / "acl").write_text(filled((DEPLOY / "valkey" / "huhang.acl").read_text()))
        conf = (
            (DEPLOY / "valkey" / "huhang.conf").read_text().replace("/etc/huhang/valkey.acl", f"{home}/acl")
        )
        conf = filled(conf.replace("# masteruser", "masteruser").replace("# masterauth", "masterauth"))
        follows = f"replicaof 127.0.0.1 {self.valkeys[0]}\n" if number else ""
        (home / "conf").write_text(f"{conf}\nport {port}\ndir {home}\n{follows}")
        child = start(f"valkey{number}", [str(VALKEY), str(home / "conf")], log=home / "log")
        self.running[f"valkey{number}"] = child
        wait_until(lambda: "Ready to accept connections" in (home / "log").read_text(), child)

    def _sentinel(self, number: int, port: int) -> None:
        home = self.folder / f"sentinel{number}"
        home.mkdir()
        conf = filled((DEPLOY / "valkey" / "sentinel.conf").read_text()).replace("port 26379", f"port {port}")
        conf = conf.replace("10.0.0.11 6379", f"127.0.0.1 {self.valkeys[0]}").replace(
            "bind 10.0.0.11", "bind 127.0.0.1"
        )
        (home / "conf").write_text(conf.replace("/var/lib/valkey", str(home)))
        child = start(f"sentinel{number}", [str(VALKEY), str(home / "conf"), "--sentinel"], log=home / "log")
        self.running[f"sentinel{number}"] = child

    def broker(self, **options: object) -> Connection:
        url = broker.url("", self.sentinels, "huhang", WORDS["REPLACE-ME"])
        return Connection(url, transport_options=broker.options(self.sentinels, "huhang") | options)


def knows(log: str) -> bool:
    """A sentinel that has found the follower and both of its fellows."""
    return "+slave" in log and log.count("+sentinel") == 2
