"""Where a key-encryption key lives: in a file, behind a command (`kek_command`), in a device (`kek_pkcs11`).

There is one for each compartment (`purposes.KEKS`), so that a process can be handed its own and no other.
"""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from privacy import envelope
from privacy.errors import KeyRingError, SealError
from privacy.suites import DEFAULT, Suite, suite

ROOT_BYTES = 32


class KekProvider(Protocol):
    """Wraps and unwraps keys; the key-encryption key of its name never leaves it.

    Between `renew` and `retire` it wraps with the new key and unwraps with both.
    """

    def exists(self) -> bool: ...
    def create(self, by: Suite = DEFAULT) -> None: ...
    def renew(self, by: Suite) -> None: ...
    def retire(self) -> None: ...
    def retired(self) -> int:
        """How many older keys it still holds."""
        ...

    def wrap(self, key: bytes, context: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """SealError where the key-encryption key is not the one that wrapped."""
        ...


@dataclass(frozen=True, slots=True)
class Root:
    """One line of the key file: 32 random bytes in hex, before them the suite's number where it is not the first."""

    by: Suite
    secret: bytes

    def __repr__(self) -> str:
        return f"<root of {self.by.word}>"

    @classmethod
    def fresh(cls, by: Suite) -> "Root":
        return cls(by, secrets.token_bytes(ROOT_BYTES))

    @property
    def line(self) -> str:
        return self.secret.hex() if self.by == DEFAULT else f"{self.by.number}:{self.secret.hex()}"

    @property
    def key(self) -> bytes:
        """The first suite takes the 32 bytes as they are; another one derives a key of its own length."""
        return self.secret if self.by == DEFAULT else self.by.derive(self.secret, b"key-encryption key")


def is_credential(path: Path) -> bool:
    """Handed over by systemd (LoadCredential): root's, in memory, for this unit alone by an access list.

    The list's mask shows as the group's right to read (a folder: to enter), which is no right of any group.
    """
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if not folder or not path.resolve().is_relative_to(Path(folder).resolve()):
        return False
    about = path.stat()
    others = 0o027 if path.is_dir() else 0o037
    return about.st_uid in (0, os.geteuid()) and not about.st_mode & others


class FileKekProvider:
    """KEY_DIR/NAME.key, readable by its owner alone. The first line wraps; every line unwraps."""

    def __init__(self, name: str = "kek", folder: Path | None = None) -> None:
        self.path = (folder or Path(settings.KEY_DIR)) / f"{name}.key"

    def exists(self) -> bool:
        return self.path.exists()

    def create(self, by: Suite = DEFAULT) -> None:
        """Two processes may try at once: the first link wins, and no half-written file is ever seen."""
        part = self._part([Root.fresh(by)])
        try:
            os.link(part, self.path)
        except FileExistsError:
            pass
        finally:
            part.unlink()

    def renew(self, by: Suite) -> None:
        self._part([Root.fresh(by), *self._roots()]).replace(self.path)

    def retire(self) -> None:
        self._part(self._roots()[:1]).replace(self.path)

    def retired(self) -> int:
        return len(self._roots()) - 1

    def wrap(self, key: bytes, context: bytes) -> bytes:
        root = self._roots()[0]
        return envelope.wrap(root.by, root.key, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        for root in self._roots():
            try:
                return envelope.unwrap(root.by.cipher(root.key), wrapped, context)
            except SealError:
                continue
        raise SealError("no key of the key file unwraps this")

    def _part(self, roots: list[Root]) -> Path:
        part = self.path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            raise KeyRingError(f"{self.path.parent} cannot be written here: see docs/keys.md.") from None
        with os.fdopen(handle, "w") as file:
            file.write("\n".join(root.line for root in roots))
            file.flush()
            os.fsync(file.fileno())
        return part

    def _roots(self) -> list[Root]:
        words = read_private(self.path).split()
        roots = [self._decoded(word) for word in words]
        if not roots:
            raise KeyRingError(f"The key file {self.path} does not hold a key.")
        return roots

    def _decoded(self, word: str) -> Root:
        number, _, text = word.rpartition(":")
        try:
            found = Root(suite(int(number or DEFAULT.number)), bytes.fromhex(text))
        except (ValueError, SealError):
            found = None
        if found is None or len(found.secret) != ROOT_BYTES:
            raise KeyRingError(f"The key file {self.path} does not hold a key.") from None
        return found


def read_private(path: Path) -> str:
    """The text of a file that nobody but its owner can reach; else KeyRingError."""
    try:
        with path.open() as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read().strip()
    except (OSError, UnicodeDecodeError):
        raise KeyRingError(f"The key file {path} cannot be read.") from None
    if mode not in (0o600, 0o400) and not is_credential(path):
        raise KeyRingError(
            f"The key file {path} is open to others (mode {mode:04o}); it must be 0600 or 0400."
        )
    return text


def provider(name: str = "kek") -> KekProvider:
    """The key-encryption key of this name, in the kind of place named by settings.KEK_PROVIDER."""
    made: KekProvider = import_string(settings.KEK_PROVIDER)(name)
    return made
