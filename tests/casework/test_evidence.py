"""Evidence: sealed on disk, hashed, downloaded as a file whose name says nothing, every download audited."""

import hashlib
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from casework.models import Case, Evidence
from privacy.audit import ReadAudit
from privacy.files import folder
from tests.casework.cases import a_case
from tests.people import a_caseworker, signed_in

pytestmark = pytest.mark.django_db
GPS, MODEL, TAKEN_AT = 0x8825, 0x0110, 0x0132
PLACE = "扎赉诺尔区某小区三单元".encode()


def a_photo(kind: str = "JPEG", turned: int = 1) -> bytes:
    """A picture as a telephone makes it: it tells where, when and with what it was taken."""
    picture, out = Image.new("RGB", (60, 40), (120, 30, 30)), BytesIO()
    exif = Image.Exif()
    exif[MODEL], exif[TAKEN_AT], exif[ORIENTATION] = "HUAWEI P50", "2026:03:05 23:10:00", turned
    exif.get_ifd(GPS)[2] = (49.0, 27.0, 12.0)
    if kind == "PNG":
        told = PngInfo()
        told.add_text("Location", PLACE.decode())
        picture.save(out, kind, exif=exif, pnginfo=told)
    else:
        picture.save(out, kind, exif=exif, comment=PLACE)
    return out.getvalue()


ORIENTATION = 0x0112
PHOTO = a_photo()
MARK = b"HUAWEI P50"


def upload(client: Client, content: bytes, name: str = "伤情.jpg") -> Case:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    data = {
        "kind": "E5",
        "title": "左臂伤情",
        "precision": "unknown",
        "file": SimpleUploadedFile(name, content),
    }
    client.post(reverse("casework:evidence_add", args=[case.pk]), data)
    return case


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


def test_a_file_is_sealed_and_hashed(client: Client) -> None:
    case = upload(client, PHOTO)
    row = Evidence.objects.get(case=case)
    stored = (Path(settings.DATA_DIR) / "files" / str(row.file_id)).read_bytes()
    assert (row.sha256, row.media_type, MARK in stored) == (
        hashlib.sha256(PHOTO).hexdigest(),
        "image/jpeg",
        False,
    )


def given(answer: Any) -> bytes:
    """What was sent in the end."""
    return b"".join(answer.streaming_content)


def stored() -> list[str]:
    """What lies in the store of this test's own folder."""
    return sorted(path.name for path in folder().glob("*"))


def download(client: Client, case: Case, **data: str) -> tuple[Evidence, Any]:
    row = Evidence.objects.get(case=case)
    return row, client.post(reverse("casework:evidence_get", args=[case.pk, row.pk]), data)


def test_the_original_is_the_file_and_is_written_down(client: Client) -> None:
    case = upload(client, PHOTO)
    row, answer = download(client, case, original="yes")
    audit = ReadAudit.objects.get(owner=case.pk, action="file")
    name = f'attachment; filename="evidence-{row.pk.hex[:8]}-original.jpg"'
    assert (given(answer), answer["Content-Disposition"], audit.fields) == (PHOTO, name, ["original"])


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
@pytest.mark.attack("T69")
def test_a_picture_tells_neither_where_nor_with_what_it_was_taken(
    client: Client, kind: str, ending: str
) -> None:
    case = upload(client, a_photo(kind), f"伤情.{ending}")
    _row, answer = download(client, case)
    content = given(answer)
    shown = Image.open(BytesIO(content))
    told = [word for word in (MARK, b"2026:03:05", PLACE, b"Exif", b"Location") if word in content]
    audit = ReadAudit.objects.get(owner=case.pk, action="file")
    assert (shown.format, shown.size, dict(shown.getexif()), told, audit.fields) == (
        kind,
        (60, 40),
        {},
        [],
        ["file"],
    )


def test_the_copy_does_not_touch_the_sealed_original(client: Client) -> None:
    case = upload(client, PHOTO)
    download(client, case)
    row, answer = download(client, case, original="yes")
    assert hashlib.sha256(given(answer)).hexdigest() == row.sha256


def test_a_picture_taken_sideways_stands_upright(client: Client) -> None:
    _row, answer = download(client, upload(client, a_photo(turned=6)))
    assert Image.open(BytesIO(given(answer))).size == (40, 60)


def test_neither_upload_nor_copy_touches_the_disk_in_the_clear(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")  # any temporary file would fail
    case = upload(client, PHOTO)
    _row, answer = download(client, case)
    kept = [
        path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file() and MARK in path.read_bytes()
    ]
    assert (answer.status_code, kept) == (200, [])


def test_where_no_copy_can_be_made_nothing_is_given_but_words(client: Client) -> None:
    content = b"\xff\xd8\xff\xe0" + b"no picture at all" * 99
    case = upload(client, content)
    _row, answer = download(client, case)
    page = client.get(answer.url).content.decode()
    assert (answer.status_code, "原件" in page, given(download(client, case, original="yes")[1])) == (
        302, True, content,
    )  # fmt: skip


def test_a_picture_too_large_to_be_drawn_is_refused(client: Client) -> None:
    bomb = BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    case = upload(client, bomb.getvalue(), "a.png")
    assert (Evidence.objects.filter(case=case).count(), stored()) == (0, [])


def test_a_program_is_not_evidence(client: Client) -> None:
    case = upload(client, b"MZ\x90\x00" + b"\x00" * 100, "photo.jpg")
    assert Evidence.objects.filter(case=case).count() == 0


def test_evidence_without_a_file_is_registered(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    data = {"kind": "E9", "title": "邻居证言", "precision": "unknown"}
    client.post(reverse("casework:evidence_add", args=[case.pk]), data)
    assert Evidence.objects.get(case=case).file_id is None
