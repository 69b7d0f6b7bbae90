"""Suggestions as a caseworker meets them: followed with one click, or set aside with a reason."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from casework.models import SetAside
from tests.browser.seats import DESK, house
from tests.casework.test_seen_again import SHE, told
from tests.people import a_caseworker, another_federation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_suggestion_is_followed_and_another_set_aside(browser: Browser, browser_context_args: Any) -> None:
    worker = a_caseworker()
    case = told(worker)
    told(a_caseworker(another_federation()), **SHE)
    with house(browser, browser_context_args) as houses:
        desk = houses.seat(worker, size=DESK)
        desk.go(case.get_absolute_url())
        desk.look("hints_case")
        desk.press("调高危险等级")
        desk.press("保存判断")
        desk.go(case.get_absolute_url())
        desk.page.locator("#hints").get_by_role("link", name="不采纳").first.click()
        desk.fill(reason="已由社区答复，孩子不在本地")
        desk.press("保存")
        desk.page.locator("#hints summary").click()
        desk.press("显示理由", desk.page.locator("#hints"))
        desk.says("已由社区答复，孩子不在本地")
        desk.look("hints_aside")
    case.refresh_from_db()
    assert (case.danger, SetAside.objects.count()) == ("medium", 1)
