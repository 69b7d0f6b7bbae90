"""Pictures without what they tell on the side: where, when and with which device they were taken.

Only what can be seen is drawn anew, in memory. The original stays sealed, byte for byte, under its SHA-256.
"""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
MOST_PIXELS = 100_000_000


class NoCopy(Exception):
    """No copy without side information can be made: the picture is damaged, too large, or of a kind we cannot draw."""


def fits(front: bytes) -> bool:
    """Whether a picture is small enough to be drawn; what cannot be read at all says nothing about its size."""
    try:
        with Image.open(BytesIO(front), formats=tuple(FORMATS.values())) as picture:
            return picture.width * picture.height <= MOST_PIXELS
    except Image.DecompressionBombError:
        return False
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return True


def plain(content: bytes, media_type: str) -> bytes:
    """The same picture, upright, without side information. NoCopy where that is not possible."""
    kind = FORMATS.get(media_type)
    if kind is None or not fits(content):
        raise NoCopy
    try:
        with Image.open(BytesIO(content), formats=(kind,)) as picture:
            return _drawn_anew(picture, kind)
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise NoCopy from None


def _drawn_anew(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if kind == "PNG" and "transparency" in upright.info:
        upright = upright.convert("RGBA")
    upright.info.clear()
    out = BytesIO()
    upright.save(out, format=kind, **({"quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()
