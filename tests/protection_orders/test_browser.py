"""An order in a real browser, in Chinese: the list of what is missing follows the typing; a court has one button."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from agencies.actor import Actor
from protection_orders.models import ProtectionOrder
from tests.people import a_caseworker, a_judge, court, signed_in
from tests.protection_orders.orders import informed, order_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Actor], None]


@pytest.fixture
def sign_in(page: Page, live_server: Any) -> SignIn:
    def enter(actor: Actor) -> None:
        session = signed_in(Client(), actor).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return enter


def test_the_list_of_what_is_missing_follows_the_typing(page: Page, sign_in: SignIn) -> None:
    worker = a_caseworker()
    order = informed(worker)
    court()
    sign_in(worker)
    page.goto(f"/orders/{order.pk}/prepare/")
    missing = page.locator("#missing b")
    expect(missing).to_have_count(2)
    page.get_by_label("禁止实施家庭暴力").check()
    expect(missing).to_have_count(1)
    page.get_by_label("为什么由该法院管辖").select_option("applicant")
    expect(missing).to_have_count(0)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("保护令")
    assert page.title() == "工作台"


def test_a_court_accepts_and_decides_from_its_inbox(page: Page, sign_in: SignIn) -> None:
    order = order_in("filed", a_caseworker())
    sign_in(a_judge())
    page.goto("/cases/inbox/")
    page.get_by_role("link", name="受理", exact=True).click()
    page.get_by_label("法院收案号").fill("（2026）内0703民保令3号")
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_text("已受理，待裁定").first).to_be_visible()
    assert ProtectionOrder.objects.get(pk=order.pk).state == "accepted"
