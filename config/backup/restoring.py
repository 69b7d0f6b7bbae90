"""Restore a backup into an empty database: the old data, the newest keys, and what was shredded in between.

Settings.AFTER_RESTORE names functions `(tell) -> None` that bring a restored database up to what has happened
since, above all the replay of what was shredded. They run before anything is checked, in their order.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from agencies.watch import look
from casework.services.stray_files import named_files
from config.backup.parts import DATA, FILES, KEYRING, MANIFEST, Incomplete, Tell, checked
from config.backup.postgres import restored
from config.backup.sealing import opened
from config.runtime.servers import private_folder
from indicators.recount import reconcile
from privacy.chain import seal
from privacy.chainrows import AuditSink
from privacy.checkpoints import Signed, from_file, push
from privacy.files import folder as store
from privacy.files import stored
from privacy.keyring import KEYRING_TABLES
from privacy.keys import ring
from privacy.reanchor import reanchor


def restore(
    backup: Path, keyring: Path, key: X25519PrivateKey, tell: Tell, checkpoints: Path | None = None
) -> None:
    """Raises Incomplete before anything is written where the backup is not whole or the place not empty."""
    sent = sent_checkpoints(checkpoints)
    parts = {DATA: backup / f"{DATA}.sealed", FILES: backup / f"{FILES}.sealed"}
    facts = checked(backup / MANIFEST, parts)
    checked(keyring.with_suffix(".json"), {KEYRING: keyring})
    _empty()
    tell(f"data of {facts['made_at']}")
    _pour(parts[DATA], key, DATA, [])
    tell(f"files: {_files(parts[FILES], key)}")
    call_command("migrate", verbosity=0, interactive=False)
    tell(f"keys of {keyring.stem}")
    with _unforced():
        _pour(keyring, key, KEYRING, ["--data-only"])
    ring.forget()
    ring.verify()
    anchor(datetime.fromisoformat(facts["made_at"]), sent, tell)
    for name in settings.AFTER_RESTORE:
        import_string(name)(tell)
    verify(tell)


def sent_checkpoints(path: Path | None) -> list[Signed]:
    """What was signed and sent away, also after the backup was made: without it a cut and a restore look the same."""
    way, _, where = settings.AUDIT_SINK.partition(":")
    place = path or (Path(where) if way == "file" else None)
    if place is None and not way:
        return []
    if place is None or not place.exists():
        raise Incomplete(
            "The checkpoints of the register that were sent away cannot be read here. Name a file of them with "
            "--checkpoints; where none are left, an empty one."
        )
    return from_file(str(place))


def anchor(backup: datetime, sent: list[Signed], tell: Tell) -> None:
    """First of all: the register goes on from here, and says so; then the backup's last rows get their place."""
    if not sent and not settings.AUDIT_SINK and AuditSink.objects.exists():
        tell("register: its checkpoints were sent somewhere that AUDIT_SINK does not name here")
    for gap in reanchor(timezone.now(), backup=backup, sent=sent):
        tell(f"register: {gap}")
    seal(timezone.now(), late=timedelta(days=36500), then=look)
    try:
        tell(f"register: anchored, {push()} checkpoints sent")
    except (OSError, subprocess.SubprocessError):  # whoever restores may only read there
        tell("register: anchored; the worker sends it")


def verify(tell: Tell) -> None:
    """The numbers, the lives, the register and the files of a restored house; raises CommandError."""
    report = reconcile(timezone.now(), repair=True)
    tell(f"statistics: {report.checked} numbers recounted, {len(report.differences)} mended")
    call_command("verify_lives", verbosity=0)
    tell("lives: every one stands where its last step left it")
    if "audit" in get_commands():
        call_command("audit", "verify")
    missing = named_files() - {file for file, _changed in stored()}
    tell(f"files: {len(missing)} of those the rows name are not in the store")
    if missing:
        raise CommandError("Files are missing: " + ", ".join(sorted(map(str, missing))[:20]))


def _empty() -> None:
    """Restoring on top of something would be neither the old nor the new."""
    if connection.introspection.table_names():
        raise Incomplete("The database is not empty. Make a new one and point DATABASE_URL at it.")
    if any(stored()):
        raise Incomplete(f"{store()} is not empty. Move it away first.")


@contextmanager
def _unforced() -> Iterator[None]:
    """The data came with its row policies, which hold for the owner too; what is poured on top of it goes past them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relforcerowsecurity and relname = any(%s)",
            [list(KEYRING_TABLES)],
        )
        tables = [name for (name,) in cursor.fetchall()]
        for name in tables:
            cursor.execute(f'alter table "{name}" no force row level security')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in tables:
                cursor.execute(f'alter table "{name}" force row level security')


def _pour(path: Path, key: X25519PrivateKey, name: str, flags: list[str]) -> None:
    with path.open("rb") as source:
        restored(opened(source, key, name), flags)


def _files(path: Path, key: X25519PrivateKey) -> int:
    """Only regular files named by an id; anything else in the archive is refused."""
    count = 0
    with path.open("rb") as source:
        clear = BufferedReader(_Stream(opened(source, key, FILES)))
        with tarfile.open(fileobj=clear, mode="r|") as tar:
            for about in tar:
                _put(tar, about)
                count += 1
    return count


def _put(tar: tarfile.TarFile, about: tarfile.TarInfo) -> None:
    content = tar.extractfile(about) if about.isreg() else None
    if content is None:
        raise Incomplete("The archive of the files holds something that is no file.")
    path = private_folder(store()) / str(UUID(about.name))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(content, out)


class _Stream(RawIOBase):
    """An iterator of pieces, read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = memoryview(piece)
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count
