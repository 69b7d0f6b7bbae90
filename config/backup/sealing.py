"""A stream sealed to a public key: whoever makes backups cannot read them.

Head: HHB1 | one-time X25519 public key 32. Then chunks of AES-256-GCM, each behind its length, each bound to the
name of the part, its number and whether it is the last: a part cut short, swapped or renamed does not open.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from config.secret import open_to_others

MAGIC = b"HHB1"
CHUNK = 1024 * 1024
TAG_BYTES = 16


class Unreadable(Exception):
    """A key or a part that cannot be used; the text is fit to show."""


def public_key(path: Path) -> X25519PublicKey:
    """The PEM file that `openssl pkey -pubout` writes."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise Unreadable(f"{path} is no public key in PEM.") from None
    if not isinstance(key, X25519PublicKey):
        raise Unreadable(f"{path} is no X25519 key.")
    return key


def private_key(path: Path, passphrase: str) -> X25519PrivateKey:
    """The PEM file that `openssl genpkey -algorithm X25519 -aes256` writes; its owner's alone."""
    try:
        if open_to_others(path):
            raise Unreadable(f"{path} can be read by others: chmod 600 it.")
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() or None)
    except (OSError, ValueError, TypeError):
        raise Unreadable(f"{path} does not open: wrong passphrase, or no private key.") from None
    if not isinstance(key, X25519PrivateKey):
        raise Unreadable(f"{path} is no X25519 key.")
    return key


def _cipher(shared: bytes, one_time: X25519PublicKey, recipient: X25519PublicKey, name: str) -> AESGCM:
    salt = one_time.public_bytes_raw() + recipient.public_bytes_raw()
    return AESGCM(HKDF(SHA256(), 32, salt, b"huhang backup\0" + name.encode()).derive(shared))


def _about(index: int, last: bool) -> tuple[bytes, bytes]:
    """(nonce, associated data) of a chunk. The key is this part's alone, so the number never repeats."""
    return index.to_bytes(12, "big"), b"last" if last else b"more"


class Sealer:
    """A file to write into. Without `finish()` the part has no last chunk and does not open."""

    def __init__(self, out: IO[bytes], recipient: X25519PublicKey, name: str) -> None:
        one_time = X25519PrivateKey.generate()
        self._out, self._waiting, self._index = out, bytearray(), 0
        self._cipher = _cipher(one_time.exchange(recipient), one_time.public_key(), recipient, name)
        out.write(MAGIC + one_time.public_key().public_bytes_raw())

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._emit(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._emit(bytes(self._waiting), last=True)
        self._waiting.clear()
        self._out.flush()
        os.fsync(self._out.fileno())

    def _emit(self, clear: bytes, *, last: bool) -> None:
        nonce, about = _about(self._index, last)
        sealed = self._cipher.encrypt(nonce, clear, about)
        self._out.write(len(sealed).to_bytes(4, "big") + sealed)
        self._index += 1


def opened(source: IO[bytes], key: X25519PrivateKey, name: str) -> Iterator[bytes]:
    """The clear pieces of a part; Unreadable at the first that does not pass, and where the last is missing."""
    head = source.read(len(MAGIC) + 32)
    if len(head) < len(MAGIC) + 32 or not head.startswith(MAGIC):
        raise Unreadable(f"{name} is no part of a backup.")
    one_time = X25519PublicKey.from_public_bytes(head[len(MAGIC) :])
    cipher = _cipher(key.exchange(one_time), one_time, key.public_key(), name)
    index, size = 0, source.read(4)
    while size:
        sealed, size = source.read(min(int.from_bytes(size, "big"), CHUNK + TAG_BYTES)), source.read(4)
        nonce, about = _about(index, not size)
        try:
            yield cipher.decrypt(nonce, sealed, about)
        except (InvalidTag, ValueError):
            raise Unreadable(f"{name} does not open: another key, or changed, or cut short.") from None
        index += 1
    if index == 0:
        raise Unreadable(f"{name} is empty.")
