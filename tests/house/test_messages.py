"""Whatever a person may read has a Chinese text."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation import templatize

from config.runtime.messages import ROOMS, ROOT, catalogues

Key = tuple[str | None, str]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "p_": ((1, "c"), 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def texts(source: bytes) -> Iterator[Key]:
    """(context, msgid) of every marked text in a Python source."""
    for _, message, _, context in extract("python", BytesIO(source), keywords=KEYWORDS):
        yield context, message if isinstance(message, str) else message[0]


def marked() -> dict[Key, Path]:
    """Every marked text of the product, with a place where it stands."""
    found: dict[Key, Path] = {}
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.suffix == ".py" and "migrations" not in path.parts:
                found |= dict.fromkeys(texts(path.read_bytes()), path.relative_to(ROOT))
            elif path.suffix in (".html", ".txt", ".typ") and "templates" in path.parts:
                code = templatize(path.read_text(), origin=str(path)).encode()
                found |= dict.fromkeys(texts(code), path.relative_to(ROOT))
    return found


def entries() -> Iterator[Message]:
    for path in catalogues():
        with path.open("rb") as source:
            yield from (entry for entry in read_po(source) if entry.id)


def key(entry: Message) -> Key:
    return entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]


def is_done(entry: Message) -> bool:
    texts = [entry.string] if isinstance(entry.string, str) else entry.string
    return not entry.fuzzy and all(text.strip() for text in texts)


def test_every_marked_text_has_a_chinese_text() -> None:
    done = {key(entry) for entry in entries() if is_done(entry)}
    missing = [f"{path}: {one[1]!r} {one[0] or ''}" for one, path in marked().items() if one not in done]
    assert not missing, "\n".join(missing)


def test_one_text_has_one_translation() -> None:
    chosen: dict[Key, set[str]] = {}
    for entry in entries():
        chosen.setdefault(key(entry), set()).add(str(entry.string))
    assert {one: sorted(many) for one, many in chosen.items() if len(many) > 1} == {}


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: str(path.relative_to(ROOT).parts[0]))
def test_placeholders_survive_translation(path: Path) -> None:
    with path.open("rb") as source:
        broken = [(entry.id, str(error)) for entry, errors in read_po(source).check() for error in errors]
    assert broken == []
