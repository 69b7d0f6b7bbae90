"""Copies of evidence to be looked at and handed on: what can be seen and heard, without what it tells on the side.

A film, a sound, a picture, a paper. NoCopy where none can be made; then there is only the original.
"""

from collections.abc import Iterable

from casework.copies import film, paper, pictures, sound
from casework.copies.common import NoCopy
from privacy.filereader import SealedReader

__all__ = ["NoCopy", "copy_of"]


def copy_of(source: SealedReader, kind: str) -> tuple[str, Iterable[bytes]]:
    """The media type of the copy and its content in pieces."""
    match kind:
        case "image/jpeg" | "image/png" | "image/heic":
            return pictures.copy_kind(kind), [pictures.plain(source, kind)]
        case "video/mp4" | "video/quicktime" | "audio/mp4":
            return kind, film.plain(source)
        case "audio/mpeg":
            return kind, sound.plain_mp3(source)
        case "audio/wav":
            return kind, sound.plain_wav(source)
        case "audio/amr":
            return kind, source.pieces(0, source.size)  # this kind has no place for tags
        case "application/pdf":
            return kind, [paper.plain(source)]
    raise NoCopy
