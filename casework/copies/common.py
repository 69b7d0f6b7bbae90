"""What the kinds share: the refusal, and a stream in which some bytes are others."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from privacy.filereader import SealedReader


class NoCopy(Exception):
    """No copy without side information can be made: the file is damaged, too large, or of a kind we cannot take apart."""


@dataclass
class Patches:
    """What stands elsewhere: bytes that become zero, then bytes that become others. The length stays the same."""

    zeros: list[tuple[int, int]] = field(default_factory=list)
    writes: list[tuple[int, bytes]] = field(default_factory=list)

    def zero(self, start: int, stop: int) -> None:
        if start < stop:
            self.zeros.append((start, stop))

    def write(self, at: int, content: bytes) -> None:
        self.writes.append((at, content))

    def applied(self, source: SealedReader) -> Iterator[bytes]:
        zeros, at = _merged(self.zeros), 0
        starts = [start for start, _stop in zeros]
        for piece in source.pieces(0, source.size):
            out, end = bytearray(piece), at + len(piece)
            for n in range(max(0, bisect_right(starts, at) - 1), bisect_right(starts, end)):
                first, last = max(zeros[n][0], at) - at, min(zeros[n][1], end) - at
                if first < last:
                    out[first:last] = bytes(last - first)
            for place, content in self.writes:
                for n, byte in enumerate(content):
                    if at <= place + n < end:
                        out[place + n - at] = byte
            at = end
            yield bytes(out)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, stop in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found
