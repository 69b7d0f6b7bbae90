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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from django.conf import settings

from privacy import envelope
from privacy.envelope import DataCipher, lengths
from privacy.errors import SealError
from privacy.keys import ring
from privacy.places import Place
from privacy.purposes import VICTIM
from privacy.suites import Aead, Suite, suite

CHUNK = 64 * 1024
HEAD = struct.Struct(">2sBBI")
MAGIC, VERSION = b"HF", 1
MOST = 50 * 1024 * 1024
FRONT = 64
PART = ".part"
AROUND = 12 + envelope.TAG_BYTES


class TooLarge(Exception):
    """The file is larger than allowed."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What to keep of a file: its id (its name in the store), size, SHA-256 and SM3 (hex) of the clear content."""

    id: UUID
    size: int
    sha256: str
    sm3: str


def folder() -> Path:
    return Path(settings.DATA_DIR) / "files"


def _path(file_id: UUID) -> Path:
    return folder() / str(file_id)


class Arriving:
    """A file that is sealed while it comes in, piece by piece.

    Its key exists in this process alone until `keep` wraps it for a row. What is left on the disk by an upload that
    broke off, or by a process that was killed, opens for nobody.
    """

    def __init__(self, *, limit: int = MOST, anew: UUID | None = None) -> None:
        """`anew`: the id of a file whose content is sealed once more."""
        self.id, self.size, self.front = anew or uuid4(), 0, b""
        self.suite = suite(ring.wrapping_key(VICTIM).suite)  # of what is sealed from now on
        self._limit, self._key = limit, secrets.token_bytes(self.suite.key_bytes)
        self._cipher, self._index, self._pending = self.suite.cipher(self._key), 0, bytearray()
        self._sha256, self._sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        self._part = _path(self.id).with_suffix(PART)
        self._out = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._out.write(bytes(HEAD.size + self.suite.key_bytes + AROUND))  # the head is written last

    def write(self, data: bytes) -> None:
        """TooLarge past the limit; then nothing of the file is left."""
        self.size += len(data)
        if self.size > self._limit:
            self.drop()
            raise TooLarge
        if len(self.front) < FRONT:
            self.front = (self.front + data)[:FRONT]
        self._sha256.update(data)
        self._sm3.update(data)
        self._pending += data
        while len(self._pending) > CHUNK:  # what may be the last chunk waits
            self._seal(bytes(self._pending[:CHUNK]), last=False)
            del self._pending[:CHUNK]

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        context = _chunk_context(self.id, self._index, last)
        self._out.write(self._cipher.encrypt(_nonce(self._index), chunk, context))
        self._index += 1

    def keep(self, row: Any) -> SealedFile:
        """Close the file and wrap its key for `row`, a SealedModel that will name it."""
        self.close_for(Place(row).sealing_key())
        self._part.rename(_path(self.id))
        return SealedFile(self.id, self.size, self._sha256.hexdigest(), self._sm3.finalize().hex())

    def close_for(self, key: DataCipher) -> Path:
        """The file whole under its passing name, its key wrapped by this data key."""
        self._seal(bytes(self._pending), last=True)
        nonce, head = os.urandom(12), HEAD.pack(MAGIC, VERSION, self.suite.number, key.kid)
        self._out.seek(0)
        self._out.write(
            head + nonce + key.aead.encrypt(nonce, self._key, head + _context(self.id, key.owner))
        )
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()
        return self._part

    def drop(self) -> None:
        """Leave nothing behind. One that is kept stays kept."""
        self._out.close()
        self._part.unlink(missing_ok=True)


def seal_file(stream: IO[bytes], row: Any, *, limit: int = MOST) -> SealedFile:
    """Seal the stream to DATA_DIR/files/<id> under the key of `row`. TooLarge past `limit`; a failure leaves nothing."""
    return seal_pieces(iter(lambda: stream.read(CHUNK), b""), row, limit=limit)


def seal_pieces(pieces: Iterable[bytes], row: Any, *, limit: int = MOST) -> SealedFile:
    arriving = Arriving(limit=limit)
    try:
        for piece in pieces:
            arriving.write(piece)
        return arriving.keep(row)
    finally:
        arriving.drop()


def drop_broken(before: float) -> int:
    """Remove what uploads left behind that broke off with their process; `before`: a time in seconds."""
    stale = [part for part in folder().glob(f"*{PART}") if part.stat().st_mtime < before]
    for part in stale:
        part.unlink(missing_ok=True)
    return len(stale)


def stored() -> Iterator[tuple[UUID, float]]:
    """What is whole in the store, and when it was last written (seconds)."""
    for path in folder().iterdir() if folder().exists() else ():
        if path.suffix == "":
            with suppress(FileNotFoundError):  # deleted a moment ago
                yield UUID(path.name), path.stat().st_mtime


def open_file(file_id: UUID, row: Any) -> Iterator[bytes]:
    """The clear content, piece by piece. The head is checked at once; record the reading before calling this.

    SealError where the file is missing, foreign or changed: at the latest in place of its last piece.
    """
    source, cipher = opened(file_id, row)
    return _pieces(source, cipher, file_id)


def opened(file_id: UUID, row: Any) -> tuple[IO[bytes], Aead]:
    """The sealed file behind its head, and the cipher of its chunks."""
    try:
        source = _path(file_id).open("rb")
    except OSError:
        raise SealError("the file is not in the store") from None
    try:
        return source, _file_cipher(source, file_id, row)
    except BaseException:
        source.close()
        raise


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
            yield opened_chunk(cipher, file_id, index, sealed, last=not following)
            if not following:
                return
            sealed, index = following, index + 1


def opened_chunk(cipher: Aead, file_id: UUID, index: int, sealed: bytes, *, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(index), sealed, _chunk_context(file_id, index, last))
    except (InvalidTag, ValueError):
        raise SealError("the file does not pass its check") from None


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
        _path(file_id).unlink(missing_ok=True)


def kid_of_file(file_id: UUID) -> int | None:
    """The data key that a file's head names; None where there is no sealed file."""
    try:
        with _path(file_id).open("rb") as source:
            return _head(source)[2]
    except (OSError, SealError):
        return None


def reseal_file(file_id: UUID, compartment: str) -> bool:
    """The same content under a fresh key, wrapped by the owner's present data key. False where it is gone.

    Whoever is reading the old file reads it to its end; whoever deletes it meanwhile has deleted it.
    """
    path = _path(file_id)
    path.with_suffix(PART).unlink(missing_ok=True)  # of a rotation that was killed
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return False
    anew = Arriving(limit=sys.maxsize, anew=file_id)
    try:
        held = os.fstat(source.fileno()).st_ino
        cipher, owner = _opened_head(source, file_id, compartment)
        for piece in _pieces(source, cipher, file_id):
            anew.write(piece)
        part = anew.close_for(ring.sealing_key(owner, compartment))
        with _store_locked():
            if not path.exists() or path.stat().st_ino != held:
                return False
            part.rename(path)
            return True
    finally:
        source.close()
        anew.drop()


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
