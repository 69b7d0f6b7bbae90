"""A supervisor who turns every knob and lays every file beside the others gets the same hidden numbers everywhere."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from io import BytesIO, StringIO
from random import Random

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from indicators.board import Board
from indicators.models import Release
from indicators.paper import release_form
from scenarios.bench.districts import Event, cases, published
from tests.attacks.record import Tried
from tests.indicators.test_board import SHOWN, a_year
from tests.indicators.test_releases import released
from tests.people import a_supervisor, district, signed_in
from workflow.paper.pdf import to_pdf

pytestmark = pytest.mark.django_db
FILES = ("", "csv/", "xlsx/", "json/", "pdf/")
LIVE = (
    "indicators_tally",
    "workflow_steprecord",
    "indicators_releasebasis",
    "indicators_counted",
    "casework_case",
)
# Whatever a reader may put into an address: none of it is a filter.
KNOBS = (
    "?year=2024", "?month=3", "?town=150703100", "?by=town", "?from=2025-01-01&to=2025-03-31", "?form=sexual", "?least=1",
    "?smallest=0", "?version=0", "?version=-1", "?version=1%27", "?format=raw", "?quarter=2", "?sort=value", "?home=x",
)  # fmt: skip


def client() -> Client:
    return signed_in(Client(), a_supervisor())


def packed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def in_pdf(data: bytes) -> str:
    """The words of every page without head and foot, and without spaces."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    return packed("".join(pages))


def rows_of(text: str) -> Iterator[list[str]]:
    for row in list(csv.reader(StringIO(text)))[1:]:
        if any(SHOWN.fullmatch(cell) for cell in row[1:]):
            yield [
                cell.removeprefix("'") for cell in row
            ]  # the mark by which a spreadsheet takes it for text


@pytest.mark.attack("T100")
def test_page_csv_xlsx_api_and_pdf_say_the_same_to_the_digit(tried: Tried) -> None:
    a_year()
    release, reader = released(2025), client()
    got = {kind: reader.get(f"/figures/releases/2025/{kind}") for kind in FILES}
    rows = list(rows_of(got["csv/"].content.decode("utf-8-sig")))
    sheet = load_workbook(BytesIO(got["xlsx/"].content)).active
    in_xlsx = [[str(cell).removeprefix("'") for cell in row if cell is not None] for row in sheet.values]
    found = re.findall(r"<tr>.*?</tr>", got[""].content.decode(), re.S)
    in_page = {packed(unescape(re.sub(r"<[^>]*>", "", row))) for row in found}
    paper = in_pdf(got["pdf/"].content)
    lost = [
        ("page or xlsx", row) for row in rows if packed("".join(row)) not in in_page or row not in in_xlsx
    ]
    for text, n in Counter(packed("".join(row)) for row in rows).items():
        lost += [("pdf", text)] * (n - paper.count(text))
    told = {cell["value"] for cell in got["json/"].json()["cells"]}
    tried(
        request="GET /figures/releases/2025/ as page, csv, xlsx and pdf",
        actor="supervisor",
        expected=[],
        got=lost,
    )
    assert len(rows) > 100 and told == set(release.cells.values())


@pytest.mark.attack("T100")
def test_no_parameter_changes_what_is_hidden_and_nothing_live_is_read(tried: Tried) -> None:
    a_year()
    released(2025)
    reader = client()
    plain = {kind: reader.get(f"/figures/releases/2025/{kind}").content for kind in ("csv/", "json/", "pdf/")}
    with CaptureQueriesContext(connection) as seen:
        changed = [
            f"{kind}{knob}"
            for knob in KNOBS
            for kind in ("csv/", "json/")
            if reader.get(f"/figures/releases/2025/{kind}{knob}").content != plain[kind]
        ]
        again = reader.get("/figures/releases/2025/pdf/").content
        reader.get("/figures/releases/2025/")
    live = [query["sql"] for query in seen if any(f'FROM "{table}' in query["sql"] for table in LIVE)]
    tried(request=f"GET /figures/releases/2025/<file>/ with {len(KNOBS)} parameters", actor="supervisor",
          expected=([], [], True), got=(changed, live, again == plain["pdf/"]))  # fmt: skip
    codes = {
        path: reader.get(f"/figures/{path}").status_code
        for path in ("cases_opened/", "cases_opened/csv/?year=2025", "csv/?year=2025", "indicators/", "clocks_law/", "towns/",
                     "releases/2025Q1/", "releases/2025-01/", "releases/2024-2025/csv/", "releases/all/json/")
    }  # fmt: skip
    tried(request="GET /figures/<live page or part of a year>", actor="supervisor",
          expected=dict.fromkeys(codes, 404), got=codes)  # fmt: skip


@pytest.mark.attack("T99", "T100")
def test_numbers_that_change_places_behind_the_hiding_change_no_byte_of_any_file(tried: Tried) -> None:
    """Neither order nor the height of a bar nor a mark tells which of the hidden ones is none and which is four."""
    base = cases(Random(3), 30, 2025)
    district()
    answers = []
    for left, right in ((4, 0), (0, 4)):
        hidden = [Event(2025, 3, "letters_criticised")] * left + [Event(2025, 3, "letters_penalised")] * right
        release = published([*base, *hidden], 2025, [])
        answers.append(
            (
                in_all(release),
                release.cells["letters_criticised|2025||"],
                release.cells["letters_penalised|2025||"],
            )
        )
    tried(
        request="page lines, csv rows and pdf of two data sets",
        actor="supervisor",
        expected=answers[0],
        got=answers[1],
    )
    assert answers[0][1:] == (None, None)


@pytest.mark.attack("T100")
def test_a_page_costs_the_same_whatever_stands_behind_the_hiding(tried: Tried) -> None:
    """All it is made of is the same to the byte, and so are its queries and its length: its time can tell nothing."""
    base, reader = cases(Random(3), 30, 2025), client()
    costs = []
    for left, right in ((4, 0), (4, 0), (0, 4)):  # the first one warms the caches
        hidden = [Event(2025, 3, "letters_criticised")] * left + [Event(2025, 3, "letters_penalised")] * right
        release = published([*base, *hidden], 2025, [])
        with transaction.atomic():
            release.save(force_insert=True)
            stored = (
                Release.objects.filter(pk=release.pk).values("rules", "cells", "indicators", "digest").get()
            )
            with CaptureQueriesContext(connection) as seen:
                sizes = [
                    len(reader.get(f"/figures/releases/2025/{kind}").content)
                    for kind in FILES
                    if kind not in ("xlsx/", "pdf/")
                ]
            costs.append((len(seen), sizes, sha256(repr(stored).encode()).hexdigest()))
            transaction.set_rollback(True)
    tried(request="GET /figures/releases/2025/ as page, csv and json: queries, bytes, what is read", actor="supervisor",
          expected=costs[1], got=costs[2])  # fmt: skip
    assert costs[1][0] > 0 and min(costs[1][1]) > 1000


def in_all(release: Release) -> tuple[str, str]:
    """Marks of the lines of the page and of the paper."""
    board = Board(release)
    panels = [panel for section in board.sections for panel in section.panels]
    lines = [(str(line.label), line.texts, line.value) for panel in panels for line in panel.lines]
    return sha256(repr(lines).encode()).hexdigest(), sha256(to_pdf(release_form(board))).hexdigest()
