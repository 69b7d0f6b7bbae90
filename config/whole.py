"""A body that ends before its length is a broken line and no short form: what had arrived of it is not acted upon."""

from typing import Any


class Whole:
    """What Django reads of a request. Without it half a form is a form, and half an upload one without its file."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        """As many bytes as asked for, or all that are left; ConnectionError where they do not come."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces: list[bytes] = []
        while wanted:
            pieces.append(self._counted(self._stream.read(wanted)))
            wanted -= len(pieces[-1])
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        most = self._left if size is None or size < 0 else min(size, self._left)
        return self._counted(self._stream.readline(most)) if most else b""

    def _counted(self, piece: bytes) -> bytes:
        if not piece:
            raise ConnectionError("the body broke off")
        self._left -= len(piece)
        return piece
