"""The key-encryption key in a PKCS#11 device (a card or an HSM): it is made in there and never comes out.

Whoever has the PIN of a token can use every key in it. So each key-encryption key has a token of its own: PKCS11_TOKEN
for `kek`, PKCS11_TOKEN-door and PKCS11_TOKEN-reporter for the others, and PKCS11_PIN_FILE likewise.
Keys of the device bear the label PKCS11_KEY and a generation as their id; the newest wraps. AES-256-GCM, because
that is what PKCS#11 names for every maker; a device's own SM4 mechanism is a maker's number and needs a line here.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pkcs11
from django.conf import settings
from pkcs11.exceptions import PKCS11Error

from privacy.errors import KeyRingError, SealError
from privacy.providers import read_private
from privacy.suites import DEFAULT, Suite

NONCE_BYTES, ID_BYTES = 12, 4
TRAITS = {
    pkcs11.Attribute.SENSITIVE: True,
    pkcs11.Attribute.EXTRACTABLE: False,
    pkcs11.Attribute.PRIVATE: True,
}
_lock = threading.Lock()
_process: list[int] = []


class Pkcs11KekProvider:
    def __init__(self, name: str = "kek") -> None:
        part = "" if name == "kek" else f"-{name}"
        self.token = f"{settings.PKCS11_TOKEN}{part}"
        self.pin = Path(f"{settings.PKCS11_PIN_FILE}{part}")

    def exists(self) -> bool:
        with self._session() as session:
            return bool(_keys(session))

    def create(self, by: Suite = DEFAULT) -> None:
        if not self.exists():
            self._make(1)

    def renew(self, by: Suite) -> None:
        with self._session() as session:
            newest = max(_keys(session), default=0)
        self._make(newest + 1)

    def retire(self) -> None:
        with self._session(rw=True) as session:
            keys = _keys(session)
            for generation in sorted(keys)[:-1]:
                keys[generation].destroy()

    def retired(self) -> int:
        with self._session() as session:
            return len(_keys(session)) - 1

    def wrap(self, key: bytes, context: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        with self._session() as session:
            keys = _keys(session)
            if not keys:
                raise KeyRingError("The device holds no key-encryption key.")
            newest = max(keys)
            sealed = keys[newest].encrypt(key, **_gcm(nonce, context))
        return newest.to_bytes(ID_BYTES, "big") + nonce + bytes(sealed)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        generation = int.from_bytes(wrapped[:ID_BYTES], "big")
        nonce, sealed = wrapped[ID_BYTES : ID_BYTES + NONCE_BYTES], wrapped[ID_BYTES + NONCE_BYTES :]
        with self._session() as session:
            key = _keys(session).get(generation)
            if key is None:
                raise SealError("the device holds no such key")
            try:
                return bytes(key.decrypt(sealed, **_gcm(nonce, context)))
            except PKCS11Error:
                raise SealError("the device does not unwrap this") from None

    def _make(self, generation: int) -> None:
        with self._session(rw=True) as session:
            session.generate_key(
                pkcs11.KeyType.AES,
                256,
                id=generation.to_bytes(ID_BYTES, "big"),
                label=settings.PKCS11_KEY,
                store=True,
                capabilities=pkcs11.MechanismFlag.ENCRYPT | pkcs11.MechanismFlag.DECRYPT,
                template=TRAITS,
            )

    @contextmanager
    def _session(self, rw: bool = False) -> Iterator[Any]:
        """One at a time: a device has one login for the whole process. Nothing of its error is told on."""
        pin = read_private(self.pin)
        with _lock:
            try:
                with _library().get_token(token_label=self.token).open(rw=rw, user_pin=pin) as session:
                    yield session
            except PKCS11Error as error:
                raise KeyRingError(
                    f"The key device cannot be used ({type(error).__name__}): see PKCS11_MODULE, "
                    "PKCS11_TOKEN and PKCS11_PIN_FILE."
                ) from None


def _library() -> Any:
    """A device library does not survive a fork: the child begins anew."""
    library = pkcs11.lib(settings.PKCS11_MODULE)
    if _process and _process[0] != os.getpid():
        library.reinitialize()
    _process[:] = [os.getpid()]
    return library


def _keys(session: Any) -> dict[int, Any]:
    """Ours, by generation."""
    wanted = {
        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY,
        pkcs11.Attribute.LABEL: settings.PKCS11_KEY,
    }
    return {int.from_bytes(key.id, "big"): key for key in session.get_objects(wanted)}


def _gcm(nonce: bytes, context: bytes) -> dict[str, Any]:
    return {"mechanism": pkcs11.Mechanism.AES_GCM, "mechanism_param": pkcs11.GCMParams(nonce, context, 128)}
