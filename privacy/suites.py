"""Cipher suites by the number written in every ciphertext and key row. A new suite is one more row here."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy.errors import SealError

TAG_BYTES = 16
MAC_BYTES = 32


class Aead(Protocol):
    """An authenticated cipher that already holds its key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


class Sm4Gcm:
    """SM4 in GCM as RFC 8998 has it, with the face of the library's own authenticated ciphers."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        made = Cipher(self._key, modes.GCM(nonce)).encryptor()
        made.authenticate_additional_data(associated_data or b"")
        return made.update(data) + made.finalize() + made.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """InvalidTag or ValueError where anything differs; nothing is given out before the check."""
        sealed, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        made = Cipher(self._key, modes.GCM(nonce, tag)).decryptor()
        made.authenticate_additional_data(associated_data or b"")
        clear = made.update(sealed)
        made.finalize()
        return clear


def _hmac_sha256(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, hashlib.sha256)


def _hmac_sm3(key: bytes, data: bytes) -> bytes:
    made = HMAC(key, hashes.SM3())
    made.update(data)
    return made.finalize()


@dataclass(frozen=True, slots=True)
class Suite:
    """`cipher_of`: the bare cipher; whoever has a key asks `cipher`, which refuses one of another suite's length."""

    number: int
    name: str
    word: str
    key_bytes: int
    cipher_of: Callable[[bytes], Aead]
    mac: Callable[[bytes, bytes], bytes]
    hash: Callable[[], hashes.HashAlgorithm]

    def cipher(self, key: bytes) -> Aead:
        if len(key) != self.key_bytes:
            raise SealError("a key of another suite")
        return self.cipher_of(key)

    def derive(self, key: bytes, info: bytes, length: int | None = None) -> bytes:
        """HKDF: another key out of this one, for one use only."""
        size = self.key_bytes if length is None else length
        return HKDF(algorithm=self.hash(), length=size, salt=None, info=info).derive(key)


AES_256_GCM = Suite(
    1, "AES-256-GCM, HMAC-SHA256, HKDF-SHA256", "aes", 32, AESGCM, _hmac_sha256, hashes.SHA256
)
SM4_GCM = Suite(2, "SM4-GCM, HMAC-SM3, HKDF-SM3", "sm4", 16, Sm4Gcm, _hmac_sm3, hashes.SM3)
SUITES = {one.number: one for one in (AES_256_GCM, SM4_GCM)}
BY_WORD = {one.word: one for one in SUITES.values()}
DEFAULT = AES_256_GCM


def suite(number: int) -> Suite:
    try:
        return SUITES[number]
    except KeyError:
        raise SealError("unknown cipher suite") from None
