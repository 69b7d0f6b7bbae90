"""Nothing typed is ever lost: a killed page, a session that ended, a second window on the same call."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from agencies.kinds import Role
from agencies.selectors import actor_of
from hotline.models import Call, CallDraft
from hotline.selectors import draft_of
from tests.agencies.door import age_session
from tests.browser.seats import House, Seat
from tests.people import PASSWORD, a_posting, a_user, an_operator, federation, town

pytestmark = pytest.mark.browser
ACCOUNT = "昨晚他喝酒后砸门，孩子吓哭了。"


def type_half_a_call(seat: Seat) -> None:
    town()
    seat.go("/desk/")
    seat.page.keyboard.press("n")
    seat.page.locator("[data-desk]").wait_for()
    seat.page.keyboard.press("1")
    seat.fill(victim_name="欧阳·其其格", account=ACCOUNT)
    seat.tick("forms_of_violence=physical", "forms_of_violence=economic", "danger_F1=yes")
    saved(seat)


def saved(seat: Seat) -> None:
    with seat.page.expect_response(lambda one: one.url.endswith("/draft") and one.status == 204):
        seat.page.locator("[name=advice]").fill("先到邻居家")


def soon(arrived: Callable[[], bool]) -> None:
    last = time.monotonic() + 8
    while not arrived():
        assert time.monotonic() < last
        time.sleep(0.2)


def is_all_there(page: Page) -> None:
    expect(page.locator("[name=account]")).to_have_value(ACCOUNT)
    expect(page.locator("[name=victim_name]")).to_have_value("欧阳·其其格")
    expect(page.locator("[name=advice]")).to_have_value("先到邻居家")
    chosen = page.locator("[name=safety]:checked, [name=forms_of_violence]:checked, [name=danger_F1]:checked")
    assert [one.input_value() for one in chosen.all()] == ["safe", "physical", "economic", "yes"]


def test_a_page_killed_in_the_middle_of_a_call(place: House) -> None:
    operator = an_operator()
    seat = place.seat(operator)
    type_half_a_call(seat)
    seat.page.context.close()
    place.seats.remove(seat)
    again = place.seat(operator)
    again.go("/desk/")
    again.page.keyboard.press("o")
    is_all_there(again.page)
    expect(again.page.locator(".desk-saved")).to_contain_text("已恢复")
    expect(again.page.locator("#desk-alarm")).to_contain_text("高危")


def test_the_last_words_before_the_page_goes_away(place: House) -> None:
    """Two seconds have not passed since the last key: what was typed goes along as the page closes."""
    operator = an_operator()
    seat = place.seat(operator)
    type_half_a_call(seat)
    seat.page.locator("[name=advice]").fill("最后一句")
    seat.page.goto("about:blank")
    soon(lambda: draft_of(Call.objects.get(), operator)["advice"] == "最后一句")


def test_the_session_ends_in_the_middle_of_a_call(place: House) -> None:
    """The draft is refused, the password asked in place; then everything goes on as it stood."""
    user = a_user("jiexianyuan", password=PASSWORD, display_name="陶然")
    operator = actor_of(a_posting(Role.OPERATOR, federation(), user))
    seat = place.seat(operator)
    type_half_a_call(seat)
    leave_alone(seat.page)
    seat.page.locator("[name=place]").fill("灵泉镇三道街")
    dialog = seat.page.get_by_role("dialog", name="请输入您的密码")
    dialog.get_by_label("陶然 的密码").fill(PASSWORD)
    dialog.get_by_role("button", name="继续").click()
    expect(dialog).to_be_hidden()
    is_all_there(seat.page)
    seat.page.keyboard.press("Control+Enter")
    seat.says("还没有结束", "人身安全保护令")
    assert draft_of(Call.objects.get(), operator)["place"] == "灵泉镇三道街"


def leave_alone(page: Page) -> None:
    client, cookies = Client(), page.context.cookies()
    found: Any = next(cookie for cookie in cookies if cookie.get("name") == "sessionid")
    client.cookies["sessionid"] = found["value"]
    age_session(client, seen=16)


def test_a_second_window_on_the_same_call_overwrites_nothing(place: House) -> None:
    operator = an_operator()
    first = place.seat(operator)
    type_half_a_call(first)
    second = place.seat(operator)
    second.go(Call.objects.get().get_absolute_url())
    is_all_there(second.page)
    with second.page.expect_response(lambda one: one.url.endswith("/draft") and one.status == 204):
        second.page.locator("[name=advice]").fill("第二个窗口写的")
    with first.page.expect_response(lambda one: one.url.endswith("/draft") and one.status == 409):
        first.page.locator("[name=advice]").fill("第一个窗口写的")
    stale = first.page.locator("#stale")
    for text in ("提供了哪些建议", "第一个窗口写的", "第二个窗口写的"):
        expect(stale).to_contain_text(text)
    first.look("desk-8-two-windows")
    assert draft_of(Call.objects.get(), operator)["advice"] == "第二个窗口写的"
    first.press("保留这里的内容")
    expect(first.page.locator("[name=advice]")).to_have_value("第一个窗口写的")
    assert draft_of(Call.objects.get(), operator)["advice"] == "第一个窗口写的"


def test_a_call_closed_in_another_window_takes_nothing_and_loses_nothing(place: House) -> None:
    operator = an_operator()
    first = place.seat(operator)
    type_half_a_call(first)
    second = place.seat(operator)
    second.go(Call.objects.get().get_absolute_url())
    second.tick("rights_informed")
    second.page.keyboard.press("Control+Enter")
    second.page.wait_for_url("**/cases/**")
    first.page.locator("[name=account]").fill("她又说：他带走了身份证。")
    expect(first.page.locator("#stale")).to_contain_text("已在另一个窗口结束")
    first.page.keyboard.press("Control+Enter")
    first.says("没有保存", "她又说：他带走了身份证。")
    assert not CallDraft.objects.exists()
