"""From the ringing phone to a served letter and a granted order, by the hands it passes through; then counted."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import User
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from indicators.tasks import count_steps
from protection_orders.models import ProtectionOrder
from tests.browser.seats import PHONE, House, Seat
from tests.browser.test_operator import take_the_call, the_rest
from tests.casework.cases import a_case
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    a_supervisor,
    an_operator,
    committee_agency,
    court,
    police,
    town,
)
from workflow.models import Notice, PendingStep

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("broker", "worker")]
NAMES = ("欧阳念慈", "陈大伟", "13947012345", "139****2345")


def test_from_the_ringing_phone_to_the_figures(place: House) -> None:
    town()
    committee_agency()
    desk, office = place.seat(an_operator()), place.seat(worker := a_caseworker())
    station, bench = place.seat(a_policeman(), size=PHONE), place.seat(a_judge())
    case = the_call(desk)
    the_case(office, case, User.objects.get(pk=worker.user_id).display_name)
    ask_police(office, case)
    file_order(office)
    issue_letter(station, case)
    office.go(case.get_absolute_url())
    office.step(letter(), "ask_service")
    serve_letter(station)
    decide_order(bench, case)
    plan_visit(office, case)
    who_has_read(office, case)
    in_the_figures(place, case)


def soon(arrived: Callable[[], bool], seconds: float = 15) -> None:
    """What the worker brings comes within seconds."""
    last = time.monotonic() + seconds
    while not arrived():
        assert time.monotonic() < last, "the worker did not bring it"
        time.sleep(0.1)


def letter() -> WarningLetter:
    return WarningLetter.objects.select_related("case").get()


def order() -> ProtectionOrder:
    return ProtectionOrder.objects.select_related("case").get()


def the_call(seat: Seat) -> Case:
    take_the_call(seat)
    the_rest(seat)
    seat.page.keyboard.press("Control+Enter")
    expect(seat.page.locator(".danger-bar")).to_be_visible()
    return Case.objects.get()


def the_case(seat: Seat, case: Case, name: str) -> None:
    """Whose case it is, who she is, how dangerous it is, what keeps her safe."""
    seat.go("/cases/today/")
    seat.look("chain-01-today")
    seat.press(f"{case.reference} · {case.alias}")
    seat.page.locator("a[href$='/assign/']").click()
    seat.choose(user=name)
    seat.press("保存")
    seat.page.locator("#people").get_by_role("button", name="查看").first.click()
    expect(seat.page.locator("#people")).to_contain_text("欧阳念慈")
    seat.look("chain-02-case-name-shown")
    seat.go(f"{case.get_absolute_url()}danger/")
    seat.tick("a_1=yes", "a_4=yes", "a_7=yes", "a_F1=no", "a_F2=yes")
    seat.look("chain-03-danger")
    seat.send(seat.page.locator("main form .actions button"))
    expect(seat.page.locator(".danger-bar")).to_be_visible()
    seat.go(f"{case.get_absolute_url()}safety/")
    seat.fill(text="证件放在姐姐家；听到“快递”立即离开。", review_on="2027-01-15")
    seat.look("chain-04-safety-plan")
    seat.press("保存")
    assert Case.objects.get(pk=case.pk).assignee is not None


def ask_police(seat: Seat, case: Case) -> None:
    seat.go(case.get_absolute_url())
    seat.step(letter(), "request", "grounds=victim_asks", police_agency=str(police()), account="有孩子在场。")
    assert letter().state == "requested"


def file_order(seat: Seat) -> None:
    seat.go(order().get_absolute_url())
    seat.look("chain-05-order")
    seat.press("准备申请")
    seat.tick("requested=M1", "requested=M2", "requested=M5", "evidence=E1", "evidence=E8", "protects=victim")
    seat.choose(court=str(court()), police_agency=str(police()), committee=str(committee_agency()))
    seat.page.select_option("main [name=jurisdiction]", "applicant")
    seat.look("chain-06-application")
    seat.press("保存")
    seat.step(order(), "file")
    assert order().state == "filed"
    seat.look("chain-07-order-filed")


def issue_letter(seat: Seat, case: Case) -> None:
    """One screen: what is owed; never a name without asking, never the case."""
    soon(Notice.objects.filter(agency_id=police().pk).exists)
    seat.go("/cases/inbox/")
    seat.look("chain-08-police-inbox")
    seat.never_says(*NAMES)
    seat.go("/cases/inbox/")
    seat.page.locator(f'[id="{letter().pk}-accept-case_number"]').fill("2026-118")
    seat.send(seat.page.locator("form[action$='/accept'] button"), "/accept")
    seat.step(letter(), "issue", letter_number="2026-21")
    assert letter().state == "issued"
    for address in (
        case.get_absolute_url(),
        f"{case.get_absolute_url()}reads/",
        "/cases/",
        "/desk/",
        "/figures/",
    ):
        seat.go(address, 404)


def serve_letter(seat: Seat) -> None:
    seat.go("/cases/inbox/")
    seat.look("chain-09-police-inbox-service")
    seat.step(letter(), "serve", "refused_to_sign", "refusal_on_video")
    assert letter().state == "served"


def decide_order(seat: Seat, case: Case) -> None:
    soon(Notice.objects.filter(agency_id=court().pk).exists)
    seat.go("/cases/inbox/")
    seat.look("chain-10-court-inbox")
    seat.never_says(*NAMES)
    seat.step(order(), "accept", court_number="2026-7")
    last = timezone.localdate() + timedelta(days=150)
    seat.step(
        order(), "grant", "granted=M1", "granted=M2", ruling_number="2026-7", lapses_on=last.isoformat(), send=False
    )  # fmt: skip
    seat.look("chain-11-court-ruling")
    seat.send(seat.page.locator("form[action$='/grant'] .actions button"))
    seat.step(
        order(), "serve", *(f"served_on={one}" for one in ("applicant", "respondent", "police", "committee"))
    )
    assert (order().state, order().lapses_on) == ("served", last)
    seat.go(case.get_absolute_url(), 404)


def plan_visit(seat: Seat, case: Case) -> None:
    seat.go(case.get_absolute_url())
    seat.look("chain-12-case-with-letter-and-order")
    seat.page.locator("a[href$='/open/follow_up_visit/']").click()
    seat.page.select_option("main [name=basis]", "order")
    seat.fill(due_at=f"{timezone.localtime() + timedelta(days=30):%Y-%m-%dT%H:%M}")
    seat.look("chain-13-visit")
    seat.send(seat.page.locator("main form .actions button"))
    assert FollowUpVisit.objects.get(case=case, basis="order").state == "planned"


def who_has_read(seat: Seat, case: Case) -> None:
    seat.go(f"{case.get_absolute_url()}reads/")
    seat.says("姓名")
    seat.look("chain-14-who-has-read")


def in_the_figures(place: House, case: Case) -> None:
    """Six more cases, so that the cell is not hidden; the worker counts. A supervisor gets releases and nothing else."""
    worker, supervisor = a_caseworker(), a_supervisor()
    for _number in range(6):
        a_case(worker, area=town())
    count_steps.delay()
    soon(lambda: not PendingStep.objects.exists())
    seat = place.seat(a_lead())
    seat.go("/figures/cases_opened/")
    seat.look("chain-15-cases-opened")
    seat.never_says(*NAMES, case.reference, case.alias)
    expect(seat.page.locator("main")).to_contain_text("7")
    seat = place.seat(supervisor)
    seat.go("/figures/")
    seat.look("chain-16-releases")
    seat.never_says(*NAMES, case.reference, case.alias)
    own = (
        case.get_absolute_url(),
        order().get_absolute_url(),
        "/cases/",
        "/cases/due/",
        "/desk/",
        "/desk/calls",
        "/figures/cases_opened/",
    )
    for address in (*own, "/cases/inbox/", "/reads", "/people", f"/moves/warning_letter/{letter().pk}/serve"):
        seat.go(address, 404)
