"""Papers, inspections and reports: who writes, who receives, who approves; and what leaves without an account."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from indicators.models import Release
from monitor.models import Inspection, Means, PlanReport, Publication, UnitPaper
from monitor.occasions import lines
from tests.monitor.rounds import (
    a_chair,
    a_paper,
    a_plan_report,
    an_inspection,
    bureau,
    health,
    office,
    published,
    the_health_office,
)
from tests.people import a_judge, a_supervisor, signed_in
from workflow.engine import NotAllowed, Unmet, perform

pytestmark = pytest.mark.django_db
PARTS = ("attainment", "effect", "experience", "problems", "outlook", "suggestions")


def get(actor: Actor, path: str) -> Any:
    return signed_in(Client(), actor).get(path)


def test_a_units_annual_report_has_two_parts_and_is_received() -> None:
    paper, unit = a_paper(), health()
    perform(paper, "write", actor=unit, done="完成两轮筛查")
    with pytest.raises(Unmet):
        perform(paper, "hand_in", actor=unit)
    perform(paper, "write", actor=unit, done="完成两轮筛查", ahead="扩大到全部镇街")
    perform(paper, "hand_in", actor=unit)
    perform(paper, "give_back", actor=office(), remark="补充数据")
    perform(paper, "hand_in", actor=unit)
    perform(paper, "receive", actor=office())
    assert (paper.state, paper.ahead) == ("received", "扩大到全部镇街")
    assert [
        UnitPaper.objects.visible_to(actor).count() for actor in (unit, bureau(), a_judge(), a_supervisor())
    ] == [1, 1, 0, 0]


def test_an_inspection_is_closed_when_its_findings_are_mended() -> None:
    one, unit = an_inspection(), health()
    perform(one, "find", actor=office(), findings="筛查台账不全", due_on="2031-01-01")
    perform(one, "mend", actor=unit, mended="已补齐")
    perform(one, "again", actor=office(), remark="缺两个镇街", due_on="2031-02-01")
    perform(one, "mend", actor=unit, mended="已全部补齐")
    perform(one, "close", actor=office())
    assert Inspection.objects.get().state == "closed"


def test_a_report_is_commented_answered_approved_and_published_for_everybody() -> None:
    published()
    chair, unit = a_chair(), health()
    report = a_plan_report(Publication.objects.get())
    given: dict[str, Any] = dict.fromkeys(PARTS, "本部分内容")
    with pytest.raises(Unmet):
        perform(report, "circulate", actor=office())
    perform(report, "write", actor=office(), **given)
    perform(report, "circulate", actor=office())
    perform(report, "comment", actor=unit, comment="筛查率口径请注明")
    with pytest.raises(Unmet):
        perform(report, "hand_up", actor=office())
    perform(report, "reply", actor=bureau(), which=str(report.comments.get().pk), reply="已注明")
    perform(report, "hand_up", actor=office())
    with pytest.raises(NotAllowed):
        perform(report, "approve", actor=office())
    perform(report, "approve", actor=chair)
    assert "本部分内容" not in Client().get("/plan/public/150703/").content.decode()
    perform(report, "publish", actor=office())
    assert "本部分内容" in Client().get("/plan/public/150703/").content.decode()
    assert "筛查率口径请注明" in get(office(), report.get_absolute_url()).content.decode()
    perform(report, "withdraw", actor=office(), remark="更正")
    assert "本部分内容" not in Client().get("/plan/public/150703/").content.decode()


def test_programs_get_what_is_published_to_the_digit_and_nothing_small() -> None:
    assert Client().get("/plan/public/150703/json/").status_code == 404  # nothing published yet
    published()
    one = json.loads(Client().get("/plan/public/150703/json/").content)
    assert one["content"] == Publication.objects.get().content
    rows = list(csv.DictReader(Client().get("/plan/public/150703/sdmx/").content.decode().splitlines()))
    found = {row["INDICATOR"]: (row["OBS_VALUE"], row["OBS_STATUS"]) for row in rows}
    assert found == {"D1.02a": ("", "Q"), "D1.02b": ("95", "A"), "D1.04b": ("60", "A"), "D1.10a": ("30", "A")}


def test_anybody_may_read_how_it_is_measured() -> None:
    page = Client().get("/plan/public/methods/").content.decode()
    assert "监测方法" in page and page.count("<tr>") > 100 and "不高于 12 /10万" in page


def test_the_casework_is_heard_of_through_releases_only() -> None:
    one = {"id": "CW.02", "part": "issued", "version": 1, "unit": "letters"}
    rows = [
        one | {"state": "number", "value": "37"},
        one | {"id": "CW.05", "part": "filed", "state": "withheld", "value": None},
    ]
    assert "来自个案工作" not in get(office(), "/plan/targets/D8.T4/").content.decode()
    Release.objects.create(
        area="150703", period="2025", version=1, as_of=timezone.now(), cells={}, indicators=rows, rules={}, digest="0" * 64,
        published_at=timezone.now(),
    )  # fmt: skip
    page = get(office(), "/plan/targets/D8.T4/").content.decode()
    assert "37" in page and "不公布" in page and "来自个案工作" in page
    assert "来自个案工作" not in get(office(), "/plan/targets/D8.T1/").content.decode()


def test_pages_begin_papers_and_show_them_to_those_they_are_for() -> None:
    unit, committee = the_health_office(), signed_in(Client(), office())
    given = {"agency": unit.pk, "kind": "scheme", "year": 2025, "due_on": "2031-01-01"}
    assert committee.post("/plan/papers/unit_paper/new/", given | {"due_on": "2001-01-01"}).status_code == 409
    assert committee.post("/plan/papers/unit_paper/new/", given).status_code == 302
    assert committee.post("/plan/reports/new/", {"kind": "annual"}).status_code == 409  # nothing is published
    paper = UnitPaper.objects.get()
    assert [
        get(actor, paper.get_absolute_url()).status_code for actor in (health(), office(), a_judge())
    ] == [200, 200, 404]
    assert get(health(), "/plan/papers/unit_paper/new/").status_code == 404
    assert paper.title() in get(health(), "/cases/inbox/").content.decode()
    assert get(health(), "/plan/papers/").status_code == 200 and not PlanReport.objects.exists()


def test_the_calendar_knows_its_rhythm_and_invents_none() -> None:
    today = date(2026, 11, 28)
    found = {
        line.kind.value: (line.due_year, line.late) for line in lines([("plenary", date(2025, 3, 1))], today)
    }
    assert (found["plenary"], found["liaison"], found["conference"]) == (
        (2026, False),
        (2021, True),
        (2025, True),
    )
    assert found["chair"] == found["to_government"] == (None, False)
    held = {line.kind.value: line.due_year for line in lines([("conference", date(2023, 5, 1))], today)}
    assert held["conference"] == 2030


def test_what_was_held_and_what_was_spent_is_entered_by_whom_it_belongs_to() -> None:
    committee, unit = signed_in(Client(), office()), signed_in(Client(), health())
    held = {
        "what": "held",
        "held-kind": "plenary",
        "held-held_on": "2026-03-08",
        "held-decisions": "通过年度监测方案",
    }
    assert committee.post("/plan/calendar/", held | {"held-held_on": "2099-01-01"}).status_code == 422
    assert unit.post("/plan/calendar/", held).status_code == 403
    assert committee.post("/plan/calendar/", held).status_code == 302
    means = {"what": "means", "means-year": "2025", "means-target": "D1.T4", "means-planned": "12.5"}
    assert unit.post("/plan/calendar/", means | {"means-planned": "-1"}).status_code == 422
    for spent in ("", "11.8"):
        assert unit.post("/plan/calendar/", means | {"means-spent": spent}).status_code == 302
    assert [str(one.spent) for one in Means.objects.all()] == ["11.80"]
    assert "11.8" in committee.get("/plan/calendar/").content.decode()
    assert "11.8" not in get(a_chair(), "/plan/calendar/").content.decode()


def test_every_row_of_the_plans_organisation_and_monitoring_has_its_place() -> None:
    text = (Path(__file__).parents[2] / "docs" / "plan-coverage.md").read_text("utf-8")
    rows = re.findall(
        r"^\| ([三四]\([一二三四五六]\)\.\d\d) \| [^|]+ \| (works|part|not yet|no software) \|", text, re.M
    )
    assert [sum(row.startswith(part) for row, _state in rows) for part in "三四"] == [30, 25]
    assert len({row for row, _state in rows}) == 55
