"""The database byte by byte: its files, dead rows and all, and its write-ahead log.

A dump shows what the database would answer. A stolen disk shows more: rows that were deleted or changed, indexes,
temporary files, the log of every change. Values too long for a page would be packed there (pglz), and a mark in
them would not show: `raw()` has this database keep them as they are. `wal_compression` is off unless somebody sets it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

SEGMENT, PAGE = 16 * 2**20, 8192
LONG_HEAD, HEAD = 40, 24  # of the first page of a segment, of the others
BESIDE = ("global", "base/pgsql_tmp", "pg_stat", "pg_stat_tmp", "pg_logical", "pg_replslot", "pg_twophase")
PACKED = """
select a.attrelid, a.attnum from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i') and a.attstorage in ('x', 'm')
"""


def ask(sql: str, values: Any = ()) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


@dataclass(frozen=True)
class Raw:
    """`since`: where the write-ahead log stood when the search began."""

    folder: Path
    since: int

    def files(self) -> bytes:
        """Of this database and of all: what was written is on the disk first."""
        _written()
        ours = f"base/{ask('select oid from pg_database where datname = current_database()')[0]}"
        found = [path for part in (ours, *BESIDE) for path in sorted((self.folder / part).rglob("*"))]
        return b"\n".join(os.fsencode(path) + b"\n" + _read(path) for path in found)

    def log(self) -> bytes:
        """What was written since, as one stream: a record goes on behind the head of the next page."""
        _written()
        end = _place(ask("select pg_current_wal_flush_lsn()::text")[0])
        whole = bytearray()
        for number in range(self.since // SEGMENT, end // SEGMENT + 1):
            segment = (self.folder / "pg_wal" / _name(number)).read_bytes()
            for at in range(0, SEGMENT, PAGE):
                page = number * SEGMENT + at
                if page + PAGE > self.since and page < end:
                    whole += segment[at + (HEAD if at else LONG_HEAD) : at + PAGE]
        return bytes(whole)


def statements() -> bytes:
    """What pg_stat_statements kept of every statement of this database, for whoever looks where the time goes."""
    with connection.cursor() as cursor:
        cursor.execute("create extension pg_stat_statements")
        cursor.execute(
            "select query from pg_stat_statements s join pg_database d on d.oid = s.dbid where datname = current_database()"
        )
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("drop extension pg_stat_statements")
    return "\n".join(found).encode()


def _written() -> None:
    with connection.cursor() as cursor:
        cursor.execute("checkpoint")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:  # a temporary file of somebody else
        return b""


def _place(lsn: str) -> int:
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)


def _name(segment: int) -> str:
    """Of the first timeline: a database that was just made."""
    return f"{1:08X}{segment // 256:08X}{segment % 256:08X}"


@contextmanager
def raw() -> Iterator[Raw]:
    """While this is open nothing of the write-ahead log is thrown away and nothing is packed."""
    slot = f"search_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"update pg_attribute u set attstorage = 'e' from ({PACKED}) p"
            " where (u.attrelid, u.attnum) = (p.attrelid, p.attnum)"
        )
        cursor.execute("select pg_create_physical_replication_slot(%s, true)", [slot])
        try:
            assert ask("show wal_compression") == ("off",)
            yield Raw(
                Path(ask("show data_directory")[0]), _place(ask("select pg_current_wal_lsn()::text")[0])
            )
        finally:
            cursor.execute("select pg_drop_replication_slot(%s)", [slot])
