"""Cipher suites by the number written in every ciphertext and key row. A new suite is one more row here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import SealError


class Aead(Protocol):
    """An authenticated cipher that already holds its key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Suite:
    number: int
    name: str
    key_bytes: int
    cipher: Callable[[bytes], Aead]


AES_256_GCM = Suite(1, "AES-256-GCM", 32, AESGCM)
SUITES = {AES_256_GCM.number: AES_256_GCM}
DEFAULT = AES_256_GCM


def suite(number: int) -> Suite:
    try:
        return SUITES[number]
    except KeyError:
        raise SealError("unknown cipher suite") from None
