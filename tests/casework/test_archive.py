"""The pack of a closed case: everything in it, each with its hash, sealed, made in the background, once."""

import hashlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from agencies.actor import Actor
from casework import services
from casework.models import Archive, Case, DocumentFile
from casework.services.archive import StillOpen, ask_for_archive, build_archive
from casework.tasks import pack_archive, pack_waiting_archives
from privacy.audit import ReadAudit
from privacy.errors import SealError
from privacy.files import folder
from tests.casework.cases import close, ready_to_close
from tests.papers import CANARY, content, printed
from tests.people import a_caseworker, an_operator, another_federation, signed_in

pytestmark = pytest.mark.django_db
PHOTO = b"\xff\xd8\xff\xe0" + b"bruise" * 30000


def a_closed_case(worker: Actor) -> Case:
    """Closed, with a paper of two files and a photo."""
    case = ready_to_close(worker)
    services.add_person(case, actor=worker, role="victim", name="李秀芝", address=CANARY)
    file = SimpleUploadedFile("伤情.jpg", PHOTO)
    services.register_evidence(case, actor=worker, kind="E5", title="左臂伤情", file=file)
    printed("intake", case, worker)
    close(Case.objects.get(pk=case.pk), worker)
    return Case.objects.get(pk=case.pk)


def a_pack(worker: Actor) -> tuple[Archive, ZipFile]:
    archive = ask_for_archive(a_closed_case(worker), actor=worker)
    build_archive(archive.pk)
    archive = Archive.objects.get(pk=archive.pk)
    assert archive.document
    return archive, ZipFile(BytesIO(content(archive.document, "zip", worker)))


def test_a_pack_holds_everything_and_its_sums_are_right() -> None:
    _archive, pack = a_pack(a_caseworker())
    sums = [line.split("  ") for line in pack.read("SHA256SUMS").decode().splitlines()]
    assert {name for _digest, name in sums} == set(pack.namelist()) - {"SHA256SUMS"}
    assert [hashlib.sha256(pack.read(name)).hexdigest() for _digest, name in sums] == [d for d, _name in sums]
    assert sorted(pack.namelist()) == [
        "SHA256SUMS", "evidence/001-E5.jpg", "index.pdf", "papers/001-intake.pdf", "papers/002-intake.docx", "timeline.pdf",
    ]  # fmt: skip


def test_evidence_comes_out_as_it_went_in() -> None:
    _archive, pack = a_pack(a_caseworker())
    assert pack.read("evidence/001-E5.jpg") == PHOTO


def test_the_index_names_every_file_with_its_hash_and_no_address() -> None:
    _archive, pack = a_pack(a_caseworker())
    pages = PdfReader(BytesIO(pack.read("index.pdf"))).pages
    text = "".join("".join(page.extract_text().replace("\u200b", "").split()) for page in pages)
    names = set(pack.namelist()) - {"SHA256SUMS", "index.pdf"}
    held = [name in text and hashlib.sha256(pack.read(name)).hexdigest() in text for name in names]
    assert (held, CANARY in text) == ([True] * 4, False)


def test_a_pack_lies_sealed_and_says_how_far_it_came() -> None:
    worker = a_caseworker()
    archive, _pack = a_pack(worker)
    row = DocumentFile.objects.get(document=archive.document)
    raw = (Path(settings.DATA_DIR) / "files" / str(row.file_id)).read_bytes()
    assert (b"PK\x03\x04" in raw, b"bruise" in raw, archive.done, archive.total) == (False, False, 4, 4)


def test_every_file_that_is_packed_is_written_down_as_exported() -> None:
    archive, _pack = a_pack(a_caseworker())
    rows = ReadAudit.objects.filter(owner=archive.case_id, action="export")
    assert sorted(rows.values_list("table", flat=True)) == ["casework_documentfile"] * 2 + [
        "casework_evidence"
    ]


def test_packing_twice_packs_once() -> None:
    worker = a_caseworker()
    archive, _pack = a_pack(worker)
    before = archive.document
    build_archive(archive.pk)
    archive.refresh_from_db()
    assert (archive.document, DocumentFile.objects.filter(ending="zip").count()) == (before, 1)


def test_asking_again_while_it_runs_is_the_same_pack() -> None:
    worker = a_caseworker()
    case = a_closed_case(worker)
    assert ask_for_archive(case, actor=worker) == ask_for_archive(case, actor=worker)


def test_an_open_case_is_not_packed() -> None:
    worker = a_caseworker()
    with pytest.raises(StillOpen):
        ask_for_archive(ready_to_close(worker), actor=worker)


def test_a_changed_file_ends_the_packing_and_leaves_nothing() -> None:
    worker = a_caseworker()
    case = a_closed_case(worker)
    DocumentFile.objects.filter(case=case, ending="pdf").update(sha256="0" * 64)
    archive = ask_for_archive(case, actor=worker)
    before = sorted(folder().iterdir())
    with pytest.raises(SealError):
        build_archive(archive.pk)
    archive.refresh_from_db()
    assert (archive.failed, archive.document, sorted(folder().iterdir())) == (True, None, before)


def test_files_are_verified_by_a_command_and_on_the_page(client: Client) -> None:
    worker = a_caseworker()
    document = printed("rights", a_closed_case(worker), worker)
    address = reverse("casework:document_check", args=[document.pk])
    signed_in(client, worker)
    answers = [str(m) for m in client.post(address, follow=True).context["messages"]]
    call_command("verify_documents")
    document.files.filter(ending="pdf").update(sha256="0" * 64)
    answers += [str(m) for m in client.post(address, follow=True).context["messages"]]
    with pytest.raises(CommandError):
        call_command("verify_documents")
    assert [answer[:6] for answer in answers] == ["文件与登记时", "有文件缺失，"]


def test_the_page_follows_the_packing_and_ends_at_the_pack(client: Client) -> None:
    worker = a_caseworker()
    case = a_closed_case(worker)
    signed_in(client, worker)
    asked = client.post(reverse("casework:archive_new", args=[case.pk]))
    archive = Archive.objects.get(case=case)
    waiting = client.get(archive.get_absolute_url(), headers={"HX-Request": "true"})
    pack_archive(str(archive.pk))
    archive.refresh_from_db()
    assert archive.document
    page = archive.document.get_absolute_url()
    done = client.get(archive.get_absolute_url())
    told = client.get(archive.get_absolute_url(), headers={"HX-Request": "true"})
    assert (asked["Location"], waiting.status_code, done["Location"], told["HX-Redirect"]) == (
        archive.get_absolute_url(), 200, page, page,
    )  # fmt: skip


def test_an_open_case_is_told_so(client: Client) -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    signed_in(client, worker)
    answer = client.post(reverse("casework:archive_new", args=[case.pk]), follow=True)
    assert ["尚未结案" in str(m) for m in answer.context["messages"]] == [True]


def test_packing_is_for_caseworkers_of_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_closed_case(worker)
    archive = ask_for_archive(case, actor=worker)
    answers = []
    for stranger in (an_operator(), a_caseworker(another_federation())):
        signed_in(client, stranger)
        answers += [
            client.post(reverse("casework:archive_new", args=[case.pk])).status_code,
            client.get(archive.get_absolute_url()).status_code,
        ]
    assert answers == [404] * 4


def test_a_pack_that_no_worker_was_told_of_is_made_by_the_beat() -> None:
    worker = a_caseworker()
    archive = ask_for_archive(a_closed_case(worker), actor=worker)
    pack_waiting_archives()
    archive.refresh_from_db()
    assert archive.document_id is not None
