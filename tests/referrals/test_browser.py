"""A referral in a real browser: sent at the desk, answered from the inbox on a small screen, and with a code on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from referrals.models import Referral
from tests.browser.seats import PHONE, House, house
from tests.casework.cases import NAME
from tests.people import a_caseworker, a_lead, justice
from tests.referrals.handed import a_lawyer, a_told_case, drafted, in_days, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(browser: Browser, browser_context_args: dict[str, Any]) -> Any:
    with house(browser, browser_context_args) as found:
        yield found


def state_of(referral: Referral) -> str:
    return str(Referral.objects.values_list("state", flat=True).get(pk=referral.pk))


def test_a_caseworker_sends_it_and_takes_her_consent_back(place: House) -> None:
    justice()
    worker = a_caseworker()
    referral = drafted(worker, a_told_case(worker), urgency="urgent")
    seat = place.seat(worker)
    seat.go(referral.get_absolute_url())
    seat.look("referral_drafted")
    seat.step(
        referral, "send", "given_by=herself", "how=written", receiver="扎赉诺尔区法律援助中心",
        consent_until=in_days(30).isoformat(), basis="她本人同意提供给该单位",
    )  # fmt: skip
    seat.look("referral_sent")
    seat.says("不审查经济状况")
    assert state_of(referral) == "sent"
    seat.send(seat.page.get_by_role("button", name="本案对外提供记录"))
    seat.look("referral_ledger")
    seat.says("扎赉诺尔区法律援助中心", "至少保存到")


def test_a_lawyer_works_from_the_inbox_on_a_small_screen(place: House) -> None:
    referral = sent(a_caseworker(), urgency="urgent", shares=["name", "safe_phone", "danger"])
    seat = place.seat(a_lawyer(), size=PHONE)
    seat.go("/cases/inbox/")
    seat.look("referral_inbox")
    seat.never_says(NAME)
    seat.send(seat.page.get_by_role("button", name="查看需要什么"))
    seat.look("referral_shown")
    seat.says(NAME, "只在这些时段打电话")
    seat.step(referral, "accept", contact="何律师")
    assert state_of(referral) == "accepted"


def test_a_partner_without_an_account_answers_with_a_code_on_a_phone(place: House) -> None:
    worker = a_caseworker()
    referral = sent(worker, service="medical", shares=["name", "condition"])
    desk, phone = place.seat(worker), place.seat(size=PHONE)
    desk.go(referral.get_absolute_url())
    desk.send(desk.page.get_by_role("button", name="生成一次性码"))
    desk.look("referral_code")
    code = desk.page.locator("output code").inner_text()
    phone.go("/hand-over/")
    phone.look("hand_over_enter")
    phone.fill(code="AAAAA-AAAAA")
    phone.press("打开")
    phone.says("这个码打不开")
    phone.look("hand_over_wrong")
    phone.fill(code=code.lower())
    phone.press("打开")
    phone.look("hand_over_open")
    phone.says(NAME, "身心状况")
    phone.page.locator("#answer-accept summary").click()
    phone.press("接收", phone.page.locator("#answer-accept"))
    phone.look("hand_over_thanks")
    phone.says("您的答复已收到", "下次答复用的码")
    assert state_of(referral) == "accepted"


def test_the_quick_exit_leaves_at_once(place: House) -> None:
    phone = place.seat(size=PHONE)
    phone.go("/hand-over/")
    phone.says("快速离开")


def test_a_duty_leader_sees_who_answers(place: House) -> None:
    sent(a_caseworker(), urgency="urgent")
    seat = place.seat(a_lead())
    seat.go("/referrals/bodies/")
    seat.look("referral_bodies")
    seat.says("扎赉诺尔区法律援助中心")
