"""Four people at their own screens: what waits, what they may open, and what they are told when they may not."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.actor import Actor
from casework import services
from casework.models import Case, MinorAccess
from tests.browser.seats import PHONE, House, Seat
from tests.casework.cases import CHILD, a_case, a_child, answers
from tests.people import a_caseworker, a_judge, a_lead, a_policeman, a_supervisor, town
from tests.protection_orders.orders import order_in
from tests.warning_letter.letters import letter_in
from workflow.engine import perform

pytestmark = pytest.mark.browser
HERS = ("李秀芝", "13812345678")


def a_dangerous_family(worker: Actor) -> Case:
    """An assigned case in high danger, with a child and a task."""
    case = letter_in("requested", worker).case
    services.assess_danger(case, actor=worker, answers=answers("F1"))
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    services.open_task(case, actor=worker, kind="call_back", assigned_user_id=worker.user_id)
    a_child(case, worker)
    case.refresh_from_db()
    return case


def test_a_caseworkers_morning(place: House) -> None:
    worker = a_caseworker()
    case = a_dangerous_family(worker)
    a_case(worker, area=town())
    seat = place.seat(worker)
    seat.go("/")
    seat.says(case.reference, "高危")
    seat.look("worker-1-today")
    seat.go("/cases/")
    seat.page.select_option("#f-danger", "high")
    seat.press("筛选")
    expect(seat.page.locator("tbody tr")).to_have_count(1)
    seat.look("worker-2-list-narrowed")
    seat.page.locator(".chip a").click()
    expect(seat.page.locator("tbody tr")).to_have_count(2)
    seat.page.get_by_role("link", name=case.reference).first.click()
    expect(seat.page.locator(".danger-bar")).to_contain_text("不得调解")
    seat.look("worker-3-case")
    seat.never_says(*HERS, CHILD)
    read_the_child(seat, case)
    seat.go("/cases/due/?whose=others")
    seat.look("worker-4-due")
    seat.go("/cases/nowhere/", 404)
    seat.look("worker-5-not-found")
    the_duty_leader_reviews(place.seat(a_lead()), case)


def read_the_child(seat: Seat, case: Case) -> None:
    """From the page of the case to the name of a child who is in danger: one form, one button, one look."""
    people = seat.page.locator("#people")
    people.get_by_role("link", name="申请查阅").click()
    seat.page.wait_for_load_state()
    seat.press("紧急：立即打开")
    seat.look("worker-6-child-nothing-said")
    seat.tick("why=danger")
    seat.fill(reason="孩子被锁在家里，邻居听到哭声。")
    seat.press("紧急：立即打开")
    seat.says("紧急查阅，待复核")
    people.get_by_role("button", name="查看").last.click()
    expect(people).to_contain_text(CHILD)
    seat.look("worker-7-child-shown")
    assert MinorAccess.objects.get(case=case).state == "emergency"


def the_duty_leader_reviews(seat: Seat, case: Case) -> None:
    seat.go("/")
    seat.says("待审批、待复核")
    seat.look("leader-1-today")
    seat.page.locator("a[href*='/access/']").click()
    seat.says("孩子被锁在家里")
    leave = MinorAccess.objects.get(case=case)
    seat.look("leader-2-emergency")
    seat.step(leave, "object", reason="不属于紧急情况，应当先申请。")
    leave.refresh_from_db()
    assert leave.state == "objected"
    seat.look("leader-3-reviewed")


def test_a_policeman_on_a_shared_terminal(place: House) -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("requested", worker)
    order_in("served", worker)
    desk, phone = place.seat(officer), place.seat(officer, size=PHONE)
    desk.go("/")
    desk.look("police-1-inbox")
    desk.never_says(*HERS)
    phone.go("/cases/inbox/")
    phone.look("police-2-inbox-on-a-phone")
    perform(letter, "accept", actor=officer, case_number="2026-118")
    too_late(desk, reverse("workflow:move", args=["warning_letter", letter.pk, "accept"]))
    for address in (letter.case.get_absolute_url(), "/cases/", "/cases/today/", "/figures/"):
        desk.go(address, 404)
    desk.look("police-4-not-found")
    desk.go("/cases/inbox/")
    desk.page.keyboard.press("b")
    expect(desk.page.locator("body.blurred")).to_have_count(1)


def too_late(seat: Seat, address: str) -> None:
    """The step was made from another machine: the answer says so, and what can be done now."""
    seat.go(address, 409)
    seat.look("police-3-somebody-was-faster")
    seat.says("现在可以办：")


def test_a_judge_at_the_desk_and_on_the_way(place: House) -> None:
    worker, judge = a_caseworker(), a_judge()
    order = order_in("filed", worker)
    for name, size in (("desk", None), ("phone", PHONE)):
        seat = place.seat(judge, size=size) if size else place.seat(judge)
        seat.go("/cases/inbox/")
        seat.look(f"court-1-inbox-{name}")
        seat.never_says(*HERS)
    seat.go(order.case.get_absolute_url(), 404)


def test_a_supervisor_finds_numbers_and_nobody(place: House) -> None:
    worker = a_caseworker()
    case = a_case(worker, area=town())
    seat = place.seat(a_supervisor())
    seat.go("/")
    seat.look("supervisor-1-figures")
    seat.never_says(case.reference, case.alias)
    for address in (
        case.get_absolute_url(),
        f"{case.get_absolute_url()}reads/",
        "/cases/",
        "/cases/today/",
        "/desk/",
    ):
        seat.go(address, 404)
    seat.look("supervisor-2-not-found")


def test_the_door(place: House) -> None:
    seat = place.seat()
    seat.go("/sign-in")
    seat.look("door-1-sign-in")
    seat.fill(username="nobody", password="wrong-river-07")
    seat.press("登录")
    seat.look("door-2-refused")
