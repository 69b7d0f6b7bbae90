"""Records beside the indicators, and what is proposed: owner, state, differences, and reports that draw from them."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from monitor.changes import changes
from monitor.dictionary import DATA, dictionary
from monitor.models import PlanRecord, PlanReport, Proposal, Publication
from tests.monitor.rounds import (
    a_chair,
    a_plan_report,
    a_proposal,
    a_record,
    a_round,
    bureau,
    health,
    office,
    past,
    published,
    the_health_office,
)
from tests.people import a_judge, a_supervisor, district, signed_in
from workflow.engine import NotAllowed, Unmet, begin, perform

pytestmark = pytest.mark.django_db
PARTS = ("attainment", "effect", "experience", "problems", "outlook", "suggestions")
PROBLEM = {"suggestion": "补充两轮流动筛查", "due_on": "2031-01-01", "heading": "边远镇街覆盖不足"}


def refused(act: Any) -> list[str]:
    with pytest.raises(Unmet) as refusal:
        act()
    return [need.name for need in refusal.value.needs]


def test_a_problem_has_an_owner_who_tells_before_it_is_settled() -> None:
    assert refused(lambda: a_record("problem")) == ["problem_says_what_to_do"]
    one, unit = a_record("problem", **PROBLEM), health()
    assert refused(lambda: perform(one, "settle", actor=office(), outcome="已覆盖")) == ["owner_has_told"]
    perform(one, "tell", actor=unit, progress="已加开一轮")
    with pytest.raises(NotAllowed):
        perform(one, "settle", actor=unit, outcome="已覆盖")
    perform(one, "settle", actor=office(), outcome="已覆盖")
    assert PlanRecord.objects.get().state == "done"
    assert one.title() in signed_in(Client(), health()).get("/plan/papers/").content.decode()


def test_good_practice_spreads_to_every_unit_and_a_problem_does_not() -> None:
    a_record("practice"), a_record("problem", **PROBLEM)
    actors = (office(), health(), a_chair(), a_judge())
    seen = [PlanRecord.objects.visible_to(actor).count() for actor in actors]
    assert seen == [
        2,
        2,
        2,
        1,
    ]  # everybody in the area the practice; office, owner, leading group the problem
    assert not PlanRecord.objects.visible_to(a_supervisor()).exists()  # she reads published reports


def test_a_unit_enters_records_of_its_own_only() -> None:
    unit, elsewhere = signed_in(Client(), health()), a_chair().agency_id
    given = {
        "kind": "survey",
        "agency": the_health_office().pk,
        "year": "2025",
        "heading": "农牧区妇女需求调查",
        "text": "抽样",
    }
    assert unit.post("/plan/papers/plan_record/new/", given | {"agency": elsewhere}).status_code == 422
    assert unit.post("/plan/papers/plan_record/new/", given | {"text": "电话 13800138000"}).status_code == 422
    assert unit.post("/plan/papers/plan_record/new/", given).status_code == 302
    assert PlanRecord.objects.get().agency_id == the_health_office().pk


def written(report: PlanReport, **parts: str) -> PlanReport:
    given: dict[str, Any] = dict.fromkeys(PARTS, "本部分内容") | parts
    perform(report, "write", actor=office(), **given)
    return report


def test_a_report_draws_practice_and_problems_and_keeps_them_as_they_were_handed_up() -> None:
    published()
    chair = a_chair()
    a_record("practice"), a_record("problem", **PROBLEM)
    report = written(a_plan_report(Publication.objects.get()))
    perform(report, "circulate", actor=office())
    perform(report, "hand_up", actor=office())
    problem = PlanRecord.objects.get(kind="problem")
    perform(problem, "drop", actor=office(), remark="并入他项")
    perform(report, "approve", actor=chair)
    perform(report, "publish", actor=office())
    page = Client().get("/plan/public/150703/").content.decode()
    assert "边远镇街覆盖不足" in page and "移动筛查车进社区" in page and "推进中" in page


def test_a_report_leaves_as_page_word_and_pdf_with_the_same_numbers_and_drawings() -> None:
    past("D1.02b", 360, 366, 370, 374)
    past("D1.02a", 1, 0, 2, 1)
    published()
    a_record("practice")
    report = written(a_plan_report(Publication.objects.get()), effect="成效<script>&“引号”")
    client = signed_in(Client(), office())
    page = client.get(report.get_absolute_url()).content.decode()
    assert page.count("<svg xmlns") == 2 and 'stroke-dasharray="6 4"' in page  # the domains, and D1.02b
    pdf, docx = (client.get(f"{report.get_absolute_url()}{kind}/") for kind in ("pdf", "docx"))
    assert (
        pdf.content.startswith(b"%PDF-")
        and pdf.content == client.get(f"{report.get_absolute_url()}pdf/").content
    )
    with ZipFile(BytesIO(docx.content)) as parts:
        text = parts.read("word/document.xml").decode()
        pictures = [parts.read(name)[:8] for name in parts.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2 and set(pictures) == {b"\x89PNG\r\n\x1a\n"}
    assert "成效&lt;script&gt;&amp;“引号”" in text and "移动筛查车进社区" in text
    assert "2021：90，2022：91.5，2023：92.5，2024：93.5，2025：95（%）；目标：不低于 90 %" in text
    assert "孕产妇死亡率（" not in text  # too few deaths to be drawn
    assert Client().get(f"/plan/public/150703/reports/{report.pk}/pdf/").status_code == 404  # not published
    assert client.get(f"{report.get_absolute_url()}exe/").status_code == 404


def test_a_mid_term_report_stands_on_2025_and_nothing_else() -> None:
    base = Publication.objects.create(
        round=a_round(2024), area=district(), year=2024, version=1, content={}, digest="0" * 64,
        published_by_id=bureau().user_id, published_at=timezone.now(),
    )  # fmt: skip
    writer = office()
    fixed: dict[str, Any] = {"writer_id": writer.user_id, "publication_id": base.pk, "kind": "mid_term"}
    found = refused(lambda: begin(PlanReport, actor=writer, area=district(), **fixed))
    assert found == ["its_year_is_published"]


def test_a_new_dictionary_is_shown_as_differences_and_approved_by_another_before_a_round_is_called() -> None:
    old = DATA.read_text("utf-8").replace('rule: {is: ge, value: "70"}', 'rule: {is: ge, value: "65"}', 1)
    chair, one = a_chair(), a_round()
    first = a_proposal("dictionary", source=old, digest="1" * 64)
    perform(first, "approve", actor=chair)
    assert refused(lambda: perform(one, "call", actor=bureau())) == ["dictionary_approved"]
    client = signed_in(Client(), bureau())
    assert (
        client.post("/plan/proposals/new/", {"kind": "dictionary", "text": "按省里口径"}).status_code == 302
    )
    again = client.post("/plan/proposals/new/", {"kind": "dictionary"})
    assert again.status_code == 409 and "待领导小组审批" in again.content.decode()
    second = Proposal.objects.get(state="proposed")
    assert second.digest == dictionary().digest
    page = client.get(second.get_absolute_url()).content.decode()
    assert (
        "value 65" in page
        and "value 70" in page
        and second.differences() == [("D1.04b", "rule", "is ge；value 65", "is ge；value 70")]
    )
    perform(second, "approve", actor=chair)
    perform(one, "call", actor=bureau())
    assert one.state == "collecting"
    assert refused(lambda: a_proposal("dictionary")) == ["something_to_decide"]
    a_proposal()
    assert refused(lambda: a_proposal()) == ["nothing_else_waits"]


def test_differences_name_what_is_new_dropped_and_changed() -> None:
    before = "targets: {T1: {zh: 甲}}\nindicators: {A: {zh: 一, unit: case}, B: {zh: 二}}"
    after = "targets: {T1: {zh: 甲}}\nindicators: {A: {zh: 一, unit: visit}, C: {zh: 三}}"
    assert changes(before, after) == [
        ("A", "unit", "case", "visit"),
        ("B", "", "二", ""),
        ("C", "", "", "三"),
    ]
