"""What a duty leader sees of today: numbers of the own district, none below five, the same on the page and in the file."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind
from agencies.models import Area
from indicators.consumer import count_all
from indicators.files import harmless
from indicators.models import Tally
from tests.indicators.lives import NOON, a_deadline, steps
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    an_agency,
    an_operator,
    federation,
    signed_in,
    town,
)

pytestmark = pytest.mark.django_db
CELL = re.compile(r"<td class=\"number[^\"]*\">(.*?)</td>")
BAR = re.compile(r"<text class=\"chart-value\"[^>]*>(.*?)</text>")


def a_year() -> None:
    """Small and large numbers of 2025, in several breakdowns."""
    for month, n in ((1, 12), (2, 3), (3, 7), (6, 1), (11, 20)):
        at = datetime(2025, month, 9, 4, tzinfo=UTC)
        steps(
            n,
            at=at,
            forms=["physical"] if n > 5 else ["sexual"],
            relation="1_spouse" if n != 7 else "X1_ex_spouse",
        )
        steps(n, "call", "advise", at=at, to_state="advised", call_kind="self", safety="safe")
        for state in ("met", "missed"):
            for _ in range(n):
                a_deadline(state=state, at=at)
    count_all(NOON)


def page(actor: Actor, path: str = "", year: str = "2025") -> str:
    return signed_in(Client(), actor).get(f"/figures/{path}", {"year": year}).content.decode()


def rows_of_file(actor: Actor, path: str = "") -> list[list[str]]:
    text = (
        signed_in(Client(), actor).get(f"/figures/{path}csv/", {"year": "2025"}).content.decode("utf-8-sig")
    )
    return list(csv.reader(StringIO(text)))


PAGES = ("", "cases_opened/", "calls_ended/", "letters_issued/", "clocks_law/", "clocks_policy/")


@pytest.mark.parametrize("path", PAGES)
def test_no_cell_and_no_bar_holds_a_number_below_five(path: str) -> None:
    a_year()
    text = page(a_lead(), path)
    cells = [cell.replace("&lt;", "<") for cell in CELL.findall(text) + BAR.findall(text)]
    assert cells and not {"0", "1", "2", "3", "4"} & set(cells)
    assert {cell for cell in cells if not re.fullmatch(r"\d+%?", cell)} <= {"<5", "—"}


@pytest.mark.parametrize("path", ["cases_opened/", "calls_ended/"])
def test_the_file_holds_what_the_page_shows(path: str) -> None:
    a_year()
    reader = a_lead()
    shown = [cell.replace("&lt;", "<") for cell in CELL.findall(page(reader, path))]
    in_file = [
        row[1] for row in rows_of_file(reader, path)[1:] if len(row) == 2 and row[1] not in ("数量", "—")
    ]
    assert shown == in_file


@pytest.mark.parametrize("path", ["", "clocks_law/"])
def test_the_file_holds_the_tables_of_the_page(path: str) -> None:
    a_year()
    reader = a_lead()
    text = re.sub(r"<figure.*?</figure>", "", page(reader, path), flags=re.S)
    shown = [cell.replace("&lt;", "<") for cell in CELL.findall(text)]
    values = re.compile(r"\d+%?|<\d+|—")
    in_file = [
        cell
        for row in rows_of_file(reader, path)
        if len(row) != 2
        for cell in row[1:]
        if values.fullmatch(cell)
    ]
    assert shown == in_file


def test_the_same_page_for_other_small_numbers() -> None:
    """What is hidden leaves no trace: swapping two hidden numbers changes not a byte of the file."""
    a_year()
    before = rows_of_file(a_lead(), "cases_opened/")
    months = Tally.objects.filter(figure="cases_opened", dims="")
    months.filter(month="2025-02-01").update(n=1)
    months.filter(month="2025-06-01").update(n=3)
    assert rows_of_file(a_lead(), "cases_opened/") == before


def test_months_to_come_have_no_data() -> None:
    steps(9, at=timezone.now())
    count_all(NOON)
    text = page(a_lead(), "", str(timezone.localdate().year))
    row = text.split("新开个案</a></th>")[1].split("</tr>")[0]
    assert CELL.findall(row).count("—") == 12 - timezone.localdate().month


@pytest.mark.parametrize("year", ["1999", "2999", "0", "-1", "二〇二五", "2025' or 1=1"])
def test_a_year_that_is_none_is_the_present_one(year: str) -> None:
    text = page(a_lead(), "", year)
    assert f'<option value="{timezone.localdate().year}" selected>' in text


def test_only_the_own_district_is_counted() -> None:
    elsewhere = Area.objects.create(code="150781", name="满洲里市")
    other = an_agency(AgencyKind.FEDERATION, "别处妇女联合会", area=elsewhere)
    steps(30, at=datetime(2025, 1, 9, tzinfo=UTC), home=other)
    steps(20, at=datetime(2025, 1, 9, tzinfo=UTC), home=federation())
    count_all(NOON)
    totals = [rows_of_file(a_lead(agency), "cases_opened/")[0][2] for agency in (federation(), other)]
    assert totals == ["20", "30"]


def test_towns_stand_in_their_own_order_whatever_was_counted() -> None:
    town(), town("扎煤街道", "150703001")
    steps(30, at=datetime(2025, 1, 9, tzinfo=UTC), town="150703100")
    steps(10, at=datetime(2025, 1, 9, tzinfo=UTC), town="150703001")
    count_all(NOON)
    rows = [
        row for row in rows_of_file(a_lead(), "cases_opened/") if row and row[0] in ("扎煤街道", "灵泉镇")
    ]
    assert rows == [["扎煤街道", "<5"], ["灵泉镇", "30"]]


@pytest.mark.parametrize("path", PAGES)
def test_as_many_questions_to_the_database_for_a_full_year_as_for_an_empty_one(path: str) -> None:
    client = signed_in(Client(), a_lead())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/figures/{path}", {"year": "2025"})
        return len(seen)

    empty = queries()
    a_year()
    town()
    assert (queries(), empty <= 6) == (empty, True)


@pytest.mark.parametrize("path", [*PAGES, "csv/", "cases_opened/csv/"])
@pytest.mark.parametrize("who", [a_caseworker, an_operator, a_judge])
def test_others_find_nothing_here(who: Any, path: str) -> None:
    assert signed_in(Client(), who()).get(f"/figures/{path}").status_code == 404


def test_a_duty_leader_sees_the_numbers_too() -> None:
    answers = [
        signed_in(Client(), a_lead()).get(f"/figures/{path}").status_code for path in (*PAGES, "nothing/")
    ]
    assert answers == [200] * len(PAGES) + [404]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\tx", "\r"])
def test_no_cell_of_the_file_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_a_town_with_a_formula_for_a_name_is_text_in_the_file() -> None:
    town("=HYPERLINK(1)", "150703009")
    assert ["'=HYPERLINK(1)", "<5"] in rows_of_file(a_lead(), "cases_opened/")
