"""The shelter at its desk and on a telephone; the caseworker who asks."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from casework.measures.shelter_stay.models import ShelterStay
from tests.browser.seats import DESK, PHONE, house
from tests.people import a_caseworker, civil_affairs
from tests.shelter_stay.stays import ADDRESS, CODE, a_place, a_warden, assessed, inside
from workflow.engine import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_place_is_asked_for_and_given_on_a_telephone(browser: Browser, browser_context_args: Any) -> None:
    worker, warden = a_caseworker(), a_warden()
    place = a_place(warden)
    inside(warden, came="2026-11-20 10:00")
    stay = begin(ShelterStay, actor=worker, case=assessed(worker), subject="adult", urgent=True)
    with house(browser, browser_context_args) as houses:
        desk = houses.seat(worker, size=DESK)
        desk.go(stay.get_absolute_url())
        desk.look("shelter_stay_draft")
        desk.step(stay, "request", agency=civil_affairs().short_name, source="妇联护送", request="可到北门接")
        desk.says("已申请")
        desk.look("shelter_stay_requested")
        desk.never_says(CODE, ADDRESS)
        phone = houses.seat(warden, size=PHONE)
        phone.go("/shelter/")
        phone.look("shelter_screen_phone")
        phone.press(stay.case.reference)
        phone.look("shelter_stay_phone")
        phone.step(stay, "admit", place=str(place), health="无")
        phone.says("在住", CODE)
        phone.go("/shelter/sites/")
        phone.look("shelter_sites_phone")
        phone.press("显示地址")
        phone.says(ADDRESS)
        wide = houses.seat(warden, size=DESK)
        wide.go("/shelter/")
        wide.look("shelter_screen")
    stay.refresh_from_db()
    assert (stay.state, stay.place_id) == ("in", place.pk)
