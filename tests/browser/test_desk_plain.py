"""Without JavaScript a call becomes a case as well, if less quickly; and the desk speaks English."""

import re

import pytest

from casework.models import Case
from hotline.models import Call
from tests.browser.seats import House
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, an_operator, town

pytestmark = pytest.mark.browser
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def test_a_whole_call_without_javascript(place: House) -> None:
    town()
    worker = a_caseworker()
    with_victim(a_case(worker), worker, name="王小明", address="灵泉镇五道街")
    seat = place.seat(an_operator(), java_script_enabled=False)
    seat.go("/desk/")
    seat.press("新来电")
    seat.fill(who="wxm", victim_name="欧阳念慈", account="他打我")
    seat.page.get_by_role("button", name="查找").last.click()
    seat.says("王**")
    seat.press("填入登记地址")
    assert seat.page.locator("[name=place]").input_value() == "灵泉镇五道街"
    seat.page.locator("[name=outcome][value=open_case]").click()
    seat.says("还没有结束", "先问来电人现在是否安全")
    assert seat.page.locator("[name=account]").input_value() == "他打我"
    seat.tick("safety=safe", "kind=self", "forms_of_violence=physical", "danger_1=yes", "rights_informed")
    seat.page.locator("[name=outcome][value=open_case]").click()
    call = Call.objects.get()
    assert (call.state, call.case is not None, Case.objects.count()) == ("case_opened", True, 2)


def test_keeping_nothing_asks_once_without_javascript(place: House) -> None:
    seat = place.seat(an_operator(), java_script_enabled=False)
    seat.go("/desk/")
    seat.press("新来电")
    seat.page.locator("[name=nothing][value=wrong]").click()
    seat.says("按“误拨”结束")
    assert Call.objects.get().state == "open"
    seat.press("是，不保留")
    assert (Call.objects.get().state, Call.objects.get().kind) == ("no_data", "wrong")


def test_the_desk_in_english(place: House) -> None:
    town()
    seat = place.seat(an_operator())
    seat.title = "Workbench"
    seat.go("/desk/")
    seat.page.get_by_role("button", name="English").click()
    seat.page.get_by_role("button", name="New contact").wait_for()
    seat.page.keyboard.press("n")
    seat.page.locator("[data-desk]").wait_for()
    seat.page.keyboard.press("3")
    seat.look("desk-9-english")
    shown = seat.page.locator("#desk").inner_text()
    places = {"灵泉镇", "满洲里市妇女联合会", "扎赉诺尔区妇女联合会", "扎赉诺尔区"}
    law = seat.page.locator("#desk .law").all_inner_texts()
    left = set(
        CHINESE.findall(
            re.sub("|".join(map(re.escape, sorted([*places, *law], key=len, reverse=True))), "", shown)
        )
    )
    assert left == set()
