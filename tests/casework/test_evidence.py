"""Evidence: sealed on disk, hashed, downloaded as a file whose name says nothing, every download audited."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.models import Case, Evidence
from privacy.audit import ReadAudit
from tests.casework.cases import a_case
from tests.people import a_caseworker, signed_in

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8\xff\xe0" + b"bruise on the left arm" * 4000


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


def test_a_file_is_sealed_and_hashed(client: Client) -> None:
    case = upload(client, PHOTO)
    row = Evidence.objects.get(case=case)
    stored = (Path(settings.DATA_DIR) / "files" / str(row.file_id)).read_bytes()
    assert (row.sha256, row.media_type, b"bruise" in stored) == (
        hashlib.sha256(PHOTO).hexdigest(),
        "image/jpeg",
        False,
    )


def test_a_download_is_the_file_and_is_written_down(client: Client) -> None:
    case = upload(client, PHOTO)
    row = Evidence.objects.get(case=case)
    answer = client.post(reverse("casework:evidence_get", args=[case.pk, row.pk]))
    audit = ReadAudit.objects.get(owner=case.pk, action="file")
    name = f'attachment; filename="evidence-{row.pk.hex[:8]}.jpg"'
    assert (answer.content, answer["Content-Disposition"], audit.object_ids) == (PHOTO, name, [row.pk])


def test_a_program_is_not_evidence(client: Client) -> None:
    case = upload(client, b"MZ\x90\x00" + b"\x00" * 100, "photo.jpg")
    assert Evidence.objects.filter(case=case).count() == 0


def test_a_file_too_large_is_refused_in_words(client: Client, settings: object) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    data = {"kind": "E5", "title": "录像", "precision": "unknown", "file": SimpleUploadedFile("a.jpg", PHOTO)}
    answer = client.post(reverse("casework:evidence_add", args=[case.pk]), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_evidence_without_a_file_is_registered(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    data = {"kind": "E9", "title": "邻居证言", "precision": "unknown"}
    client.post(reverse("casework:evidence_add", args=[case.pk]), data)
    assert Evidence.objects.get(case=case).file_id is None
