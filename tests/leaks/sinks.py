"""Where data could get out: every place a stranger could read without the keys."""

import logging
import re
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest

from config.logs import JsonLines
from config.runtime.servers import pg

ADDRESSES = re.compile(r'\s(?:href|action|src|hx-(?:get|post|target|vals)|data-[a-z-]+|id|name)="([^"]*)"')
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
POLICY = re.compile(r"default-src 'none'|^sandbox$")
ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def dump() -> dict[str, bytes]:
    """Every table as pg_dump writes it, by its name."""
    given: dict[str, Any] = connection.settings_dict
    where = ["-h", str(given["HOST"]), "-U", str(given["USER"]), "-d", str(given["NAME"])]
    where += ["-p", str(given["PORT"])] if given["PORT"] else []
    whole = subprocess.run([*pg("pg_dump"), *where], capture_output=True, check=True).stdout
    head, *tables = whole.split(b"\nCOPY ")
    return {"database": head} | {f"database, {one.split()[0].decode()}": one for one in tables}


def sessions() -> bytes:
    """Opened: in the table they are packed."""
    return repr([row.get_decoded() for row in Session.objects.all()]).encode()


def redis_contents() -> bytes:
    """All databases, all keys, whatever their kind."""
    found = []
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        numbers = range(int(client.config_get("databases")["databases"]))  # type: ignore[index, call-overload]
        for number in numbers:
            client.execute_command("SELECT", number)
            found += [key + b" " + _value(client, key) for key in client.keys("*")]  # type: ignore[union-attr]
    return b"\n".join(found)


def _value(client: "redis.Redis", key: bytes) -> bytes:
    readers: dict[bytes, tuple[Any, ...]] = {
        b"string": ("GET", key), b"list": ("LRANGE", key, 0, -1), b"hash": ("HGETALL", key), b"set": ("SMEMBERS", key),
        b"zset": ("ZRANGE", key, 0, -1), b"stream": ("XRANGE", key, "-", "+"),
    }  # fmt: skip
    return _plain(client.execute_command(*readers[client.type(key)]))  # type: ignore[index]


def _plain(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    return b" ".join(map(_plain, parts)) if isinstance(parts, list | tuple | set) else str(value).encode()


def files(folder: Path) -> bytes:
    """Names and contents; the folder of the database itself is read by its dump."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        if "postgres" in path.relative_to(folder).parts or not path.is_file():
            continue
        found.append(str(path).encode() + b"\n" + path.read_bytes())
    return b"\n".join(found)


class Queue:
    """Everything Redis is told while this is open: messages that are gone a moment later too."""

    def __enter__(self) -> "Queue":
        self.heard: list[bytes] = []
        self._client = redis.Redis.from_url(settings.REDIS_URL)
        self._monitor = self._client.monitor().__enter__()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def _listen(self) -> None:
        while True:
            try:
                self.heard.append(self._monitor.connection.read_response())
            except (redis.RedisError, OSError, ValueError, AttributeError):
                return

    def __exit__(self, *_: object) -> None:
        with redis.Redis.from_url(settings.REDIS_URL) as other:
            other.ping()
        self._client.connection_pool.disconnect()
        self._thread.join(5)

    def contents(self) -> bytes:
        raw = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in self.heard)
        return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), raw)


class Log(logging.Handler):
    """The lines of the web server, as it writes them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class Answers:
    """Of every page: its address and title, the addresses in it, its headers, its cookies; never its text."""

    told: list[str] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)

    def hear(self, address: str, response: Any) -> None:
        """`bare`: addresses whose answer a cache may keep or that came without a policy."""
        kept = "no-store" not in response.get("Cache-Control", "")
        if kept or not POLICY.search(response.get("Content-Security-Policy", "")):
            self.bare.add(address)
        self.told += [address, *(f"{name}: {value}" for name, value in response.items())]
        for cookie in response.cookies.values():
            self.told.append(cookie.OutputString())
            if cookie.key == "messages":
                self.told.append(repr(CookieStorage(HttpRequest())._decode(cookie.value)))
        if response.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode()
            self.told += ADDRESSES.findall(page)
            self.titles.update(TITLE.findall(page))
