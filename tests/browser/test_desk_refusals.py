"""What the desk refuses, and a call that changes hands: read by axe, in Chinese, with and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hotline.models import Call
from tests.browser.seats import House
from tests.hotline.calls import a_call
from tests.people import an_operator, posting_of, town

pytestmark = pytest.mark.browser


def test_refused_unmet_and_closed_meanwhile(place: House) -> None:
    """422 for a number that cannot be, 409 for what must be told first, 409 for a call that is over."""
    town()
    operator = an_operator()
    call, seat = a_call(operator), place.seat(operator)
    seat.go(call.get_absolute_url())
    seat.tick("safety=safe", "kind=self")
    seat.fill(number="1391234", account="他打我")
    seat.send(seat.page.locator("[name=outcome][value=open_case]"))
    seat.says("手机号为 11 位")
    seat.look("desk-10-refused-422")
    seat.fill(number="13947012345")
    seat.send(seat.page.locator("[name=outcome][value=open_case]"))
    seat.says("还没有结束", "人身安全保护令")
    seat.look("desk-11-unmet-409")
    other = place.seat(operator)
    other.go(call.get_absolute_url())
    other.tick("rights_informed")
    other.send(other.page.locator("[name=outcome][value=open_case]"))
    other.page.wait_for_url("**/cases/**")
    seat.page.evaluate("document.getElementById('id_account').value = '她又说：他带走了身份证。'")
    seat.page.evaluate("document.getElementById('desk').submit()")
    seat.says("没有保存", "她又说：他带走了身份证。")
    seat.look("desk-12-closed-409")


def test_the_page_that_confirms_keeping_nothing(place: House) -> None:
    """It stands there without JavaScript only, and axe needs JavaScript: the form is sent past our scripts."""
    operator = an_operator()
    call, seat = a_call(operator), place.seat(operator)
    seat.go(call.get_absolute_url())
    seat.page.evaluate(
        """address => {
            const form = document.getElementById('desk');
            form.action = address;
            document.getElementById('sure-mark').value = '';
            form.insertAdjacentHTML('beforeend', '<input type="hidden" name="nothing" value="wrong">');
            form.submit();
        }""",
        reverse("hotline:nothing", args=[call.pk]),
    )
    seat.says("按“误拨”结束")
    seat.look("desk-13-sure")


def test_a_call_offered_appears_on_the_colleagues_screen(place: House) -> None:
    """Without a key pressed there, and without keeping an empty chair signed in."""
    first, second = an_operator(), an_operator()
    desk = place.seat(second)
    desk.page.clock.install()
    desk.go("/desk/")
    desk.settle()
    call, seat = a_call(first), place.seat(first)
    seat.go(call.get_absolute_url())
    seat.page.select_option("[name=offered_to]", label=posting_of(second).user.display_name)
    seat.send(seat.page.get_by_role("button", name="请同事接手"))
    with desk.page.expect_response(lambda one: "/desk/offers" in one.url) as asked:
        desk.page.clock.fast_forward(5_000)
    assert asked.value.request.headers["x-background"] == "1"
    expect(desk.page.locator("#offers")).to_contain_text("请您接手")
    expect(desk.page.locator("#open-calls")).to_contain_text("请您接手")
    desk.look("desk-14-offered")
    with desk.page.expect_response(lambda one: "/desk/offers" in one.url) as again:
        desk.page.clock.fast_forward(5_000)
    assert again.value.status == 204
    desk.page.locator("#offers").get_by_role("link").click()
    desk.press("接手")
    desk.settle()
    assert Call.objects.get().operator_id == second.user_id
