"""What stands on the form of a mandatory report, and what never does."""

import pytest

from tests.casework.cases import with_leave
from tests.mandatory_report.reports import found
from tests.papers import a_told_case, pdf_text, printed
from tests.people import a_caseworker, a_policeman, police
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def test_the_form_tells_the_report_and_neither_its_reporter_nor_a_child_without_a_leave() -> None:
    worker, officer = a_caseworker(), a_policeman(police())
    report = found(worker, a_told_case(worker), injury="左臂三处淤青", unit="school")
    perform(report, "report", actor=worker, officer="民警包某", police_receipt="受案〔2026〕12号")
    perform(report, "take_up", actor=officer, police_receipt="受案〔2026〕12号")
    perform(report, "feed_back", actor=officer, outcome="criminal", answer="已立案")
    before = pdf_text(printed("mandatory_report", report, worker), worker)
    with_leave(report.case.persons.get(role="child"), worker)
    after = pdf_text(printed("mandatory_report", report, worker), worker)
    told = (
        report.receipt,
        "■未成年人",
        "左臂三处淤青",
        "后背有新伤",
        "民警包某",
        "受案〔2026〕12号",
        "赵某强",
        "刑事立案",
    )
    assert {
        "missing": [word for word in told if word not in before],
        "reporter": [word for word in ("报告人金", "学校") if word in after],
        "child": ["赵小某" in text for text in (before, after)],
        "ticked": before.count("■"),
    } == {"missing": [], "reporter": [], "child": [False, True], "ticked": 2}  # fmt: skip
