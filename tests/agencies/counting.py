"""A hasher that counts: what an answer costs is told in hashes, whatever the machine is busy with."""

from typing import ClassVar

from agencies.hashers import Argon2Hasher


class CountingHasher(Argon2Hasher):
    memory_cost = 64
    count: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        type(self).count += 1
        return bool(super().verify(password, encoded))
