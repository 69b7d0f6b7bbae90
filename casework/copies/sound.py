"""Sound without tags: of an MP3 the frames between the tags, of a WAV what is played; the rest is left out or zero."""

import struct
from collections.abc import Iterator

from casework.copies.common import NoCopy, Patches
from privacy.filereader import SealedReader

ID3V1, APE_FOOT, MOST_TAGS = 128, 32, 8
PLAYED = {b"fmt ", b"data", b"fact"}


def _read(source: SealedReader, at: int, length: int) -> bytes:
    source.seek(max(0, at))
    return source.read(length)


def plain_mp3(source: SealedReader) -> Iterator[bytes]:
    start, stop = 0, source.size
    for _ in range(MOST_TAGS):
        head = _read(source, start, 10)
        if head[:3] != b"ID3" or len(head) < 10 or max(head[6:10]) > 127:
            break
        a, b, c, d = head[6:10]
        start += 10 + (a << 21 | b << 14 | c << 7 | d) + (10 if head[5] & 0x10 else 0)
    start += _padding(source, start)
    for _ in range(MOST_TAGS):
        stop, before = _without_tail(source, stop), stop
        if stop == before:
            break
    front = _read(source, start, 2)
    if not start < stop or len(front) < 2 or front[0] != 0xFF or front[1] & 0xE0 != 0xE0:
        raise NoCopy
    return source.pieces(start, stop)


def _padding(source: SealedReader, start: int) -> int:
    """Zeros that some recorders leave behind the tag."""
    block = _read(source, start, 64 * 1024)
    return len(block) - len(block.lstrip(b"\0"))


def _without_tail(source: SealedReader, stop: int) -> int:
    if _read(source, stop - ID3V1, 3) == b"TAG" and stop > ID3V1:
        return stop - ID3V1
    foot = _read(source, stop - APE_FOOT, APE_FOOT)
    if stop > APE_FOOT and foot[:8] == b"APETAGEX":
        size, _items, flags = struct.unpack("<III", foot[12:24])
        return max(0, stop - int(size) - (APE_FOOT if flags & 0x80000000 else 0))
    return stop


def plain_wav(source: SealedReader) -> Iterator[bytes]:
    patches, at = Patches(), 12
    end = min(source.size, 8 + struct.unpack("<I", (_read(source, 4, 4) + bytes(4))[:4])[0])
    played = set()
    while at + 8 <= end:
        kind, size = struct.unpack("<4sI", _read(source, at, 8))
        stop = min(at + 8 + size, end)
        if kind in PLAYED:
            played.add(kind)
        else:
            patches.write(at, b"JUNK")
            patches.zero(at + 8, stop)
        at = stop + size % 2
    if not played >= {b"fmt ", b"data"}:
        raise NoCopy
    patches.zero(min(at, end), source.size)  # what stands behind the sound
    return patches.applied(source)
