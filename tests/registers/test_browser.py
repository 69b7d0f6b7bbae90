"""The registers as a duty leader meets them, at her desk and on a telephone."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from casework.measures.registers.models import Event
from tests.browser.seats import DESK, PHONE, house
from tests.people import a_lead, town
from tests.registers.entries import MOBILE, a_unit, an_event, an_expert

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_event_is_entered_and_an_expert_is_found(browser: Browser, browser_context_args: Any) -> None:
    worker = a_lead()
    town()
    expert, _unit, _event = an_expert(worker), a_unit(worker), an_event(worker)
    with house(browser, browser_context_args) as houses:
        desk = houses.seat(worker, size=DESK)
        desk.go("/registers/")
        desk.press("登记活动")
        desk.look("registers_event_form")
        desk.choose(kind="普法教育", audience="学校师生")
        desk.fill(title="法治副校长进课堂", held_on="2026-05-06", women="46", men="41")
        desk.press("保存")
        desk.says("法治副校长进课堂", "已登记")
        desk.go("/registers/units/")
        desk.look("registers_units")
        phone = houses.seat(worker, size=PHONE)
        phone.go("/registers/experts/")
        phone.fill(text="北疆")
        phone.press("搜索")
        phone.press(expert.name)
        phone.never_says(MOBILE)
        phone.press("显示")
        phone.says(MOBILE)
        phone.look("registers_expert_phone")
    assert Event.objects.filter(women=46, men=41).count() == 1
