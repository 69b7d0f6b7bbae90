"""A zip that is written as it is read: no whole pack in memory, nothing of it on disk in clear."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile, ZipInfo

Entry = tuple[str, Iterable[bytes]]
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the index says when; the same content makes the same pack


class Sink:
    """What ZipFile writes to: a stream that cannot go back."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken


def packed(entries: Iterable[Entry]) -> Iterator[bytes]:
    sink = Sink()
    with ZipFile(sink, "w", ZIP_STORED) as pack:  # type: ignore[call-overload]
        for name, pieces in entries:
            with pack.open(ZipInfo(name, SAME_DAY), "w", force_zip64=True) as target:
                for piece in pieces:
                    target.write(piece)
                    yield sink.take()
    yield sink.take()


class Stream:
    """The pieces as something that can be read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def read(self, size: int = -1) -> bytes:
        parts, missing = [self.rest], size - len(self.rest)
        while size < 0 or missing > 0:
            piece = next(self.pieces, None)
            if piece is None:
                break
            parts.append(piece)
            missing -= len(piece)
        whole = b"".join(parts)
        size = len(whole) if size < 0 else size
        self.rest = whole[size:]
        return whole[:size]
