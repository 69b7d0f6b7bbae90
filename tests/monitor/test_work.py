"""Around the values: bounds from the years before, other plans, score card, the package for a meeting, and a double submit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from monitor.entry import save
from monitor.models import Occasion, PlanReference, Round, Value
from monitor.organisation import decide
from tests.monitor.rounds import (
    a_chair,
    a_paper,
    a_record,
    an_early_warning,
    bureau,
    collecting,
    health,
    office,
    past,
    published,
    reports,
    responsible,
    row,
    the_health_office,
)
from tests.people import a_judge, a_supervisor, signed_in
from workflow.engine import perform

TODAY = timezone.localdate


@pytest.mark.django_db
def test_a_value_outside_the_years_before_is_explained() -> None:
    past("D1.02b", 380, 382, 381, 383)
    _round, submission = collecting()
    unit = health()

    def told(x: int, **more: Any) -> list[tuple[str, str]]:
        one = row("D1.02b", x=x, n=400, **more)
        save(submission, [one], actor=unit)
        return [(name, str(text)) for name, text in one.faults]

    assert told(384) == [] and told(379) == []
    (fault,) = told(360)
    assert fault[0] == "explanation" and "94.63" in fault[1] and "96.13" in fault[1]
    assert told(360, explanation="两家医院停诊") == []
    assert Value.objects.filter(indicator="D1.02b", year=2025).count() == 3


@pytest.mark.django_db
def test_a_target_says_in_which_other_plan_it_stands() -> None:
    given = {
        "document": "扎赉诺尔区国民经济和社会发展第十四个五年规划",
        "place": "第九篇",
        "dated_on": "2021-03-01",
    }
    for actor in (health(), bureau()):
        assert signed_in(Client(), actor).post("/plan/targets/D1.T4/reference/", given).status_code == 404
    committee = signed_in(Client(), office())
    assert committee.post("/plan/targets/D1.T4/reference/", given).status_code == 302
    committee.post("/plan/targets/D1.T4/reference/", given | {"document": "联系 13800138000"})
    assert PlanReference.objects.get().target == "D1.T4"
    assert "第九篇" in signed_in(Client(), health()).get("/plan/targets/D1.T4/").content.decode()


@pytest.mark.django_db
def test_a_score_card_is_of_one_unit_and_read_by_few() -> None:
    responsible("D1.T4")
    responsible("D1.T2")
    reports("D1.02b")
    for code, number in (("D1.04b", 55), ("D1.02b", 97)):
        decide("150703", code, "milestone", Decimal(number), "年度分解表", actor=office(), year=2025)
    published()
    paper = a_paper()
    perform(paper, "write", actor=health(), done="完成", ahead="扩大")
    perform(paper, "hand_in", actor=health())
    path = f"/plan/units/{the_health_office().pk}/card/"
    page = signed_in(Client(), health()).get(path).content.decode()
    assert page.count("已达到") == 1 and page.count("未达到") == 1 and "1 / 1" in page and "250" not in page
    sheet = load_workbook(BytesIO(signed_in(Client(), office()).get(f"{path}?as=xlsx").content)).active
    assert sheet["A1"].value == str(the_health_office()) and sheet.max_row > 8
    answers = [
        signed_in(Client(), actor).get(path).status_code for actor in (a_chair(), a_judge(), a_supervisor())
    ]
    assert answers == [200, 404, 404]


@pytest.mark.django_db
def test_the_package_for_the_meeting_holds_what_is_warned_of_unsettled_and_owed() -> None:
    responsible("D1.T4")
    an_early_warning()
    a_record("problem", suggestion="补充两轮", due_on="2031-01-01", heading="边远镇街覆盖不足")
    paper = a_paper()
    type(paper).objects.update(due_on=TODAY() - timedelta(days=3))
    committee = signed_in(Client(), office())
    held = {
        "what": "held",
        "held-kind": "plenary",
        "held-held_on": "2026-03-08",
        "held-decisions": "通过年度方案",
    }
    assert committee.post("/plan/calendar/", held).status_code == 302
    docx = committee.get("/plan/agenda/docx/")
    with ZipFile(BytesIO(docx.content)) as parts:
        text = parts.read("word/document.xml").decode()
    for words in ("宫颈癌人群筛查率", "边远镇街覆盖不足", "补充两轮", "年度报告", "通过年度方案"):
        assert words in text
    assert committee.get("/plan/agenda/pdf/").content.startswith(b"%PDF-")
    answers = [
        signed_in(Client(), a).get("/plan/agenda/pdf/").status_code
        for a in (a_chair(), health(), a_supervisor())
    ]
    assert answers == [200, 404, 404]


@pytest.mark.django_db
def test_a_meeting_names_the_warning_it_was_about_and_a_report_its_receipt() -> None:
    warning, committee = an_early_warning(), signed_in(Client(), office())
    held = {"what": "held", "held-kind": "chair", "held-held_on": "2026-03-08", "held-about": warning.pk}
    assert committee.post("/plan/calendar/", held).status_code == 302
    sent = {
        "what": "held",
        "held-kind": "to_government",
        "held-held_on": "2026-03-08",
        "held-received_on": "2026-03-09",
    }
    assert committee.post("/plan/calendar/", sent).status_code == 302
    page = committee.get("/plan/calendar/").content.decode()
    assert warning.title() in page and "2026年3月9日" in page and Occasion.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_equal_rounds_at_once_make_one_and_the_other_is_told_why() -> None:
    client = signed_in(Client(), bureau())
    given = {"kind": "annual", "year": "2025", "due_on": "2031-06-30"}

    def plan(_n: int) -> tuple[int, bool]:
        one = Client()
        one.cookies = client.cookies
        try:
            answer = one.post("/plan/rounds/new/", given)
            return answer.status_code, "该年份已有" in answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(plan, range(6)))
    assert answers == [(302, False), *[(409, True)] * 5] and Round.objects.count() == 1
