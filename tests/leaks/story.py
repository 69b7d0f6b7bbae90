"""The main pages in a real browser, with marks as what people type."""

import re

from playwright.sync_api import expect

from agencies.actor import Actor
from casework.models import Case
from referrals.models import Referral
from tests.browser.seats import PHONE, House, Seat
from tests.leaks.canaries import ID, phone, text
from tests.mandatory_report.reports import ground
from tests.people import a_policeman, an_operator


def told(place: House, worker: Actor, case: Case, referral: Referral) -> list[str]:
    """Every address any of these browsers asked for, and every title it showed."""
    ground()
    at_the_desk(place.seat(an_operator()))
    at_the_case(place.seat(worker), case)
    in_the_inbox(place.seat(a_policeman()))
    from_outside(place.seat(size=PHONE))
    by_code(place.seat(worker), place.seat(size=PHONE), referral)
    return [word for seat in place.seats for word in (*seat.asked, seat.page.url, seat.page.title())]


def at_the_desk(seat: Seat) -> None:
    """Number, names and what happened; looked up while typing, kept as a draft, saved as a case."""
    seat.go("/desk/")
    seat.press("新来电")
    seat.page.wait_for_load_state("networkidle")
    seat.tick("safety=safe", "kind=self")
    with seat.page.expect_response(lambda one: one.url.endswith("/people")):
        seat.fill(who=text(1))
    with seat.page.expect_response(lambda one: one.url.endswith("/draft") and one.status == 204):
        seat.fill(number=phone(1), victim_name=text(2), victim_id=ID, account=text(3), place=text(4))
    seat.tick("rights_informed")
    seat.page.keyboard.press("Control+Enter")
    seat.page.wait_for_url("**/cases/**")


def at_the_case(seat: Seat, case: Case) -> None:
    seat.go(case.get_absolute_url())
    people = seat.page.locator("#people")
    people.get_by_role("button", name="查看").first.click()
    expect(people).to_contain_text(text(0)[:4])
    seat.go("/cases/")
    seat.page.locator("[name=text]").fill(text(2))
    seat.page.locator("[name=text]").press("Enter")
    seat.page.get_by_role("heading", name="搜索").wait_for()


def in_the_inbox(seat: Seat) -> None:
    seat.go("/cases/inbox/")
    seat.page.wait_for_load_state("networkidle")


def from_outside(seat: Seat) -> None:
    seat.go("/report/")
    seat.press("开始报告")
    pages = ((["duty=minor"], {}), (["situations=MR4"], {"account": text(5)}), ([], {"place": text(6)}),
             ([], {"victim_name": text(7), "victim_age": "5"}))  # fmt: skip
    for ticks, texts in pages:
        seat.tick(*ticks)
        if "place" in texts:
            seat.choose(area="灵泉镇")
        seat.fill(**texts)
        seat.press("下一步")
    seat.tick("unit=kindergarten", "told_police=no")
    seat.fill(reporter_name=text(8), reporter_phone=phone(8))
    seat.press("下一步")
    seat.press("提交报告")
    seat.says("报告已收到")


def by_code(desk: Seat, partner: Seat, referral: Referral) -> None:
    """A clinic without an account opens the referral with its code and answers."""
    desk.go(referral.get_absolute_url())
    desk.send(desk.page.get_by_role("button", name=re.compile("生成一次性码")))
    partner.go("/hand-over/")
    partner.fill(code=desk.page.locator("output code").inner_text())
    partner.press("打开")
    partner.says(text(0)[:4])
    partner.page.locator("#answer-accept summary").click()
    partner.press("接收", partner.page.locator("#answer-accept"))
    partner.says("您的答复已收到")
