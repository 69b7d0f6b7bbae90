"""MP4, MOV and M4A (ISO 14496-12): boxes that tell on the side become free space of the same length.

No box moves, so no offset in the file changes, and a film of any length is copied as a stream. Tracks of anything but
picture and sound (telephones write the place into one, second by second) go with their samples. Times go too.
What an encoder hides inside picture or sound itself is not looked for.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from casework.copies.common import NoCopy, Patches
from privacy.filereader import SealedReader

TOP = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"sidx", b"styp", b"mfra"}
INSIDE = {
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods", b"free", b"skip"},
    b"trak": {b"tkhd", b"mdia", b"edts", b"tref", b"tapt", b"free"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng", b"free"},
}
TIMED = {b"mvhd", b"tkhd", b"mdhd"}
SHOWN = {b"vide", b"soun"}
MOST_BOXES, MOST_TABLE = 20_000, 8 * 1024 * 1024


@dataclass(frozen=True)
class Box:
    kind: bytes
    start: int
    inner: int
    stop: int


def plain(source: SealedReader) -> Iterator[bytes]:
    try:
        patches = _Walk(source).patches()
    except (struct.error, IndexError, ValueError):
        raise NoCopy from None
    return patches.applied(source)


class _Walk:
    def __init__(self, source: SealedReader) -> None:
        self.source, self.made, self.seen = source, Patches(), 0

    def patches(self) -> Patches:
        boxes = list(self.boxes(0, self.source.size))
        if not {b"ftyp", b"moov"} <= {box.kind for box in boxes}:
            raise NoCopy
        for box in boxes:
            if box.kind not in TOP:
                self.blank(box)
            elif box.kind in (b"free", b"skip", b"wide"):
                self.made.zero(box.inner, box.stop)
            elif box.kind == b"moov":
                self.inside(box)
        return self.made

    def read(self, start: int, stop: int) -> bytes:
        if stop - start > MOST_TABLE:
            raise NoCopy
        return b"".join(self.source.pieces(start, stop))

    def boxes(self, start: int, stop: int) -> Iterator[Box]:
        while start < stop:
            self.seen += 1
            if self.seen > MOST_BOXES or stop - start < 8:
                raise NoCopy
            head = self.read(start, min(start + 16, stop))
            size, kind = struct.unpack(">I4s", head[:8])
            inner = start + 8
            if size == 1:
                size, inner = struct.unpack(">Q", head[8:16])[0], start + 16
            end = stop if size == 0 else start + size
            if not inner <= end <= stop:
                raise NoCopy
            yield Box(kind, start, inner, end)
            start = end

    def blank(self, box: Box) -> None:
        self.made.write(box.start + 4, b"free")
        self.made.zero(box.inner, box.stop)

    def inside(self, box: Box) -> None:
        for part in self.boxes(box.inner, box.stop):
            if part.kind not in INSIDE[box.kind]:
                self.blank(part)
            elif part.kind == b"trak" and not self.is_shown(part):
                self.samples(part)
                self.blank(part)
            elif part.kind in INSIDE:
                self.inside(part)
            elif part.kind in TIMED:
                wide = 16 if self.read(part.inner, part.inner + 1) == b"\1" else 8
                self.made.zero(part.inner + 4, min(part.inner + 4 + wide, part.stop))
            elif part.kind == b"hdlr":
                self.made.zero(part.inner + 24, part.stop - 1)  # its name may be that of the device

    def find(self, box: Box, *path: bytes) -> Box | None:
        for kind in path:
            found = next((part for part in self.boxes(box.inner, box.stop) if part.kind == kind), None)
            if found is None:
                return None
            box = found
        return box

    def is_shown(self, track: Box) -> bool:
        handler = self.find(track, b"mdia", b"hdlr")
        return handler is not None and self.read(handler.inner + 8, handler.inner + 12) in SHOWN

    def samples(self, track: Box) -> None:
        """What a track of another kind holds, by its tables of chunks, samples per chunk and sizes."""
        table = self.find(track, b"mdia", b"minf", b"stbl")
        parts = (
            {box.kind: self.read(box.inner, box.stop) for box in self.boxes(table.inner, table.stop)}
            if table
            else {}
        )
        if not parts.keys() >= {b"stsz", b"stsc"} or not parts.keys() & {b"stco", b"co64"}:
            raise NoCopy
        code, offsets = (">I", parts[b"stco"]) if b"stco" in parts else (">Q", parts[b"co64"])
        places = [one for (one,) in struct.iter_unpack(code, offsets[8:])]
        same, count = struct.unpack(">II", parts[b"stsz"][4:12])
        if count > MOST_TABLE // 4:
            raise NoCopy
        sizes = [same] * count if same else [one for (one,) in struct.iter_unpack(">I", parts[b"stsz"][12:])]
        runs = list(struct.iter_unpack(">III", parts[b"stsc"][8:]))
        done, run = 0, 0
        for n, place in enumerate(places, 1):
            while run + 1 < len(runs) and runs[run + 1][0] <= n:
                run += 1
            held = runs[run][1]
            self.made.zero(place, min(place + sum(sizes[done : done + held]), self.source.size))
            done += held
