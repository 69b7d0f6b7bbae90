"""The caseworker at her desk: the checklist ticked in place, a plan begun, a second interview warned of."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework import services
from casework.measures.interview.models import Interview
from casework.measures.recovery_plan.models import RecoveryPlan
from tests.browser.conftest import place
from tests.browser.seats import PHONE, House
from tests.casework.cases import a_case, a_child, with_victim
from tests.people import a_caseworker, an_operator
from workflow.engine import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def test_a_checklist_a_plan_and_a_second_interview(place: House) -> None:
    worker, desk = a_caseworker(), an_operator()
    case = a_case(worker, matter="sexual_violence", harms=["molest"], relation="X7_acquaintance")
    with_victim(case, worker)
    child = a_child(case, worker)
    services.record_incident(case, actor=worker, forms=["sexual"], account="聚会后被侵害")
    begin(
        Interview,
        actor=worker,
        case=case,
        person=child.pk,
        by="police",
        purpose="criminal",
        subjects=["sexual"],
    )
    plan = begin(RecoveryPlan, actor=worker, case=case, whose="woman", fields=["mind", "work"])
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    seat = place.seat(worker)
    seat.go(case.get_absolute_url())
    seat.send(seat.page.locator("#checklist li").first.get_by_role("button", name="已做"), "/tick/")
    expect(seat.page.locator("#checklist h2")).to_contain_text("1/")
    seat.look("case-checklist")
    seat.go(plan.get_absolute_url())
    seat.step(plan, "add_goal", "field=mind", goal="夜里能睡整觉")
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    seat.step(plan, "agree", "agrees=True", review_on=day)
    seat.says("进行中", "内部要求")
    seat.press("查看")
    seat.says("夜里能睡整觉")
    seat.look("recovery-plan")
    seat.go(f"{case.get_absolute_url()}open/interview/?by=court")
    seat.says("已经讲过的", "未成年人")
    seat.page.locator("main [name=person]").select_option(str(child.pk))
    seat.page.locator("main [name=purpose]").select_option("suit")
    seat.tick("subjects=sexual")
    seat.press("安排或者登记询问")
    seat.says("这名未成年人已经被询问过")
    seat.look("interview-refused")
    phone = place.seat(desk, size=PHONE)
    phone.go(case.get_absolute_url())
    phone.says("最高保护等级", "责任人和值班长可看")
