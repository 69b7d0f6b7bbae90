"""Passkeys in a real Chromium with its virtual authenticator, from the first key to a proof in the middle of work."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from agencies.models import Passkey, WatchAlert
from tests.agencies.door import age_session
from tests.agencies.keeper import RIGHT, code, somebody
from tests.browser.seats import Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_security_key(page: Page) -> None:
    """The browser has a key that always says yes."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})


def come_in(page: Page) -> None:
    page.goto("/sign-in?next=/security")
    page.get_by_label("用户名").fill("sumin")
    page.get_by_label("密码").fill(RIGHT)
    page.get_by_role("button", name="登录", exact=True).click()


def session_of(page: Page) -> Client:
    client, cookies = Client(), page.context.cookies()
    client.cookies["sessionid"] = next(
        str(one.get("value")) for one in cookies if one.get("name") == "sessionid"
    )
    return client


def leave(page: Page) -> None:
    page.goto("/security")
    page.get_by_role("button", name="退出", exact=True).first.click()


def make_a_key(seat: Seat) -> None:
    page = seat.page
    page.get_by_label("名称").fill("钥匙串上的钥匙")
    seat.look("security")
    page.get_by_role("button", name="通行密钥（指纹、面容或安全钥匙）").click()
    expect(page.get_by_role("heading", name="您的备用码")).to_be_visible()
    seat.look("recovery")
    page.get_by_role("link", name="已记好").click()
    expect(page.get_by_role("rowheader", name="钥匙串上的钥匙")).to_be_visible()


def show_the_key(page: Page) -> tuple[str, int]:
    """The answer the browser sent for the second step, and what came of it."""
    with page.expect_response(
        lambda one: one.request.method == "POST" and one.url.endswith("/second")
    ) as sent:
        page.get_by_role("button", name="使用我的通行密钥").click()
    fields: Any = sent.value.request.post_data_json
    return fields["huhang-proof-passkey"], sent.value.status


def prove(seat: Seat) -> None:
    """In the middle of work, six minutes after the last proof."""
    page = seat.page
    age_session(session_of(page), proved=6)
    page.get_by_role("button", name="重新生成备用码").click()
    page.get_by_role("dialog").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="请确认是您本人")).to_be_visible()
    seat.look("step-up")
    page.get_by_role("button", name="使用我的通行密钥").click()
    expect(page.get_by_role("heading", name="您的备用码")).to_be_visible()


def replay(page: Page, answer: str) -> int:
    with page.expect_response(
        lambda one: one.request.method == "POST" and one.url.endswith("/second")
    ) as sent:
        page.evaluate(
            "answer => { document.querySelector('[data-passkey-answer]').value = answer;"
            " document.querySelector('main form').submit() }",
            answer,
        )
    return sent.value.status


@pytest.mark.attack("T42")
def test_a_passkey_is_made_opens_the_door_proves_and_cannot_be_replayed(page: Page, tried: Any) -> None:
    somebody()
    seat = Seat(page)
    a_security_key(page)
    come_in(page)
    make_a_key(seat)
    leave(page)
    come_in(page)
    expect(page.get_by_role("heading", name="第二步验证")).to_be_visible()
    seat.look("second-step")
    page.goto("/people")
    tried(
        request="GET /people",
        actor="password right, no second step",
        expected=True,
        got="/sign-in" in page.url,
    )
    page.goto("/sign-in/second")
    answer, status = show_the_key(page)
    tried(request="POST /sign-in/second, passkey", actor="the owner", expected=302, got=status)
    expect(page.get_by_role("heading", name="登录与安全")).to_be_visible()
    prove(seat)
    leave(page)
    come_in(page)
    expect(page.get_by_role("heading", name="第二步验证")).to_be_visible()
    got = replay(page, answer)
    tried(request="POST /sign-in/second, the answer of before", actor="who listened", expected=401, got=got)
    Passkey.objects.update(counter=1_000)
    _answer, copied = show_the_key(page)
    tried(request="a passkey whose count goes back", actor="who copied it", expected=401, got=copied)
    assert WatchAlert.objects.get().rule == "copied_key"


def test_an_app_is_added_by_keyboard_on_a_telephone(page: Page) -> None:
    user = somebody()
    page.set_viewport_size({"width": 390, "height": 844})
    seat = Seat(page)
    come_in(page)
    page.get_by_label("名称").fill("我的手机")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="手机上的验证器应用")).to_be_visible()
    seat.look("new-app-phone")
    from_page = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("2. 填入应用上显示的六位验证码").fill(code(from_page))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="您的备用码")).to_be_visible()
    seat.look("recovery-phone")
    page.goto("/security")
    seat.look("security-phone")
    assert user.code_apps.count() == 1
