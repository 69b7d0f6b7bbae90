"""Hands never leave the keyboard; keys are listed, can be switched off, and are dead while somebody composes."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Keyboard, Route, expect

from casework.models import Case, Note, Task
from casework.services import set_safe_contact
from hotline.models import Call
from tests.browser.seats import House, Seat
from tests.browser.test_operator import first_screen
from tests.casework.cases import NAME, PHONE, a_case, with_victim
from tests.people import a_caseworker, an_operator, town

pytestmark = pytest.mark.browser


@dataclass
class Hands:
    """Counts what is pressed; a word from the input method counts its letters of pinyin as typed."""

    keys: Keyboard
    pressed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)
            self.pressed += 1

    def word(self, text: str, pinyin: str) -> None:
        self.keys.insert_text(text)
        self.pressed += len(pinyin)


def ring(place: House) -> tuple[Seat, Hands]:
    town()
    seat = place.seat(an_operator())
    seat.go("/desk/")
    seat.settle()
    hands = Hands(seat.page.keyboard)
    hands.press("n")
    expect(seat.page.locator("[data-desk]")).to_be_visible()
    seat.settle()  # keys are heard once the scripts are there
    return seat, hands


def checked(seat: Seat, name: str) -> list[str]:
    return [str(one.input_value()) for one in seat.page.locator(f"[name={name}]:checked").all()]


def test_a_key_struck_while_the_page_still_loads_is_not_lost(place: House) -> None:
    town()
    seat = place.seat(an_operator())
    late: list[Route] = []
    seat.page.route("**/shortcuts*.js", lambda route: route.continue_() if late else late.append(route))
    seat.page.goto("/desk/", wait_until="commit")
    expect(seat.page.get_by_role("heading", level=1)).to_be_visible()
    seat.page.keyboard.press("n")
    while not late:
        seat.page.wait_for_timeout(20)
    late[0].continue_()
    expect(seat.page.locator("[data-desk]")).to_be_visible()


def test_danger_place_and_110_come_in_two_keys(place: House) -> None:
    seat, hands = ring(place)
    first_screen(seat, "desk-1-fresh")
    hands.press("2")
    expect(seat.page.locator(".urgent")).to_contain_text("110")
    expect(seat.page.locator("#id_place")).to_be_focused()
    before = hands.pressed
    hands.word("灵泉镇三道街5号楼2单元", "lingquanzhensandaojie5haolou2danyuan")
    expect(seat.page.locator("#desk-alarm")).to_contain_text("正处于危险中")
    first_screen(seat, "desk-2-unsafe")
    hands.press("Enter", "Space")
    hands.press("Control+Enter")
    expect(seat.page.locator("h1")).to_be_visible()
    seat.page.wait_for_url("**/cases/**")
    call = Call.objects.get()
    assert (before, call.state, call.safety, call.called_110, hands.pressed) == (
        2,
        "case_opened",
        "unsafe",
        True,
        41,
    )


def test_a_whole_minimum_record_by_keyboard_alone(place: House) -> None:
    """The figure of the report: keys from the ring to the saved record."""
    seat, hands = ring(place)
    hands.press("1", "4", "Alt+3")
    hands.word("欧阳念慈", "ouyangnianci")
    hands.press("Alt+4", "Space", "Alt+5", *"ynnynnnnnyn")
    expect(seat.page.locator("#outlook")).to_contain_text("高危")
    hands.press("Alt+6", "r", "Control+Enter")
    expect(seat.page.locator(".danger-bar")).to_contain_text("不得调解")
    case = Case.objects.get()
    assert (case.danger, case.forms, case.rights_informed_at is not None, hands.pressed) == (
        "high", ["physical"], True, 33,
    )  # fmt: skip


def test_the_silent_caller_is_led_through_by_taps(place: House) -> None:
    seat, hands = ring(place)
    hands.press("3")
    expect(seat.page.locator("[name=tap_danger]").first).to_be_focused()
    hands.press("1", "1", "1")
    first_screen(seat, "desk-3-silent")
    expect(seat.page.locator(".urgent")).to_contain_text("110")
    hands.press("2", "2", "1", "3", "Control+Enter")
    seat.page.wait_for_url("**/cases/**")
    call, task, note = Call.objects.get(), Task.objects.filter(text__isnull=False).get(), Note.objects.get()
    assert call.taps == {
        "danger": "yes", "near": "yes", "police": "yes", "place": "no", "hurt": "no", "children": "yes", "later": "unknown",
    }  # fmt: skip
    assert (call.wishes, call.state, task.case_id, note.case_id) == (
        ["police"], "case_opened", call.case_id, call.case_id,
    )  # fmt: skip


def test_one_key_and_one_confirmation_keep_nothing(place: House) -> None:
    seat, hands = ring(place)
    hands.press("7")
    expect(seat.page.locator("#confirm")).to_contain_text("无声来电")
    seat.look("desk-4-confirm")
    seat.page.locator("#confirm [value=no]").click()
    hands.press("9")
    seat.page.locator("#confirm [value=yes]").press("Enter")
    seat.says("没有保留来电人的任何信息")
    assert (Call.objects.get().state, Call.objects.get().kind, checked(seat, "safety")) == (
        "no_data",
        "abusive",
        [],
    )


def test_keys_are_listed_and_can_be_switched_off(place: House) -> None:
    seat, hands = ring(place)
    hands.press("?")
    sheet = seat.page.locator("#keys-list")
    for text in ("暂时安全", "无声来电", "保存并立案", "危险评估、敲击回答"):
        expect(sheet).to_contain_text(text)
    seat.look("desk-5-keys")
    sheet.locator("input[value='2']").uncheck()
    hands.press("Escape")
    seat.page.locator("h1").click()
    hands.press("2", "1")
    assert checked(seat, "safety") == ["safe"]
    hands.press("?")
    seat.page.locator("#keys-all").uncheck()
    expect(seat.page.locator(".desk-saved")).to_contain_text("已保存")
    seat.page.reload()
    seat.page.locator("h1").click()
    hands.press("3", "b")
    assert (checked(seat, "safety"), seat.page.locator("body.blurred").count()) == (["safe"], 0)


def test_no_key_fires_while_an_input_method_composes(place: House) -> None:
    """Pinyin holds letters and digits that are keys of the desk; they choose characters, nothing else."""
    seat, hands = ring(place)
    hands.press("1")
    devtools = seat.page.context.new_cdp_session(seat.page)
    seat.page.focus("#id_who")
    seat.asked.clear()
    seat.page.evaluate(
        "window.heard = []; document.addEventListener('compositionupdate', e => window.heard.push(e.data))"
    )
    devtools.send("Input.imeSetComposition", {"text": "li'xiu'zhi", "selectionStart": 10, "selectionEnd": 10})
    devtools.send(
        "Input.dispatchKeyEvent",
        {
            "type": "rawKeyDown",
            "key": "2",
            "code": "Digit2",
            "windowsVirtualKeyCode": 229,
            "nativeVirtualKeyCode": 229,
        },
    )
    seat.page.wait_for_timeout(700)
    assert (seat.page.evaluate("window.heard"), checked(seat, "safety")) == (["li'xiu'zhi"], ["safe"])
    assert not [url for url in seat.asked if url.endswith("/people")]
    devtools.send("Input.insertText", {"text": "李秀芝"})
    expect(seat.page.locator("#people")).to_contain_text("没有找到")
    expect(seat.page.locator("#id_who")).to_have_value("李秀芝")
    seat.page.locator("h1").click()
    seat.page.evaluate(
        """() => { for (const key of ['2', 'b', '7', 'Enter']) for (const how of [{isComposing: true}, {keyCode: 229}])
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...how})) }"""
    )
    assert (checked(seat, "safety"), seat.page.locator("body.blurred, dialog[open]").count()) == (["safe"], 0)


def test_who_calls_is_told_at_once_and_masked(place: House) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker, address="灵泉镇三道街5号")
    set_safe_contact(
        case, actor=worker, hours=[{"days": [0], "from": "03:00", "to": "03:30"}], code_word="快递",
        cover_identity="社区体检",
    )  # fmt: skip
    seat, hands = ring(place)
    hands.press("1", "/")
    hands.word("lixiuzhi", "lixiuzhi")
    people = seat.page.locator("#people")
    for text in (case.reference, "李**", "快递", "社区体检", "请不要拨打", "138****5678"):
        expect(people).to_contain_text(text)
    assert not [text for text in (NAME, PHONE) if text in people.inner_text()]
    hands.press("ArrowDown", "Space")
    first_screen(seat, "desk-6-known")
    fits = "box => box.scrollHeight <= box.clientHeight + 1"
    assert [seat.page.locator(box).evaluate(fits) for box in (".desk-left", ".desk-right")] == [True, True]
    seat.page.get_by_role("button", name="填入登记地址").click()
    expect(seat.page.locator("#id_place")).to_have_value("灵泉镇三道街5号")
    seat.page.locator("h1").click()
    hands.press("r", "Control+Enter")
    seat.page.wait_for_url(f"**{case.get_absolute_url()}")
    assert (Call.objects.get().state, Call.objects.get().case_id) == ("joined", case.pk)


def test_somebody_walks_in(place: House) -> None:
    seat, hands = ring(place)
    hands.press("1", "b")
    expect(seat.page.locator("body.blurred")).to_be_visible()
    seat.look("desk-7-blurred")
    hands.press("b")
    hands.press("Alt+q")
    seat.page.wait_for_url("**/desk/")
    seat.says("草稿保存于")
