"""Where the key-encryption key lives: a file today; a KMS or a PKCS#11 device is another such class."""

import os
import secrets
import stat
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from privacy import envelope
from privacy.errors import KeyRingError
from privacy.suites import DEFAULT


class KekProvider(Protocol):
    """Wraps and unwraps keys; the key-encryption key itself never leaves it."""

    def exists(self) -> bool: ...
    def create(self) -> None: ...
    def wrap(self, key: bytes, context: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """SealError where the key-encryption key is not the one that wrapped."""
        ...


class FileKekProvider:
    """32 random bytes in hex in KEY_DIR/kek.key, readable by its owner alone."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.KEY_DIR) / "kek.key"

    def exists(self) -> bool:
        return self.path.exists()

    def create(self) -> None:
        """Two processes may try at once: the first link wins, and no half-written file is ever seen."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.path.with_name(f".{secrets.token_hex(8)}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(DEFAULT.key_bytes))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, self.path)
        except FileExistsError:
            pass
        finally:
            part.unlink()

    def wrap(self, key: bytes, context: bytes) -> bytes:
        return envelope.wrap(DEFAULT, self._key(), key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        return envelope.unwrap(DEFAULT.cipher(self._key()), wrapped, context)

    def _key(self) -> bytes:
        try:
            with self.path.open() as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                text = file.read().strip()
        except OSError:
            raise KeyRingError(f"The key file {self.path} cannot be read.") from None
        if mode & 0o077:
            raise KeyRingError(
                f"The key file {self.path} is open to others (mode {mode:04o}); it must be 0600."
            )
        return self._decoded(text)

    def _decoded(self, text: str) -> bytes:
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != DEFAULT.key_bytes:
            raise KeyRingError(f"The key file {self.path} does not hold a key.") from None
        return key


def provider() -> KekProvider:
    """The provider named by settings.KEK_PROVIDER."""
    path = getattr(settings, "KEK_PROVIDER", "privacy.providers.FileKekProvider")
    made: KekProvider = import_string(path)()
    return made
