"""The phone rings: the desk by keyboard, a case with its drafts, a call-back in her safe hours."""

import pytest
from playwright.sync_api import expect

from casework.models import Case
from hotline.models import Call, CallBack
from tests.browser.seats import House, Seat
from tests.people import an_operator, town

pytestmark = pytest.mark.browser


def first_screen(seat: Seat, name: str) -> None:
    """What an operator sees without scrolling, for people to look at; nothing wider than the screen."""
    seat.settle()
    seat.keep(f"{name}-screen", whole=False)
    seat.look(name)


def take_the_call(seat: Seat) -> None:
    """No hand leaves the keyboard."""
    keys = seat.page.keyboard
    seat.go("/desk/")
    keys.press("n")
    expect(seat.page.locator("[data-desk]")).to_be_visible()
    seat.settle()  # what is typed after Alt+3 needs the scripts
    keys.press("1")
    keys.press("4")
    keys.press("Alt+3")
    keys.insert_text("欧阳念慈")
    seat.page.focus("#id_number")
    keys.type("13947012345")
    seat.page.focus("#id_respondent_name")
    keys.insert_text("陈大伟")


def the_rest(seat: Seat) -> None:
    seat.page.select_option("[name=relation]", "1_spouse")
    seat.page.select_option("[name=area]", label="灵泉镇")
    seat.tick("forms_of_violence=physical", "children=yes", "injury=minor", "weapon=no", "police_before=yes")
    seat.fill(account="昨晚丈夫酒后用凳子打她后背，孩子在场。")
    seat.page.keyboard.press("Alt+5")
    for answer in "ynnyunnnnyn":
        seat.page.keyboard.press(answer)
    seat.tick("wishes=letter", "wishes=order", "rights_informed")
    seat.tick(*(f"safe_days={day}" for day in range(7)))
    seat.fill(safe_phone="13947012345", safe_from="08:00", safe_to="20:00", code_word="快递")


def test_the_phone_rings(place: House) -> None:
    town()
    seat = place.seat(an_operator())
    seat.go("/desk/")
    seat.look("operator-1-desk")
    take_the_call(seat)
    first_screen(seat, "operator-2-call")
    the_rest(seat)
    expect(seat.page.locator("#outlook")).to_contain_text("高")
    expect(seat.page.locator("#desk-alarm")).to_contain_text("不得调解")
    first_screen(seat, "operator-3-call-filled")
    seat.page.keyboard.press("Control+Enter")
    expect(seat.page.locator(".danger-bar")).to_contain_text("不得调解")
    seat.look("operator-4-case")
    case, call = Case.objects.get(), Call.objects.get()
    assert (call.state, call.case_id, case.danger) == ("case_opened", case.pk, "high")
    seat.says("告诫书", "人身安全保护令")
    seat.never_says("欧阳念慈", "13947012345", "陈大伟")
    seat.go(f"/desk/call-back/{case.pk}")
    seat.look("operator-5-call-back")
    seat.page.locator("main input[name=slot]").last.check()
    seat.page.keyboard.press("Control+Enter")
    expect(seat.page.locator(".notice").filter(has_text="回电已预约")).to_be_visible()
    assert CallBack.objects.get().case_id == case.pk
    seat.look("operator-6-booked")
