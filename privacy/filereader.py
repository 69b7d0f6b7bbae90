"""A sealed file as a stream that can be read from any place: only whole chunks are opened, one at a time."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from privacy.envelope import TAG_BYTES
from privacy.errors import SealError
from privacy.files import CHUNK, opened, opened_chunk

SEALED = CHUNK + TAG_BYTES


class SealedReader(io.RawIOBase):
    """Record the reading before opening one. Its last chunk is opened at once: a file cut short is refused here.

    SealError where a chunk does not pass its check.
    """

    def __init__(self, file_id: UUID, row: Any) -> None:
        super().__init__()
        self._id, self._at = file_id, 0
        self._source, self._cipher = opened(file_id, row)
        self._before = self._source.tell()  # behind the head, whose length is its suite's
        stored = self._source.seek(0, io.SEEK_END) - self._before
        self._last = max(0, -(-stored // SEALED) - 1)
        self._held, self._number = b"", -1
        try:
            tail = len(self._chunk(self._last))
        except SealError:
            self._source.close()
            raise
        self.size = self._last * CHUNK + tail

    def _chunk(self, number: int) -> bytes:
        if number != self._number:
            self._source.seek(self._before + number * SEALED)
            sealed = self._source.read(SEALED)
            last = number == self._last
            self._held = opened_chunk(self._cipher, self._id, number, sealed, last=last)
            self._number = number
        return self._held

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """At most to the end of a chunk."""
        if self._at >= self.size:
            return 0
        number, inside = divmod(self._at, CHUNK)
        part = self._chunk(number)[inside : inside + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def read(self, size: int | None = -1, /) -> bytes:
        """Always as much as was asked for, but at the end."""
        if size is None or size < 0:
            size = max(0, self.size - self._at)
        return b"".join(self.pieces(self._at, min(self._at + size, self.size)))

    def pieces(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` to before `stop`, a chunk at a time."""
        self._at = start
        while self._at < stop:
            number, inside = divmod(self._at, CHUNK)
            part = self._chunk(number)[inside : inside + stop - self._at]
            self._at += len(part)
            yield part

    def close(self) -> None:
        self._source.close()
        super().close()
