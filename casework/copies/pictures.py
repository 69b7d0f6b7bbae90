"""Pictures drawn anew, in memory: only what can be seen, upright. Where, when and with what stays behind.

Whatever else is hidden in the file (another format behind the picture, a thumbnail) stays behind as well.
"""

from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from casework.copies.common import NoCopy
from casework.media import HEIC, JPEG, PNG

pillow_heif.register_heif_opener(thumbnails=False)
FORMATS = {JPEG: "JPEG", PNG: "PNG", HEIC: "HEIF"}
MOST_PIXELS = 50_000_000
LONGEST = 4096
BROKEN = (
    Image.DecompressionBombError,
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    RuntimeError,
)


def copy_kind(kind: str) -> str:
    """No browser but one shows HEIC."""
    return JPEG if kind == HEIC else kind


def fits(source: Any, kind: str) -> bool:
    """Whether a picture is small enough to be drawn; what cannot be read at all says nothing about its size."""
    source.seek(0)
    try:
        with Image.open(source, formats=(FORMATS[kind],)) as picture:
            return picture.width * picture.height <= MOST_PIXELS
    except Image.DecompressionBombError:
        return False
    except BROKEN:
        return True


def plain(source: Any, kind: str) -> bytes:
    """The same picture without side information, its longer side at most 4096. NoCopy where that is not possible."""
    if not fits(source, kind):
        raise NoCopy
    source.seek(0)
    try:
        with Image.open(source, formats=(FORMATS[kind],)) as picture:
            return _drawn_anew(picture, FORMATS[copy_kind(kind)])
    except BROKEN:
        raise NoCopy from None


def _drawn_anew(picture: Any, kind: str) -> bytes:
    picture.draft(None, (LONGEST, LONGEST))  # a large JPEG is read small at once
    upright = ImageOps.exif_transpose(picture)
    if kind == "PNG" and "transparency" in upright.info:
        upright = upright.convert("RGBA")
    if kind == "JPEG" and upright.mode not in ("L", "RGB", "CMYK"):
        upright = upright.convert("RGB")
    upright.thumbnail((LONGEST, LONGEST))
    upright.info.clear()
    out = BytesIO()
    upright.save(out, format=kind, **({"quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()
