"""A migrated database kept between runs, so that a run of few tests does not begin with all migrations.

The file lies in pytest's own cache, named after everything a migration is made of. `migrate` still runs
over the loaded database: a migration that is not in it is applied then.
"""

import fcntl
import hashlib
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import connection

from config.runtime.messages import ROOMS, ROOT
from config.runtime.servers import pg

SOURCES = ("**/migrations/*.py", "**/operations.py", "settings/*.py")


def _digest() -> str:
    # Only our own folders: in the root pytest's other workers make and drop cache folders while we look.
    found = {
        path for room in (*ROOMS, "tests") for pattern in SOURCES for path in (ROOT / room).glob(pattern)
    }
    found.add(ROOT / "requirements-dev.txt")
    total = hashlib.sha256()
    for path in sorted(found):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:24]


@dataclass
class Snapshot:
    """`folder`: where snapshots lie. Any failure means: migrate as usual."""

    folder: Path
    loaded: bool = False
    lock: IO[str] = field(init=False)

    def __post_init__(self) -> None:
        self.file = self.folder / f"{_digest()}.dump"

    def load(self, name: str) -> bool:
        """Make the database `name` from the snapshot; False if there is none or it does not fit.

        Of several workers one migrates and saves, the others wait for it: all at once they take twice as long.
        """
        self.lock = (self.folder / "lock").open("a")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if not self.file.exists():
            return False
        self.lock.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'drop database if exists "{name}"')
            cursor.execute(f'create database "{name}"')
        done = self._run("pg_restore", "--no-owner", "--exit-on-error", "-1", "-d", name, str(self.file))
        if not done:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'drop database if exists "{name}"')
        self.loaded = done
        return done

    def save(self) -> None:
        """Keep the database as it is now, and no older snapshot."""
        fresh = self.file.with_suffix(f".{connection.settings_dict['NAME']}")
        if self._run("pg_dump", "-Fc", "-Z1", "-f", str(fresh), str(connection.settings_dict["NAME"])):
            for old in self.folder.glob("*.dump"):
                old.unlink(missing_ok=True)
            fresh.rename(self.file)
        self.lock.close()

    def _run(self, program: str, *words: str) -> bool:
        given: dict[str, Any] = connection.settings_dict
        where = ["-h", str(given["HOST"]), "-U", str(given["USER"])]
        where += ["-p", str(given["PORT"])] if given["PORT"] else []
        done = subprocess.run([*pg(program), *where, *words], capture_output=True, check=False)
        return done.returncode == 0
