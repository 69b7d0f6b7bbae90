"""Ciphertext v1: E1 | suite | kid u32 | nonce 12 | sealed | tag 16, bound to its place by associated data."""

import os
import struct
from uuid import UUID

from cryptography.exceptions import InvalidTag

from privacy.errors import SealError
from privacy.suites import Aead, Suite

VERSION = 0xE1
HEAD = struct.Struct(">BBI")
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = HEAD.size + NONCE_BYTES
OVERHEAD = HEADER_BYTES + TAG_BYTES


class DataCipher:
    """An unwrapped data key, ready for use. Lives in this process only."""

    __slots__ = ("aead", "compartment", "head", "kid", "owner", "suite")

    def __init__(self, kid: int, suite: Suite, owner: UUID, compartment: str, aead: Aead) -> None:
        self.kid, self.owner, self.compartment, self.aead = kid, owner, compartment, aead
        self.suite, self.head = suite, HEAD.pack(VERSION, suite.number, kid)

    def __repr__(self) -> str:
        return f"<data key {self.kid}>"


def lengths(*parts: bytes) -> bytes:
    """Every part behind its length, so that no two lists of parts read the same."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def pad(clear: bytes, multiple: int) -> bytes:
    """To a whole multiple (ISO 7816-4), so that the length of a name does not show."""
    marked = clear + b"\x80"
    return marked + bytes(-len(marked) % multiple)


def unpad(padded: bytes) -> bytes:
    clear, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest.strip(b"\0"):
        raise SealError("bad padding")
    return clear


def seal(key: DataCipher, clear: bytes, where: bytes, multiple: int) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    header = key.head + nonce
    return header + key.aead.encrypt(nonce, pad(clear, multiple), header + where)


def kid_of(sealed: bytes) -> int:
    """The data key a ciphertext names. Anything that is no ciphertext of ours is a SealError."""
    if len(sealed) < OVERHEAD or sealed[0] != VERSION:
        raise SealError("not a ciphertext")
    return int.from_bytes(sealed[2:6], "big")


def unseal(key: DataCipher, sealed: bytes, where: bytes) -> bytes:
    header = sealed[:HEADER_BYTES]
    if not header.startswith(key.head):
        raise SealError("not of this key")
    try:
        padded = key.aead.decrypt(header[6:], sealed[HEADER_BYTES:], header + where)
    except (InvalidTag, ValueError):
        raise SealError("the record does not pass its check") from None
    return unpad(padded)


def wrap(by: Suite, wrapping: bytes, key: bytes, context: bytes) -> bytes:
    """A key sealed by another key; the context says which key it is and for what."""
    nonce = os.urandom(12)
    return nonce + by.cipher(wrapping).encrypt(nonce, key, context)


def unwrap(by: Aead, wrapped: bytes, context: bytes) -> bytes:
    try:
        return by.decrypt(wrapped[:12], wrapped[12:], context)
    except (InvalidTag, ValueError):
        raise SealError("the key does not unwrap") from None
