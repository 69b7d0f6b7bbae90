"""Make a backup: first the database, then the files its rows name, last the keys of both."""

import tarfile
from datetime import UTC, datetime, timedelta
from io import RawIOBase
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config.backup.parts import (
    DATA,
    FILES,
    KEYRING,
    MANIFEST,
    STAMP,
    Incomplete,
    Tell,
    fresh_folder,
    sealing,
    write_manifest,
)
from config.backup.postgres import data_flags, dumped, keyring_flags
from config.backup.sealing import Sealer
from config.runtime.servers import private_folder
from privacy.files import folder as store

STEP = 64 * 1024 * 1024
# Keys in an old archive would undo a shredding: it goes after a week.
KEYRING_DAYS = 7


def apart(folder: Path, keyring: Path) -> None:
    """Whoever finds one of the two must not find the other."""
    one, other = folder.resolve(), keyring.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise Incomplete(
            "The key ring must be kept apart from the data: name two folders, best on two devices."
        )


def back_up(folder: Path, keyring: Path, key: X25519PublicKey, tell: Tell) -> tuple[Path, str]:
    """The finished backup and the SHA-256 of its manifest."""
    apart(folder, keyring)
    now = datetime.now(UTC)
    made = fresh_folder(folder, now)
    parts = {DATA: made / f"{DATA}.sealed", FILES: made / f"{FILES}.sealed"}
    _dump(parts[DATA], key, DATA, data_flags(), tell)
    count = _files(parts[FILES], key, tell)
    back_up_keyring(keyring, key, tell)
    facts = {"made_at": now.isoformat(), "files": count, "migrations": len(_migrations())}
    return made, write_manifest(made / MANIFEST, parts, facts)


def back_up_keyring(folder: Path, key: X25519PublicKey, tell: Tell) -> Path:
    """The key ring alone: small, so it can be done every hour. Older archives go."""
    now = datetime.now(UTC)
    path = private_folder(folder) / f"{now.strftime(STAMP)}.sealed"
    _dump(path, key, KEYRING, keyring_flags(), tell)
    write_manifest(path.with_suffix(".json"), {KEYRING: path}, {"made_at": now.isoformat()})
    _forget_old(folder, now - timedelta(days=KEYRING_DAYS), tell)
    return path


def _dump(path: Path, key: X25519PublicKey, name: str, flags: list[str], tell: Tell) -> None:
    tell(f"{name}: begins (the database takes {_megabytes(_size())} on disk)")
    done, told = 0, 0
    with sealing(path, key, name) as out:
        for piece in dumped(flags):
            done += out.write(piece)
            if done - told >= STEP:
                told = done
                tell(f"{name}: {_megabytes(done)}")
    tell(f"{name}: done, {_megabytes(done)}")


def _files(path: Path, key: X25519PublicKey, tell: Tell) -> int:
    """Everything in the store, sealed as it is. What is added meanwhile belongs to the next backup."""
    names = sorted(one.name for one in store().iterdir() if one.suffix == "") if store().exists() else []
    tell(f"{FILES}: {len(names)}")
    with sealing(path, key, FILES) as out, tarfile.open(fileobj=_Plain(out), mode="w|") as archive:
        kept = 0
        for number, name in enumerate(names, 1):
            kept += _add(archive, name)
            if number % 1000 == 0:
                tell(f"{FILES}: {number} of {len(names)}")
    tell(f"{FILES}: done, {kept}")
    return kept


def _add(archive: tarfile.TarFile, name: str) -> bool:
    """Only its id and content: no owner, no time. False when it was shredded a moment ago."""
    try:
        with (store() / name).open("rb") as content:
            about = tarfile.TarInfo(name)
            about.size = (store() / name).stat().st_size
            archive.addfile(about, content)
    except FileNotFoundError:
        return False
    return True


class _Plain(RawIOBase):
    """What tarfile's stream mode needs of a file."""

    def __init__(self, out: Sealer) -> None:
        self._out = out

    def write(self, data: Any) -> int:
        return self._out.write(data)


def _forget_old(folder: Path, before: datetime, tell: Tell) -> None:
    for path in sorted(folder.glob("*Z.*")):
        if path.name[: len("20261128T020000Z")] < before.strftime(STAMP):
            path.unlink()
            tell(f"{KEYRING}: {path.name} is older than {KEYRING_DAYS} days and was deleted")


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _migrations() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
