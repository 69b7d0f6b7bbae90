"""Printing: numbered, hashed, sealed, served again as it was; what people wrote stands there as they wrote it."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from agencies.actor import Actor
from casework import services
from casework.documents.facts import people
from casework.models import Case, Document
from casework.paper.literal import literal
from casework.paper.reader import NeverPrinted, Reader
from privacy.audit import ReadAudit
from privacy.errors import SealError
from tests.attacks.record import Tried
from tests.casework.cases import with_leave
from tests.papers import ACCOUNT, CANARY, NAME, a_told_case, content, pdf_text, printed, word_xml
from tests.people import a_caseworker, a_judge, another_federation, federation, signed_in

pytestmark = pytest.mark.django_db
NASTY = [
    '#read("/etc/passwd")', "#panic()", "{{ 7*7 }}", "{% raw %}", "{victim.name}", "$x^2$", "*b* _i_ `c`", "=HYPERLINK(1)",
    "<w:instrText>DDEAUTO</w:instrText>", "<script>alert(1)</script>", "\\u{41}", "]", "/* c */", "https://a.b/c",
]  # fmt: skip


def with_account(account: str) -> tuple[Case, Actor]:
    worker = a_caseworker()
    case = a_told_case(worker)
    services.record_incident(case, actor=worker, forms=["physical"], account=account)
    return case, worker


def test_papers_of_a_body_are_numbered_by_year() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    zone = ZoneInfo("Asia/Shanghai")
    days = [datetime(2026, 12, 31, 23, 59, tzinfo=zone), datetime(2027, 1, 1, tzinfo=zone)]
    numbers = [printed("rights", case, worker, now=day).number for day in (days[0], days[0], days[1])]
    name = federation().short_name
    assert numbers == [f"{name}〔2026〕1号", f"{name}〔2026〕2号", f"{name}〔2027〕1号"]


def test_a_button_pressed_twice_prints_once() -> None:
    worker, key = a_caseworker(), uuid4()
    case = a_told_case(worker)
    assert printed("rights", case, worker, key=key) == printed("rights", case, worker, key=key)


def test_a_paper_stays_as_it_was_when_the_case_changes() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    document = printed("intake", case, worker)
    before = content(document, "pdf", worker)
    victim = case.persons.get(role="victim")
    services.update_person(
        victim, actor=worker, rev=victim.rev, name="后来的名字", phone=None, id_number=None
    )
    after = content(document, "pdf", worker)
    assert (after == before, NAME in pdf_text(document, worker)) == (True, True)


def test_rare_characters_are_drawn() -> None:
    worker = a_caseworker()
    document = printed("rights", a_told_case(worker), worker)
    assert [name in pdf_text(document, worker) for name in NAME.split("·")] == [True, True]


@pytest.mark.attack("T57")
def test_what_was_written_is_printed_as_it_was_written(tried: Tried) -> None:
    case, worker = with_account("甲" + "乙丙".join(NASTY) + "丁")
    document = printed("intake", case, worker)
    pdf, word = pdf_text(document, worker), unescape(word_xml(document, worker))
    lost = [t for t in NASTY if "".join(t.split()) not in pdf or t not in word]
    tried(request="print template words and field codes", actor="caseworker", expected=[], got=lost)


@pytest.mark.attack("T57")
def test_a_word_file_has_no_field_but_the_page_numbers() -> None:
    case, worker = with_account('<w:instrText>DDEAUTO c:\\x</w:instrText><w:fldSimple w:instr="DATE"/>')
    xml = word_xml(printed("intake", case, worker), worker)
    assert (re.findall(r'<w:fldSimple w:instr="(\w+)"', xml), "<w:instrText" in xml) == (
        ["PAGE", "NUMPAGES"],
        False,
    )


def test_marks_that_cannot_be_drawn_or_deceive_are_left_out() -> None:
    assert literal("a\x00b\u202ec\u200fd\ue000\r\ne\tf\x1b") == "abcd\ue000\ne f"


def test_a_character_without_a_glyph_is_marked_in_the_pdf_and_kept_in_word() -> None:
    case, worker = with_account("她叫ᠰᠠᠷᠠ\x00")
    document = printed("intake", case, worker)
    assert ("她叫〓〓〓〓" in pdf_text(document, worker), "她叫ᠰᠠᠷᠠ" in word_xml(document, worker)) == (
        True,
        True,
    )


@pytest.mark.parametrize("part", ["她说了很多。", "q"], ids=["sentences", "one word"])
def test_a_long_text_flows_over_pages_and_none_of_it_is_lost(part: str) -> None:
    count = 8000 // len(part)
    case, worker = with_account(part * count)
    document = printed("intake", case, worker)
    pages = PdfReader(BytesIO(content(document, "pdf", worker))).pages
    drawn = pdf_text(document, worker).count(part[0])
    assert (drawn >= count, len(pages) > 3) == (True, True)


def test_an_empty_case_gives_a_form_to_be_filled_in_by_hand() -> None:
    worker = a_caseworker()
    case = services.open_case(actor=worker, channel="walk_in")
    text = pdf_text(printed("intake", case, worker), worker)
    assert [label in text for label in ("姓名", "民族", "处理结果", "None", "null")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_child_is_named_on_the_intake_form_only_with_a_leave() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    before = pdf_text(printed("intake", case, worker), worker)
    with_leave(case.persons.get(role="child"), worker)
    after = pdf_text(printed("intake", case, worker), worker)
    assert ["赵小某" in text for text in (before, after)] == [False, True]


def test_a_reader_refuses_what_stands_on_no_paper() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    reader = Reader(worker)
    asked: list[Callable[[], object]] = [
        lambda: people(case, reader, "name", "address"),
        lambda: reader.open(case.reporters.first(), "name"),
        lambda: reader.open(case.safe_contact, "code_word"),
    ]
    for ask in asked:
        with pytest.raises(NeverPrinted):
            ask()


def test_files_lie_sealed_on_disk() -> None:
    worker = a_caseworker()
    document = printed("intake", a_told_case(worker), worker)
    stored = [(Path(settings.DATA_DIR) / "files" / str(f.file_id)).read_bytes() for f in document.files.all()]
    assert [b"%PDF" in raw or b"PK\x03\x04" in raw for raw in stored] == [False, False]


def test_a_file_that_is_not_the_registered_one_is_not_served() -> None:
    worker = a_caseworker()
    document = printed("rights", a_told_case(worker), worker)
    document.files.filter(ending="pdf").update(sha256="0" * 64)
    with pytest.raises(SealError):
        content(document, "pdf", worker)


def test_printing_leads_to_a_page_with_both_files(client: Client) -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    answer = signed_in(client, worker).post(
        reverse("casework:document_print", args=["rights", case.pk]), {"key": uuid4()}, follow=True
    )
    page = answer.content.decode()
    document = Document.objects.get(case=case)
    assert (answer.status_code, document.number in page, ACCOUNT in page, CANARY in page) == (
        200,
        True,
        False,
        False,
    )


def test_a_file_is_a_download_that_says_nothing_and_is_written_down(client: Client) -> None:
    worker = a_caseworker()
    document = printed("rights", a_told_case(worker), worker)
    signed_in(client, worker)
    answer = client.post(reverse("casework:document_get", args=[document.pk, "pdf"]))
    audit = ReadAudit.objects.get(table="casework_documentfile")
    assert (
        answer["Content-Disposition"],
        answer["Content-Security-Policy"],
        answer["Cache-Control"],
        answer["Content-Type"],
        audit.action,
    ) == (
        f'attachment; filename="paper-{document.pk.hex[:8]}.pdf"',
        "sandbox",
        "no-store",
        "application/pdf",
        "print",
    )


def test_who_fetched_it_stands_on_its_page(client: Client) -> None:
    worker = a_caseworker()
    document = printed("rights", a_told_case(worker), worker)
    content(document, "pdf", worker)
    page = signed_in(client, worker).get(document.get_absolute_url())
    assert [read.row.actor_user for read in page.context["prints"]] == [worker.user_id]


@pytest.mark.parametrize("who", ["another", "judge"])
def test_papers_do_not_exist_for_foreigners(client: Client, who: str) -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    document = printed("rights", case, worker)
    stranger = a_caseworker(another_federation()) if who == "another" else a_judge()
    signed_in(client, stranger)
    answers = [
        client.post(reverse("casework:document_print", args=["rights", case.pk])),
        client.get(document.get_absolute_url()),
        client.post(reverse("casework:document_get", args=[document.pk, "pdf"])),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_paper_that_is_unknown_or_a_file_that_is_not_there_is_absent(client: Client) -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    document = printed("rights", case, worker)
    signed_in(client, worker)
    answers = [
        client.post(reverse("casework:document_print", args=["nothing", case.pk])),
        client.post(reverse("casework:document_get", args=[document.pk, "zip"])),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_foreign_case_is_absent_for_the_command() -> None:
    case = a_told_case(a_caseworker())
    with pytest.raises(Http404):
        printed("rights", case, a_caseworker(another_federation()))


def test_the_case_page_lists_its_papers(client: Client) -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    document = printed("rights", case, worker)
    page = signed_in(client, worker).get(case.get_absolute_url())
    assert (list(page.context["documents"]), document.number in page.content.decode()) == ([document], True)
