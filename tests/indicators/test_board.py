"""What a supervisor reads: the stored release and nothing else, the same on the page and in every file."""

import csv
import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.kinds import AgencyKind
from agencies.models import Area
from indicators.board import SECTIONS, Board
from indicators.consumer import count_all
from indicators.figures import FIGURES
from indicators.menu import menu
from indicators.models import Tally
from tests.indicators.lives import NOON, a_deadline, steps
from tests.indicators.test_releases import released
from tests.people import a_caseworker, a_judge, a_lead, a_supervisor, an_agency, an_operator, signed_in

pytestmark = pytest.mark.django_db
CELL = re.compile(r"<td class=\"number[^\"]*\">(.*?)</td>")
BAR = re.compile(r"<text class=\"chart-value\"[^>]*>(.*?)</text>")
# Events and training: nobody stands behind these numbers, so that even a zero is shown.
REGISTERS = re.compile(r"<tr><t[dh][^>]*>CW\.2[56].*?</tr>", re.S)
SHOWN = re.compile(r"<?\d+(\.\d+)?%?|不公布|尚无记录")


def a_year() -> None:
    for month in (1, 4, 7, 10):
        at = datetime(2025, month, 9, 4, tzinfo=UTC)
        steps(12, at=at, sex="f", age_band="30-44")
        steps(
            6,
            at=at,
            relation="X1_ex_spouse",
            danger="medium",
            channel="walk_in",
            forms=["economic"],
            sex="f",
            age_band="18-29",
        )
        steps(7, "warning_letter", "issue", at=at)
        steps(3, "referral", "send", service="legal_aid", at=at)
        for _ in range(4):
            a_deadline(state="met", at=at)
    count_all(NOON)


def get(path: str, who: Any = a_supervisor) -> Any:
    return signed_in(Client(), who()).get(f"/figures/{path}")


def test_the_page_and_every_file_say_the_same() -> None:
    a_year()
    release = released(2025)
    text = get("releases/2025/").content.decode()
    shown = [unescape(cell) for cell in CELL.findall(text) if SHOWN.fullmatch(unescape(cell))]
    rows = list(csv.reader(StringIO(get("releases/2025/csv/").content.decode("utf-8-sig"))))
    in_csv = [cell for row in rows[1:] for cell in row[1:] if SHOWN.fullmatch(cell)]
    sheet = load_workbook(BytesIO(get("releases/2025/xlsx/").content)).active
    in_xlsx = [
        str(cell)
        for row in list(sheet.values)[1:]
        for cell in row[1:]
        if cell is not None and SHOWN.fullmatch(str(cell))
    ]
    told = get("releases/2025/json/").json()
    assert shown == in_csv == in_xlsx
    assert ({cell["value"] for cell in told["cells"]}, told["sha256"]) == (
        set(release.cells.values()),
        release.digest,
    )
    assert {"72", "28"} <= set(shown)


def test_every_breakdown_of_the_release_stands_on_the_page() -> None:
    a_year()
    board = Board(released(2025))
    published = {
        f"{key} {breakdown}"
        for key, _period, breakdown, _group in (name.split("|") for name in board.release.cells)
        if breakdown and key in FIGURES
    }
    panels = {str(panel.title) for section in board.sections for panel in section.panels}
    shown = {
        f"{key} {one.key}"
        for key, figure in FIGURES.items()
        for one in figure.dims
        if f"{figure.label} · {one.label}" in panels
    }
    assert "cases_closed reason" in published and published <= shown


def test_nothing_small_stands_on_the_page_in_a_bar_or_in_the_markup() -> None:
    a_year()
    released(2025)
    text = REGISTERS.sub("", get("releases/2025/").content.decode())
    cells = {unescape(cell) for cell in [*CELL.findall(text), *BAR.findall(text)]}
    assert not cells & {"0", "1", "2", "3", "4"}
    hidden = re.findall(r"<rect class=\"chart-hidden\"[^>]*>", text)
    assert hidden and {re.search(r"width=\"(\S+)\"", bar)[1] for bar in hidden} == {"36"}  # type: ignore[index]


def test_a_supervisor_reads_the_release_though_the_counts_have_gone_on() -> None:
    a_year()
    released(2025)
    pages = ("releases/2025/", "releases/2025/csv/", "releases/2025/json/")
    before = [get(path).content for path in pages[1:]]
    steps(50, at=datetime(2025, 5, 5, tzinfo=UTC))
    count_all(NOON)
    assert [get(path).content for path in pages[1:]] == before
    client = signed_in(Client(), a_supervisor())
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/figures/{pages[0]}")
    tables = (Tally._meta.db_table, "workflow_steprecord", "indicators_releasebasis", "casework_case")
    assert [query["sql"] for query in seen if any(table in query["sql"] for table in tables)] == []


def test_a_supervisor_begins_at_the_newest_release_and_finds_no_live_number() -> None:
    assert get("").headers["Location"] == "/figures/releases/"
    assert "还没有公布" in get("releases/").content.decode()
    a_year()
    released(2025)
    assert get("releases/").headers["Location"] == "/figures/releases/2025/"
    assert [
        get(path).status_code
        for path in ("cases_opened/", "cases_opened/csv/", "csv/", "clocks_law/", "releases/2024/")
    ] == [404] * 5


def test_an_older_version_can_still_be_read() -> None:
    a_year()
    released(2025)
    released(2025)
    texts = [
        get(f"releases/2025/{query}").content.decode() for query in ("?version=1", "?version=2", "?version=9")
    ]
    assert [re.search(r"第(\d)版", text)[1] for text in texts] == ["1", "2", "2"]  # type: ignore[index]


def test_another_district_has_its_own_releases_and_others_find_nothing() -> None:
    a_year()
    released(2025)
    away = an_agency(
        AgencyKind.FEDERATION, "别处妇女联合会", area=Area.objects.create(code="150781", name="满洲里市")
    )
    codes = [
        get("releases/2025/", who).status_code
        for who in (lambda: a_supervisor(away), a_caseworker, an_operator, a_judge, a_lead)
    ]
    assert codes == [404, 404, 404, 404, 200]


def test_a_duty_leader_sees_the_indicators_of_today_without_small_numbers() -> None:
    a_year()
    text = REGISTERS.sub("", get("indicators/?year=2025", a_lead).content.decode())
    cells = [unescape(cell) for cell in CELL.findall(text)]
    assert {"28", "<5", "尚无记录"} <= set(cells) and not {"0", "1", "2", "3", "4"} & set(cells)
    assert [get("indicators/", who).status_code for who in (a_supervisor, a_caseworker)] == [404, 404]


def test_every_figure_of_the_page_is_on_the_menu() -> None:
    assert {key for _title, charts in SECTIONS for _chart, _note, keys in charts for key in keys} <= set(
        menu().tables
    )
