"""A PDF without author, dates, attachments, scripts, and without what its pictures tell: written anew, in memory."""

from io import BytesIO
from typing import BinaryIO, cast

import pikepdf

from casework.copies.common import NoCopy
from privacy.filereader import SealedReader

# Of the catalogue: what tells about its making, or does something when it is opened.
CATALOGUE = (
    "/Metadata",
    "/OpenAction",
    "/AA",
    "/PieceInfo",
    "/Collection",
    "/Perms",
    "/Legal",
    "/AF",
    "/SpiderInfo",
)
ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF")
NAMES = ("/JavaScript", "/EmbeddedFiles")
ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/URI")
ATTACHED = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")


def plain(source: SealedReader) -> bytes:
    try:
        with pikepdf.open(cast(BinaryIO, source), suppress_warnings=True) as document:
            _strip(document)
            out = BytesIO()
            document.remove_unreferenced_resources()
            document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RuntimeError, RecursionError):
        raise NoCopy from None
    return out.getvalue()


def _strip(document: pikepdf.Pdf) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    _without(document.Root, CATALOGUE)
    if "/AcroForm" in document.Root:
        _without(document.Root.AcroForm, ("/XFA",))
    if "/Names" in document.Root:
        _without(document.Root.Names, NAMES)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _without(thing, ANYWHERE)
            _without_action(thing)
        if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
            thing.write(without_segments(thing.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
    for page in document.pages:
        _without(page.obj, ANYWHERE)
        if "/Annots" in page.obj:
            kept = [one for one in page.obj.Annots if one.get("/Subtype") not in ATTACHED]
            page.obj.Annots = pikepdf.Array(kept)


def _without(thing: pikepdf.Object, names: tuple[str, ...]) -> None:
    for name in names:
        if name in thing:
            del thing[name]


def _without_action(thing: pikepdf.Object) -> None:
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ACTIVE:
        del thing["/A"]


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG stream without its application segments and comments but for colour (JFIF, ICC, Adobe)."""
    out, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        mark, stop = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark in (0xE0, 0xE2, 0xEE):
            out += jpeg[at:stop]
        at = stop
    return bytes(out + jpeg[at:])
