"""The PDF: PDF/A-2b with embedded Noto, set by Typst in this process; nothing is written to the disk."""

import json
import struct
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as noto
import typst

TEMPLATE = Path(__file__).with_name("form.typ")
NO_GLYPH = "〓"  # the printers' mark for a character that the case does not hold


class NotSet(Exception):
    """Typst refused. Its own message quotes what was to be set, so it goes no further."""


@cache
def _fonts() -> typst.Fonts:
    folder = Path(noto.serif_path()).parent
    return typst.Fonts(font_paths=[folder], include_system_fonts=False, include_embedded_fonts=False)


def characters(font: bytes) -> set[int]:
    """What a font can draw: its full character map (OpenType cmap, format 12)."""
    tables = {font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0] for at in _table_rows(font)}
    start = tables[b"cmap"]
    (count,) = struct.unpack(">H", font[start + 2 : start + 4])
    for n in range(count):
        (offset,) = struct.unpack(">I", font[start + 8 + 8 * n : start + 12 + 8 * n])
        at = start + offset
        if font[at : at + 2] == b"\x00\x0c":
            return _groups(font, at)
    raise ValueError("no full character map")


def _table_rows(font: bytes) -> range:
    (count,) = struct.unpack(">H", font[4:6])
    return range(12, 12 + 16 * count, 16)


def _groups(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack(">I", font[at + 12 : at + 16])
    found: set[int] = set()
    for first, last, _glyph in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * count]):
        found.update(range(first, last + 1))
    return found


@cache
def drawable() -> frozenset[str]:
    """What both faces draw."""
    faces = [characters(Path(path).read_bytes()) for path in (noto.serif_path(), noto.sans_path())]
    return frozenset(map(chr, set.intersection(*faces))) | {"\n"}


def with_known_glyphs(value: Any) -> Any:
    """The same structure with every character that cannot be drawn replaced by its mark."""
    if isinstance(value, str):
        return "".join(c if c in drawable() else NO_GLYPH for c in value)
    if isinstance(value, list):
        return [with_known_glyphs(item) for item in value]
    if isinstance(value, dict):
        return {key: with_known_glyphs(item) for key, item in value.items()}
    return value


def to_png(svg: str, dots: int = 144) -> bytes:
    """A drawing as a picture, for files that hold no drawings."""
    sheet = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    try:
        made = typst.compile(
            sheet.encode(), font_paths=_fonts(), sys_inputs={"svg": svg}, format="png", ppi=float(dots)
        )
    except typst.TypstError:
        raise NotSet from None
    assert isinstance(made, bytes)
    return made


def to_pdf(form: dict[str, Any]) -> bytes:
    """`form`: style, title, agency, number, register, date, purpose, secrecy, blocks. The same form gives the same bytes."""
    drawn = with_known_glyphs(form)
    sheet = json.dumps({**drawn, "missing": drawn != form}, ensure_ascii=False)
    try:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            sys_inputs={"form": sheet},
            format="pdf",
            pdf_standards="a-2b",
        )
    except typst.TypstError:
        raise NotSet from None
    assert isinstance(made, bytes)
    return made
