"""Both suites give the answers their standards print."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from privacy.errors import SealError
from privacy.suites import AES_256_GCM, SM4_GCM, SUITES, Suite, suite
from tests.attacks.record import Tried

pytestmark = pytest.mark.attack("T88")
BLOCK = bytes.fromhex("0123456789abcdeffedcba9876543210")
BOTH = pytest.mark.parametrize("by", SUITES.values(), ids=lambda by: by.word)


def test_sm4_gives_the_answer_of_gbt_32907(tried: Tried) -> None:
    made = Cipher(SM4(BLOCK), ECB()).encryptor()
    got = (made.update(BLOCK) + made.finalize()).hex()
    tried(
        request="SM4 of the block of GB/T 32907-2016 A.1",
        actor="nobody",
        expected="681edf34d206965e86b3e94f536e4246",
        got=got,
    )


def test_sm3_gives_the_answer_of_gbt_32905(tried: Tried) -> None:
    made = hashes.Hash(hashes.SM3())
    made.update(b"abc")
    tried(
        request="SM3 of abc, GB/T 32905-2016 A.1",
        actor="nobody",
        expected="66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        got=made.finalize().hex(),
    )


# RFC 8998 A.1; McGrew and Viega, the GCM specification, test case 16.
SEALS = [
    (
        SM4_GCM, BLOCK.hex(), "00001234567800000000abcd", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "".join(letter * 16 for letter in "abcdefea"),
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec",
    ),
    (
        AES_256_GCM, "feffe9928665731c6d6a8f9467308308" * 2, "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("by", "key", "nonce", "beside", "clear", "sealed"), SEALS)
def test_a_seal_is_the_one_its_standard_prints(
    tried: Tried, by: Suite, key: str, nonce: str, beside: str, clear: str, sealed: str
) -> None:
    cipher = by.cipher(bytes.fromhex(key))
    given = (bytes.fromhex(nonce), bytes.fromhex(clear), bytes.fromhex(beside))
    tried(
        request=f"known answer of {by.name}",
        actor="nobody",
        expected=sealed,
        got=cipher.encrypt(*given).hex(),
    )
    assert cipher.decrypt(given[0], bytes.fromhex(sealed), given[2]) == given[1]


# GM/T 0042-2015 D.3; RFC 4231 test case 2.
MACS = [
    (
        SM4_GCM, bytes(range(1, 33)), b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2,
        "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a",
    ),
    (
        AES_256_GCM, b"Jefe", b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("by", "key", "data", "expected"), MACS)
def test_a_tag_is_the_one_its_standard_prints(
    tried: Tried, by: Suite, key: bytes, data: bytes, expected: str
) -> None:
    tried(
        request=f"known answer of the MAC of {by.name}",
        actor="nobody",
        expected=expected,
        got=by.mac(key, data).hex(),
    )


def test_hkdf_gives_the_answer_of_rfc_5869_case_3() -> None:
    got = AES_256_GCM.derive(b"\x0b" * 22, b"", 42)
    assert got.hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


@BOTH
def test_hkdf_is_built_from_the_suites_own_mac(by: Suite) -> None:
    secret = by.mac(b"\0" * 32, b"key")
    first = by.mac(secret, b"use\x01")
    second = by.mac(secret, first + b"use\x02")
    assert by.derive(b"key", b"use", 40) == (first + second)[:40]


@BOTH
def test_a_changed_seal_opens_under_no_suite(by: Suite) -> None:
    cipher = by.cipher(bytes(by.key_bytes))
    sealed = cipher.encrypt(b"n" * 12, b"clear", b"here")
    broken = [sealed[:-1], b"", sealed[:15], sealed + b"\0", bytes([sealed[0] ^ 1]) + sealed[1:]]
    for one in broken:
        with pytest.raises((InvalidTag, ValueError)):
            cipher.decrypt(b"n" * 12, one, b"here")
    with pytest.raises(InvalidTag):
        cipher.decrypt(b"n" * 12, sealed, b"there")


@BOTH
def test_a_key_of_another_length_makes_no_cipher(by: Suite) -> None:
    for other in {16, 24, 32} - {by.key_bytes}:
        with pytest.raises(SealError):
            by.cipher(bytes(other))


def test_an_unknown_suite_is_refused() -> None:
    with pytest.raises(SealError):
        suite(3)
