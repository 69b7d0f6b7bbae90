"""A migrated database kept between runs, so that a run of few tests does not begin with all migrations.

The file lies in pytest's own cache, named after everything a migration is made of. `migrate` still runs
over the loaded database: a migration that is not in it is applied then.
`python -m tests.snapshot` makes it: `make test` does so while other checks use the other core.
"""

import fcntl
import hashlib
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import django
from django.core.management import call_command
from django.db import connection

from config.runtime.messages import ROOMS, ROOT
from config.runtime.servers import pg

# Where pytest's cache gives a plugin its folder "database".
FOLDER = ROOT / ".pytest_cache" / "d" / "database"
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

    folder: Path = FOLDER
    loaded: bool = False
    lock: IO[str] = field(init=False)

    def __post_init__(self) -> None:
        self.file = self.folder / f"{_digest()}.dump"

    def wanted(self) -> bool:
        """True: there is none, and whoever asks next waits until `save`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lock = (self.folder / "lock").open("a")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if self.file.exists():
            self.lock.close()
            return False
        return True

    def load(self, name: str) -> bool:
        """Make the database `name` from the snapshot; False if there is none or it does not fit.

        Of several workers one migrates and saves, the others wait for it: all at once they take twice as long.
        """
        if self.wanted():
            return False
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'drop database if exists "{name}"')
            cursor.execute(f'create database "{name}"')
        done = self._run("pg_restore", "--no-owner", "--exit-on-error", "-1", "-d", name, str(self.file))
        if not done:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'drop database if exists "{name}"')
        self.loaded = done
        return done

    def fill(self, name: str) -> None:
        """The connected database `name`, migrated one way or the other."""
        if not self.load(name):
            call_command("migrate", verbosity=0, interactive=False)
            self.save()

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


def main() -> int:
    """Migrate an empty database and keep it, unless it is kept already."""
    django.setup()
    snapshot, usual = Snapshot(), connection.settings_dict["NAME"]
    if snapshot.wanted():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        snapshot.save()
        connection.creation.destroy_test_db(str(usual), verbosity=0)
    print(f"Migrated and kept: {snapshot.file.name}")
    return 0 if snapshot.file.exists() else 1


if __name__ == "__main__":
    sys.exit(main())
