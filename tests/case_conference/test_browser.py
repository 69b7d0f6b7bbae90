"""A conference from the agenda to the signed minutes: caseworker, duty leader and policeman, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browser.conftest import place
from tests.browser.seats import PHONE, House
from tests.case_conference.test_life import a_dangerous_case, proposed
from tests.people import a_caseworker, a_lead, a_policeman, police
from workflow.engine import perform

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def test_each_gets_its_own_actions_and_the_minutes_are_signed(place: House) -> None:
    worker, lead = a_caseworker(), a_lead()
    a_dangerous_case(worker)
    one, soon = proposed(worker), timezone.now() + timedelta(minutes=5)
    perform(one, "call", actor=lead, meets_at=soon, place="区妇联会议室", invited=[police().pk])
    desk, officer, chair = place.seat(worker), place.seat(a_policeman(), size=PHONE), place.seat(lead)
    desk.go("/together/")
    desk.says("高危个案，尚未会商")
    desk.look("conference-agenda")
    officer.go("/cases/inbox/")
    officer.look("conference-inbox")
    officer.press("确认参加")
    desk.go(one.case.get_absolute_url() + f"#{one.panel_id}")
    desk.says("确认参加", police().name)
    desk.look("conference-case")
    perform(one, "hold", actor=worker, attended=[police().pk], minutes="研判危险，明确分工")
    due = timezone.localdate() + timedelta(days=2)
    desk.go(reverse("workflow:move", args=["case_conference", one.pk, "add_action"]))
    desk.look("conference-action")
    perform(one, "add_action", actor=worker, body=str(police().pk), action="每日巡查一次", due=due)
    chair.go(one.get_absolute_url())
    chair.step(one, "sign", happened_time="")
    chair.says("纪要已签，任务办理中")
    chair.look("conference-signed")
    officer.go("/cases/inbox/")
    officer.look("conference-task")
