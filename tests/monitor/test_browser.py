"""The plan in real browsers, one year long: unit, statistics bureau, leading group, committee office, supervisor."""

from typing import Any

import pytest

from monitor.models import EarlyWarning, PlanReport, Publication, Round, Submission
from tests.browser.conftest import place
from tests.browser.seats import PHONE, House, Seat
from tests.monitor.rounds import (
    a_chair,
    a_plan_report,
    a_record,
    bureau,
    collecting,
    good_rows,
    health,
    office,
    past,
    responsible,
)
from tests.people import a_supervisor
from workflow.engine import perform

__all__ = ["place"]
pytestmark = pytest.mark.browser
PARTS = ("attainment", "effect", "experience", "problems", "outlook", "suggestions")


def test_a_year_of_the_plan_from_the_units_page_to_the_supervisors(place: House) -> None:
    past("D1.04b", 270, 262, 255, 248)
    past("D1.02b", 372, 374, 375, 378)
    responsible("D1.T4")
    one, submission = collecting()
    chair = a_chair()
    unit, statistics = place.seat(health()), place.seat(bureau())
    unit_reports(unit, submission)
    bureau_checks(statistics, one, submission)
    leading_group_approves(place.seat(chair), one)
    statistics.go(one.get_absolute_url())
    statistics.step(one, "publish")
    assert (Round.objects.get().state, Submission.objects.get().state) == ("published", "accepted")
    committee_reports(place.seat(office()))
    unit_answers(unit)
    supervisor_reads(place.seat(a_supervisor()))
    on_a_telephone(place.seat(health(), size=PHONE), submission)


def unit_reports(unit: Seat, submission: Submission) -> None:
    unit.go("/cases/inbox/")
    unit.press(submission.title())
    for row in good_rows():
        for name in ("x", "n"):
            unit.page.locator(f'[name="{row.slot.key}|{name}"]').fill(row.text(name))
    unit.page.locator('[name="D1.02b|all||n"]').fill("38")
    unit.press("保存")
    unit.says("没有保存任何内容", "部分大于总数")
    unit.look("plan-1-work-refused")
    unit.page.locator('[name="D1.02b|all||n"]').fill("400")
    unit.press("保存")
    unit.says("已保存 6 个数值")
    unit.step(submission, "hand_in")


def bureau_checks(statistics: Seat, one: Round, submission: Submission) -> None:
    statistics.go("/plan/seat/")
    statistics.says("待验收或退回的单位报送")
    statistics.press(f"{submission.agency} · {one.title()}")
    statistics.step(submission, "accept")
    statistics.go(one.get_absolute_url())
    statistics.step(one, "close")
    statistics.step(one, "hand_up")


def leading_group_approves(chair: Seat, one: Round) -> None:
    chair.go("/plan/seat/")
    chair.says("待审批的监测轮次")
    chair.look("plan-2-leading")
    chair.press(one.title())
    chair.step(one, "approve")


def committee_reports(committee: Seat) -> None:
    a_record("problem", suggestion="增加两轮流动筛查", due_on="2031-01-01", heading="边远镇街覆盖不足")
    report = a_plan_report(Publication.objects.get())
    parts: dict[str, Any] = dict.fromkeys(PARTS, "本部分内容")
    perform(report, "write", actor=office(), **parts)
    committee.go("/plan/")
    committee.says("预警指标", "红色")
    committee.look("plan-3-board")
    committee.go("/plan/targets/D1.T4/")
    committee.says("到2030年达标的可能性", "2024：62")
    committee.go(report.get_absolute_url())
    committee.says("各领域目标达标情况", "边远镇街覆盖不足")
    committee.look("plan-4-report")
    committee.step(report, "circulate")
    assert PlanReport.objects.get().state == "comments"


def unit_answers(unit: Seat) -> None:
    warning = EarlyWarning.objects.get(indicator="D1.04b")
    unit.go(warning.get_absolute_url())
    unit.step(warning, "acknowledge")


def supervisor_reads(supervisor: Seat) -> None:
    """The board and what is published; nothing that waits for others, no count of few people."""
    supervisor.go("/plan/")
    supervisor.press("孕产妇安全")
    supervisor.says("不公布")
    supervisor.never_says("250 /10万", "/plan/rounds/", "/plan/papers/")
    supervisor.look("plan-5-supervisor")
    supervisor.go("/plan/rounds/", 404)


def on_a_telephone(phone: Seat, submission: Submission) -> None:
    report = PlanReport.objects.get()
    paths = ("/plan/", "/plan/papers/", report.get_absolute_url(), submission.get_absolute_url())
    for number, path in enumerate(paths):
        phone.go(path)
        phone.look(f"plan-6-phone-{number}")
