"""The laws of every paper that is installed. A new paper is under them as soon as its room hands it over."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from pypdf import PdfReader

from casework.paper.papers import all_papers
from privacy.audit import ReadAudit
from privacy.models import SealedModel
from tests.house.paper_makers import PAPER_MAKERS
from tests.papers import CANARY, content, pdf_text, printed, word_xml
from tests.people import a_caseworker

PAPERS = [paper.key for paper in all_papers()]
SECRETS = (CANARY, "报告人金", "13900001111", "送快递", "保险公司")
# Places that the respondent knows or that were given for the very purpose of standing on paper.
MAY_BE_PRINTED = {"ProtectionOrder.service_address"}


def test_every_paper_can_be_made_for_these_laws() -> None:
    assert sorted(PAPER_MAKERS) == sorted(PAPERS)


def test_every_paper_says_what_it_is_for_and_how_secret() -> None:
    assert [p.key for p in all_papers() if not (p.layout.purpose and p.layout.secrecy)] == []


def test_every_address_is_kept_off_paper_by_its_model() -> None:
    open_ones = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, SealedModel) and not model.__module__.startswith("tests.")
        for field in model.sealed_fields()
        if "address" in field.name and field.name not in model.never_printed
    ]
    assert set(open_ones) <= MAY_BE_PRINTED


@pytest.mark.django_db
@pytest.mark.parametrize("key", PAPERS)
def test_a_paper_keeps_the_laws_of_all_papers(key: str) -> None:
    """Title and number in both files, fonts embedded, no address and no reporter, all openings written down as printed."""
    worker = a_caseworker()
    obj = PAPER_MAKERS[key](worker)
    before = list(ReadAudit.objects.values_list("pk", flat=True))
    document = printed(key, obj, worker)
    opened = ReadAudit.objects.exclude(pk__in=before)
    audited = set(opened.values_list("action", "purpose"))
    title = next(paper.title.zh for paper in all_papers() if paper.key == key)
    pdf, word = pdf_text(document, worker), word_xml(document, worker)
    assert {
        "titles": [title in text for text in (pdf, word)],
        "numbers": [document.number in text for text in (pdf, word)],
        "secrets": [secret for secret in SECRETS if secret in pdf + word],
        "nothing": [word for word in ("None", "[]", "{}", "<sealed>") if word in pdf],
        "fonts": embedded(content(document, "pdf", worker)),
        "opened otherwise": audited - {("print", "document")},
    } == {
        "titles": [True, True],
        "numbers": [True, True],
        "secrets": [],
        "nothing": [],
        "fonts": True,
        "opened otherwise": set(),
    }


def embedded(pdf: bytes) -> bool:
    """Noto and nothing else, each as a part of the file."""
    pages: list[Any] = list(PdfReader(BytesIO(pdf)).pages)
    fonts = [
        font.get_object()["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()
    ]
    return all(re.fullmatch(r"/[A-Z]{6}\+Noto(Sans|Serif)SC-.*", font) for font in fonts)
