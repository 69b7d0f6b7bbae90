"""Of every kind of file there is a copy that tells nothing on the side; whatever it is not is refused."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casework import services
from casework.copies import NoCopy
from casework.models import Evidence, EvidenceCopy
from privacy.errors import SealError
from privacy.files import folder
from tests.attacks.record import Tried
from tests.casework.cases import a_case
from tests.files import media
from tests.people import a_caseworker

pytestmark = pytest.mark.django_db
SECRETS = (
    media.PLACE,
    media.DEVICE,
    media.DEVICE.decode().encode("utf-16-be"),
    b"app.alert",
    b"<script",
    b"\xe1\x23\x45\x67",
)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


def kept(name: str, content: bytes, **more: Any) -> tuple[Evidence, Any]:
    worker = a_caseworker()
    file = SimpleUploadedFile(name, content)
    return services.register_evidence(
        a_case(worker), actor=worker, kind="E5", title="x", file=file, **more
    ), worker


def copy_of(name: str, content: bytes) -> bytes:
    row, worker = kept(name, content)
    with services.evidence_file(row, actor=worker).content as copy:
        return copy.read()


@pytest.mark.attack("T69")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp4", media.film()), ("a.mov", media.film(b"qt  ")), ("a.m4a", media.film(b"M4A ", b"soun")),
        ("a.mp3", media.sound()), ("a.wav", media.wav()), ("a.heic", media.heic()), ("a.jpg", media.photo()),
        ("a.pdf", media.paper()),
    ],
)  # fmt: skip
def test_a_copy_tells_neither_where_nor_when_nor_with_what(name: str, content: bytes, tried: Tried) -> None:
    copy = copy_of(name, content)
    told = [word for word in SECRETS if word in copy]
    assert [word for word in SECRETS if word in content], "the original must tell something"
    tried(request=f"copy of {name}", actor="caseworker", expected=[], got=told)


def test_a_film_keeps_its_picture_where_it_was() -> None:
    whole, copy = media.film(), copy_of("a.mp4", media.film())
    assert (len(copy), copy.index(media.PAYLOAD)) == (len(whole), whole.index(media.PAYLOAD))


def test_sound_keeps_its_sound() -> None:
    mp3, wav = copy_of("a.mp3", media.sound()), copy_of("a.wav", media.wav())
    assert (mp3[:4], len(mp3) % 417, media.PAYLOAD in wav) == (b"\xff\xfb\x90\x00", 0, True)


def test_a_paper_can_still_be_read_and_a_heic_becomes_a_jpeg() -> None:
    with pikepdf.open(io.BytesIO(copy_of("a.pdf", media.paper()))) as paper:
        assert (len(paper.pages), list(paper.docinfo), "/OpenAction" in paper.Root) == (1, [], False)
    assert Image.open(io.BytesIO(copy_of("a.heic", media.heic()))).format == "JPEG"


def test_a_large_picture_is_shown_small_and_kept_large() -> None:
    large = media.photo((5000, 100))
    row, worker = kept("a.jpg", large)
    with services.evidence_file(row, actor=worker, original=True).content as original:
        assert original.read() == large
    with services.evidence_file(row, actor=worker).content as copy:
        assert Image.open(io.BytesIO(copy.read())).size == (4096, 82)


BAD = [
    ("a.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"), ("a.svg", b"<svg onload='alert(1)'/>"), ("a.jpg", b"MZ" + bytes(99)),
    ("a.png", media.photo()), ("a.html", media.paper()), ("a.php", media.photo() + b"<?php"), ("a", media.photo()),
    ("a.pdf.exe", media.paper()), ("a.mp4", b"<html>" + media.film()), ("a.zip", b"PK\x03\x04" + bytes(99)),
    ("a.docx", b"PK\x03\x04" + bytes(99)), ("a.mp3", media.film()),
]  # fmt: skip


@pytest.mark.attack("T68", "T67")
@pytest.mark.parametrize(("name", "content"), BAD)
def test_what_is_no_such_file_is_refused_and_leaves_nothing(name: str, content: bytes, tried: Tried) -> None:
    try:
        kept(name, content)
        got = "kept"
    except services.BadFile:
        got = "refused"
    tried(
        request=f"register {name}",
        actor="caseworker",
        expected=("refused", 0),
        got=(got, len([*folder().glob("*")])),
    )


@pytest.mark.attack("T68")
def test_what_stands_behind_a_picture_is_not_in_its_copy(tried: Tried) -> None:
    copy = copy_of("a.jpg", media.photo() + b"<?php system($_GET[0]); ?><script>alert(1)</script>")
    tried(
        request="copy of JPEG + PHP",
        actor="caseworker",
        expected=False,
        got=b"<?php" in copy or b"<script" in copy,
    )


@pytest.mark.attack("T67")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp4", media.film()[:-40] + b"\0\0\0\1moov" + b"\xff" * 8),
        ("a.mp4", media.box(b"ftyp", b"isom", bytes(4)) + media.box(b"moov", b"\0\0\0\x08free" * 30_000)),
        ("a.mp3", b"ID3" + b"a voice" * 300), ("a.wav", b"RIFF\xff\xff\xff\xffWAVE" + bytes(99)),
        ("a.pdf", b"%PDF-1.7\n" + b"[" * 50_000),
    ],
)  # fmt: skip
def test_a_broken_file_gives_no_copy_and_no_error(name: str, content: bytes, tried: Tried) -> None:
    row, worker = kept(name, content)
    try:
        services.evidence_file(row, actor=worker)
        got = "a copy"
    except NoCopy:
        got = "no copy"
    tried(request=f"copy of a broken {name}", actor="caseworker", expected="no copy", got=got)


@pytest.mark.attack("T105")
def test_a_file_exchanged_after_it_was_scanned_does_not_open(settings: LazySettings, tried: Tried) -> None:
    settings.SCAN_COMMAND = ["sh", "-c", "! grep -q EICAR"]
    row, worker = kept("a.wav", media.wav())
    with services.evidence_file(row, actor=worker).content:
        pass
    other, _worker = kept("b.wav", media.wav() + b"something else")
    (folder() / str(other.file_id)).replace(folder() / str(row.file_id))
    try:
        services.evidence_file(row, actor=worker, original=True)
        got = "opened"
    except SealError:
        got = "refused"
    tried(request="original after the exchange", actor="somebody with the disk", expected="refused", got=got)


def test_what_the_scanner_finds_is_held_back_and_what_it_cannot_say_waits(settings: LazySettings) -> None:
    settings.SCAN_COMMAND = ["sh", "-c", "! grep -q EICAR"]
    bad, worker = kept("a.wav", media.wav() + b"EICAR")
    settings.SCAN_COMMAND = ["sh", "-c", "exit 2"]
    unknown, _worker = kept("a.wav", media.wav())
    with pytest.raises(NoCopy):
        services.evidence_file(unknown, actor=worker)
    settings.SCAN_COMMAND = ["sh", "-c", "! grep -q EICAR"]
    for original in (True, False):
        with pytest.raises(NoCopy):
            services.evidence_file(bad, actor=worker, original=original)
    services.evidence_file(unknown, actor=worker).content.close()
    assert [EvidenceCopy.objects.get(evidence=row).state for row in (bad, unknown)] == ["infected", "ready"]
