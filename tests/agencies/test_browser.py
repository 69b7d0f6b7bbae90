"""The door in a real browser: the warning, the password in place, and a form sent without JavaScript."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from agencies.kinds import Role
from agencies.models import User
from tests import people
from tests.agencies.door import age_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE = 60_000


@pytest.fixture
def typist() -> User:
    user = people.a_user("typist", password=people.PASSWORD, display_name="陶然")
    people.a_posting(Role.ADMINISTRATOR, people.federation(), user)
    return user


def come_in(page: Page) -> None:
    page.goto("/people/new")
    page.get_by_label("用户名").fill("Ｔypist")
    page.get_by_label("密码").fill(people.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="添加人员")).to_be_visible()
    page.wait_for_load_state()


def leave_alone(page: Page) -> None:
    """On the server's side: the session of this browser was last used sixteen minutes ago."""
    client = Client()
    cookies: list[Any] = page.context.cookies()
    client.cookies["sessionid"] = next(c["value"] for c in cookies if c["name"] == "sessionid")
    age_session(client, seen=16)


def test_a_person_signs_in_and_lands_where_she_wanted(page: Page, typist: User) -> None:
    come_in(page)
    assert page.title() == "工作台"


def test_any_key_takes_the_warning_away(page: Page, typist: User) -> None:
    page.clock.install()
    come_in(page)
    page.get_by_label("显示姓名").fill("王芳")
    page.clock.fast_forward(13 * MINUTE + 30_000)
    warning = page.get_by_role("dialog", name="您还在吗？")
    expect(warning).to_contain_text("1:")
    page.keyboard.press("Shift")
    expect(warning).to_be_hidden()
    expect(page.get_by_label("显示姓名")).to_have_value("王芳")


def test_after_a_time_out_the_password_is_asked_in_place(page: Page, typist: User) -> None:
    page.clock.install()
    come_in(page)
    page.get_by_label("用户名").fill("newcomer")
    page.get_by_label("显示姓名").fill("王芳")
    leave_alone(page)
    page.clock.fast_forward(16 * MINUTE)
    dialog = page.get_by_role("dialog", name="请输入您的密码")
    dialog.get_by_label("陶然 的密码").fill("wrong")
    dialog.get_by_role("button", name="继续").click()
    expect(dialog.get_by_role("alert")).to_contain_text("密码不对")
    dialog.get_by_label("陶然 的密码").fill(people.PASSWORD)
    dialog.get_by_role("button", name="继续").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("heading", name="一次性密码")).to_be_visible()
    assert User.objects.get(username="newcomer").display_name == "王芳"


def test_without_javascript_a_form_sent_too_late_goes_through_with_the_password(
    browser: Browser, browser_context_args: dict[str, Any], typist: User
) -> None:
    page = browser.new_context(**browser_context_args, java_script_enabled=False).new_page()
    come_in(page)
    page.get_by_label("用户名").fill("newcomer")
    page.get_by_label("显示姓名").fill("王芳 <b>\"'")
    leave_alone(page)
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_label("陶然 的密码").fill(people.PASSWORD)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="一次性密码")).to_be_visible()
    page.context.close()
    assert User.objects.get(username="newcomer").display_name == "王芳 <b>\"'"


@pytest.mark.attack("T45")
def test_back_after_signing_out_shows_the_door(page: Page, typist: User, tried: Any) -> None:
    come_in(page)
    page.goto("/people")
    expect(page.locator("main")).to_contain_text("陶然")
    page.get_by_role("button", name="退出").first.click()
    door = page.get_by_role("heading", name="登录")
    expect(door).to_be_visible()
    page.wait_for_load_state()
    signed_out = page.url
    page.go_back()
    expect(page).not_to_have_url(signed_out)
    expect(door).to_be_visible()
    tried(
        request="back after signing out",
        actor="who sits down next",
        expected=False,
        got="陶然" in page.content(),
    )
