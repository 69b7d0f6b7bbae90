"""A teacher on a telephone, with and without JavaScript, and the officer who answers: in a real browser."""

import pytest

from casework.measures.mandatory_report.models import MandatoryReport
from tests.browser.conftest import place
from tests.browser.seats import DESK, PHONE, House, Seat
from tests.mandatory_report.reports import ground
from tests.people import a_caseworker, a_policeman

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def fill_in(seat: Seat, *, shots: bool = False) -> None:
    """The whole form, page by page."""
    seat.go("/report/")
    if shots:
        seat.look("report-start")
    seat.press("开始报告")
    seat.tick("duty=minor")
    _next(seat, "report-1", shots)
    seat.press("下一步")
    seat.says("请至少选一种情形")
    seat.tick("situations=MR4")
    seat.fill(account="手臂和后背多处淤青。")
    _next(seat, "report-2", shots)
    seat.choose(area="灵泉镇", place="三道街")
    _next(seat, "report-3", shots)
    seat.fill(victim_name="小雨", victim_age="5")
    _next(seat, "report-4", shots)
    seat.tick("unit=kindergarten", "told_police=no")
    seat.fill(reporter_name="白雪梅")
    _next(seat, "report-5", shots)
    seat.says("请核对一遍", "手臂和后背多处淤青。")
    if shots:
        seat.look("report-summary")
    seat.press("提交报告")
    seat.says("报告已收到", "QB-")


def _next(seat: Seat, name: str, shots: bool) -> None:
    if shots:
        seat.look(name)
    seat.press("下一步")


def test_a_teacher_reports_from_her_telephone(place: House) -> None:
    ground()
    seat = place.seat(size=PHONE)
    fill_in(seat, shots=True)
    seat.look("report-sent")
    code = seat.page.locator("main .notice b").nth(1).inner_text()
    seat.press("查询我的报告")
    seat.fill(receipt=MandatoryReport.objects.get().receipt, code=code)
    seat.press("查询")
    seat.says("已收到")
    seat.look("report-status")
    assert "?" not in seat.page.url


def test_it_works_without_javascript(place: House) -> None:
    ground()
    fill_in(place.seat(size=PHONE, java_script_enabled=False))
    assert MandatoryReport.objects.count() == 1


def test_leaving_quickly_leaves(place: House) -> None:
    seat = place.seat(size=PHONE)
    seat.page.route("**/*weather*/**", lambda route: route.fulfill(body="<title>天气</title>"))
    seat.go("/report/form")
    seat.page.get_by_role("link", name="离开").or_(seat.page.locator("[data-exit]")).first.click()
    seat.page.wait_for_url("**weather**")


def test_the_officer_answers_and_the_worker_sees_it(place: House) -> None:
    ground()
    fill_in(place.seat(size=PHONE))
    officer, worker = place.seat(a_policeman(), size=PHONE), place.seat(a_caseworker(), size=DESK)
    report = MandatoryReport.objects.get()
    officer.go("/cases/inbox/")
    officer.look("report-inbox")
    officer.step(report, "take_up", police_receipt="受案〔2026〕12号")
    officer.go(report.get_absolute_url())
    officer.press("查看")
    officer.says("小雨", "手臂和后背多处淤青。")
    officer.never_says("白雪梅")
    officer.look("report-police")
    worker.go(report.case.get_absolute_url())
    worker.says("公安已受理")
    worker.look("report-case")
    worker.go(report.get_absolute_url())
    worker.look("report-page")
