"""What a backup is made of on disk: sealed parts, and a manifest that is written last.

DIR/20261128T020000Z/data.sealed    the database without the key ring and without sessions
                     files.sealed   the sealed files
                     manifest.json  hashes; without it the backup counts as not made
KEYRING_DIR/20261128T020000Z.sealed and .json   the key ring, elsewhere and for days only
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from config.backup.sealing import Sealer
from config.runtime.servers import private_folder

DATA, FILES, KEYRING, MANIFEST = "data", "files", "keyring", "manifest.json"
STAMP = "%Y%m%dT%H%M%SZ"
Tell = Callable[[str], None]


class Incomplete(Exception):
    """A backup that must not be restored, or could not be made; the text is fit to show."""


@dataclass(frozen=True)
class Part:
    """A sealed file and what it must look like."""

    bytes: int
    sha256: str


def measured(path: Path) -> Part:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return Part(path.stat().st_size, digest.hexdigest())


@contextmanager
def sealing(path: Path, recipient: X25519PublicKey, name: str) -> Iterator[Sealer]:
    """Write a part under a name of its own until it is whole; on a failure nothing of it stays."""
    part = path.with_suffix(".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            sealer = Sealer(out, recipient, name)
            yield sealer
            sealer.finish()
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def write_manifest(path: Path, parts: dict[str, Path], facts: dict[str, Any]) -> str:
    """Whole or not at all; its own SHA-256 is what a person writes into the book."""
    content = facts | {"parts": {name: asdict(measured(part)) for name, part in parts.items()}}
    text = json.dumps(content, indent=1, sort_keys=True).encode()
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(path)
    return hashlib.sha256(text).hexdigest()


def checked(manifest: Path, where: dict[str, Path]) -> dict[str, Any]:
    """The manifest's facts, when every part in `where` is there and is what it says; else Incomplete."""
    try:
        facts: dict[str, Any] = json.loads(manifest.read_bytes())
        named = {name: Part(**one) for name, one in facts["parts"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        raise Incomplete(f"{manifest} is missing or damaged: this backup was not finished.") from None
    for name, path in where.items():
        if not path.is_file() or named.get(name) != measured(path):
            raise Incomplete(f"{path} is missing or is not what the manifest says.")
    return facts


def newest(folder: Path) -> Path:
    """The folder itself if it is a backup, else the newest finished backup in it."""
    if (folder / MANIFEST).exists():
        return folder
    found = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    if not found:
        raise Incomplete(f"There is no finished backup in {folder}.")
    return found[-1]


def newest_keyring(folder: Path) -> Path:
    """The newest finished archive of the key ring."""
    found = sorted(folder.glob("*.json"))
    if not found:
        raise Incomplete(f"There is no finished archive of the key ring in {folder}.")
    return found[-1].with_suffix(".sealed")


def fresh_folder(folder: Path, now: datetime) -> Path:
    made = private_folder(folder) / now.strftime(STAMP)
    try:
        made.mkdir(mode=0o700)
    except FileExistsError:
        raise Incomplete(f"{made} is there already.") from None
    return made
