"""The key-encryption key behind a command: a key management service of the city or province.

`KEK_COMMAND wrap|unwrap NAME` is asked for the key of that name (kek, reporter, door), gets two lines on its standard
input, the context and the data in base64, and answers one line of base64 with exit code 0. Neither keys nor contexts
are arguments: arguments can be seen by others. Which process may ask for which name is the service's to know, by the
credentials each is given. `KEK_COMMAND renew|retire NAME` may be offered too; where a service renews its keys by
itself, exit code 0 is enough.
"""

import base64
import binascii
import shlex
import subprocess

from django.conf import settings

from privacy.errors import KeyRingError, SealError
from privacy.suites import DEFAULT, Suite

REFUSED = 3
"""The exit code that says: this was not wrapped by my key, or not for this context."""


class CommandKekProvider:
    def __init__(self, name: str = "kek") -> None:
        self.name = name

    def exists(self) -> bool:
        return True

    def create(self, by: Suite = DEFAULT) -> None:
        raise KeyRingError("The key-encryption key is made in the key service, not here.")

    def renew(self, by: Suite) -> None:
        self._run("renew", b"", by.word.encode())

    def retire(self) -> None:
        self._run("retire", b"", b"")

    def retired(self) -> int:
        """The service knows; here one is supposed, so that `destroy` asks it."""
        return 1

    def wrap(self, key: bytes, context: bytes) -> bytes:
        return self._run("wrap", context, key)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        return self._run("unwrap", context, wrapped)

    def _run(self, verb: str, context: bytes, data: bytes) -> bytes:
        """What the command prints on its error stream is thrown away: it may hold a key."""
        words = shlex.split(settings.KEK_COMMAND)
        given = b"".join(base64.b64encode(part) + b"\n" for part in (context, data))
        try:
            done = subprocess.run(
                [*words, verb, self.name],
                input=given,
                capture_output=True,
                timeout=settings.KEK_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise KeyRingError(
                f"The key command did not answer within {settings.KEK_TIMEOUT:g} seconds."
            ) from None
        except (OSError, IndexError):
            raise KeyRingError("The key command KEK_COMMAND cannot be run.") from None
        if done.returncode == REFUSED:
            raise SealError("the key service refuses")
        if done.returncode:
            raise KeyRingError(f"The key command ended with code {done.returncode} at {verb}.")
        return _decoded(done.stdout)


def _decoded(answer: bytes) -> bytes:
    try:
        return base64.b64decode(answer.strip(), validate=True)
    except binascii.Error:
        raise KeyRingError("The key command answered something that is no base64.") from None
