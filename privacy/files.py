"""Files sealed in chunks of 64 KiB under a key of their own, which the owner's data key wraps.

Head: HF | version | suite | kid u32 | wrapped key. Then the chunks; each is bound to the file, its number and
whether it is the last, so a file cut short, reordered, lengthened or renamed does not open.
"""

import fcntl
import hashlib
import os
import secrets
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from django.conf import settings

from privacy import envelope
from privacy.envelope import DataCipher, lengths
from privacy.errors import SealError
from privacy.keys import ring
from privacy.places import Place
from privacy.suites import Aead, Suite, suite

CHUNK = 64 * 1024
HEAD = struct.Struct(">2sBBI")
MAGIC, VERSION = b"HF", 1
AROUND = 12 + envelope.TAG_BYTES


class TooLarge(Exception):
    """The file is larger than allowed."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What to keep of a file: its id (its name in the store), size and SHA-256 (hex) of the clear content."""

    id: UUID
    size: int
    sha256: str


def folder() -> Path:
    return Path(settings.DATA_DIR) / "files"


def seal_file(stream: IO[bytes], row: Any, *, limit: int = 50 * 1024 * 1024) -> SealedFile:
    """Seal the stream to DATA_DIR/files/<id> under the key of `row`, a SealedModel that will name the file.

    TooLarge past `limit` bytes. A failure leaves nothing behind.
    """
    file_id, key = uuid4(), Place(row).sealing_key()
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / str(file_id)
    part = path.with_suffix(".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            size, digest = _write(out, stream, file_id, key, limit)
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return SealedFile(file_id, size, digest)


def _write(out: IO[bytes], stream: IO[bytes], file_id: UUID, key: DataCipher, limit: int) -> tuple[int, str]:
    by = key.suite
    file_key = secrets.token_bytes(by.key_bytes)
    nonce, head = os.urandom(12), HEAD.pack(MAGIC, VERSION, by.number, key.kid)
    out.write(head + nonce + key.aead.encrypt(nonce, file_key, head + _context(file_id, key.owner)))
    cipher, digest, size = by.cipher(file_key), hashlib.sha256(), 0
    chunk, index = _read(stream), 0
    while True:
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        following = _read(stream) if len(chunk) == CHUNK else b""
        out.write(cipher.encrypt(_nonce(index), chunk, _chunk_context(file_id, index, not following)))
        if not following:
            return size, digest.hexdigest()
        chunk, index = following, index + 1


def _read(stream: IO[bytes]) -> bytes:
    """A whole chunk, however small the pieces the stream gives; less only at its end."""
    parts, missing = [], CHUNK
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def open_file(file_id: UUID, row: Any) -> Iterator[bytes]:
    """The clear content, piece by piece. The head is checked at once; record the reading before calling this.

    SealError where the file is missing, foreign or changed: at the latest in place of its last piece.
    """
    path = folder() / str(file_id)
    try:
        source = path.open("rb")
    except OSError:
        raise SealError("the file is not in the store") from None
    try:
        cipher = _file_cipher(source, file_id, row)
    except BaseException:
        source.close()
        raise
    return _pieces(source, cipher, file_id)


def _file_cipher(source: IO[bytes], file_id: UUID, row: Any) -> Aead:
    place = Place(row)
    cipher, owner = _opened_head(source, file_id, place.compartment)
    if owner != place.owner:
        raise SealError("a file of another owner")
    return cipher


def _opened_head(source: IO[bytes], file_id: UUID, compartment: str) -> tuple[Aead, UUID]:
    """The cipher of the file and whose it is; the owner is the one of the data key, checked by the wrapping."""
    head, by, kid = _head(source)
    wrapped = source.read(by.key_bytes + AROUND)
    key = ring.opening_keys([kid], compartment).get(kid)
    if key is None:
        raise SealError("unknown key")
    try:
        file_key = key.aead.decrypt(wrapped[:12], wrapped[12:], head + _context(file_id, key.owner))
    except (InvalidTag, ValueError):
        raise SealError("the file does not pass its check") from None
    return by.cipher(file_key), key.owner


def _head(source: IO[bytes]) -> tuple[bytes, Suite, int]:
    """The head as it stands, the suite and the kid it names."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size or head[:3] != MAGIC + bytes([VERSION]):
        raise SealError("not a sealed file")
    _, _, number, kid = HEAD.unpack(head)
    return head, suite(number), kid


def _pieces(source: IO[bytes], cipher: Aead, file_id: UUID) -> Iterator[bytes]:
    with source:
        index, sealed = 0, source.read(CHUNK + envelope.TAG_BYTES)
        while True:
            following = source.read(CHUNK + envelope.TAG_BYTES)
            try:
                yield cipher.decrypt(_nonce(index), sealed, _chunk_context(file_id, index, not following))
            except (InvalidTag, ValueError):
                raise SealError("the file does not pass its check") from None
            if not following:
                return
            sealed, index = following, index + 1


def _context(file_id: UUID, owner: UUID) -> bytes:
    return lengths(b"file key", file_id.bytes, owner.bytes)


def _nonce(index: int) -> bytes:
    """Never repeats: the key is this file's alone."""
    return index.to_bytes(12, "big")


def _chunk_context(file_id: UUID, index: int, last: bool) -> bytes:
    return lengths(b"chunk", file_id.bytes, index.to_bytes(8, "big"), b"last" if last else b"more")


def delete_file(file_id: UUID) -> None:
    """Remove a file; one that is gone already is no error."""
    with _store_locked():
        (folder() / str(file_id)).unlink(missing_ok=True)


def kid_of_file(file_id: UUID) -> int | None:
    """The data key that a file's head names; None where there is no sealed file."""
    try:
        with (folder() / str(file_id)).open("rb") as source:
            return _head(source)[2]
    except (OSError, SealError):
        return None


def reseal_file(file_id: UUID, compartment: str) -> bool:
    """The same content under a fresh key, wrapped by the owner's present data key. False where it is gone.

    Whoever is reading the old file reads it to its end; whoever deletes it meanwhile has deleted it.
    """
    path = folder() / str(file_id)
    part = path.with_suffix(".part")
    try:
        with path.open("rb") as source, part.open("wb") as out:
            os.fchmod(out.fileno(), 0o600)
            held = os.fstat(source.fileno()).st_ino
            cipher, owner = _opened_head(source, file_id, compartment)
            key = ring.sealing_key(owner, compartment)
            _write(out, Pieces(_pieces(source, cipher, file_id)), file_id, key, sys.maxsize)  # type: ignore[arg-type]
            out.flush()
            os.fsync(out.fileno())
        with _store_locked():
            if not path.exists() or path.stat().st_ino != held:
                return False
            part.rename(path)
            return True
    except FileNotFoundError:
        return False
    finally:
        part.unlink(missing_ok=True)


class Pieces:
    """What comes in pieces, as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, size: int) -> bytes:
        if not self._held:
            self._held = next(self._pieces, b"")
        given, self._held = self._held[:size], self._held[size:]
        return given


@contextmanager
def _store_locked() -> Iterator[None]:
    """Between looking at a file and putting another in its place nobody removes it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder(), os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
