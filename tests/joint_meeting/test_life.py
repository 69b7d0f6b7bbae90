"""The bodies of the district meet, resolve who does what, and report until it is carried out."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.joint_meeting.models import JointMeeting
from casework.measures.joint_meeting.workflow import FLOW
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    an_operator,
    another_federation,
    court,
    police,
    signed_in,
)
from workflow.engine import BadTakes, NotAllowed, NotVisible, Unmet, begin, open_moves, perform
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)


def planned(worker: Actor, **fields: Any) -> JointMeeting:
    given: dict[str, Any] = {
        "kind": "regular", "meets_at": START + 7 * DAY, "agenda": "一、通报数据；二、研究告诫书衔接",
        "invited": [police().pk, court().pk],
    } | fields  # fmt: skip
    made: JointMeeting = begin(JointMeeting, actor=worker, agency_id=worker.agency_id, now=START, **given)
    return made


def signed(worker: Actor) -> JointMeeting:
    one, lead = planned(worker), a_lead()
    perform(one, "call", actor=lead, now=START)
    perform(one, "hold", actor=worker, now=START + 7 * DAY, attended=[police().pk], minutes="同意衔接办法")
    for body, text in ((police().pk, "每月抄送告诫书"), (one.agency_id, "建立台账")):
        what: dict[str, Any] = {"body": str(body), "text": text, "due": date(2026, 4, 1)}
        perform(one, "resolve", actor=worker, now=START + 7 * DAY, **what)
    perform(one, "sign", actor=lead, now=START + 8 * DAY)
    return one


def test_it_lives_from_the_plan_to_the_last_resolution(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    one = signed(worker)
    first, second = one.resolutions.all()
    browser = signed_in(client, officer)
    inbox = browser.get(reverse("casework:inbox")).content.decode()
    page = browser.post(reverse("together:show", args=["joint_meeting", one.pk])).content.decode()
    with pytest.raises(BadTakes):
        perform(one, "report", actor=officer, which=str(second.pk), outcome="不是本单位的")
    perform(one, "report", actor=officer, which=str(first.pk), outcome="三月已抄送", now=START + 20 * DAY)
    with pytest.raises(Unmet) as early:
        perform(one, "close", actor=worker, now=START + 20 * DAY)
    perform(one, "report", actor=officer, which=str(first.pk), outcome="已成制度", done=True)
    perform(one, "report", actor=worker, which=str(second.pk), outcome="已建立", done=True)
    perform(one, "close", actor=worker)
    told = set(OutboxMessage.objects.filter(obj_id=one.pk).values_list("kind", flat=True))
    assert (one.state, [need.name for need in early.value.needs]) == ("closed", ["all_carried_out"])
    assert told == {"meeting_called", "meeting_signed"}
    assert "第1项议定事项，2026年4月1日前完成" in inbox
    assert [text in page for text in ("同意衔接办法", "每月抄送告诫书", "建立台账")] == [True, True, False]


def test_an_invitation_waits_and_a_plan_is_seen_by_nobody_else(client: Client) -> None:
    one, officer = planned(a_caseworker()), a_policeman()
    before = JointMeeting.objects.visible_to(officer).count()
    perform(one, "call", actor=a_lead(), now=START)
    browser = signed_in(client, officer)
    asked = "10:00的会议" in browser.get(reverse("casework:inbox")).content.decode()
    browser.post(reverse("workflow:move", args=["joint_meeting", one.pk, "confirm"]))
    answered = "10:00的会议" in browser.get(reverse("casework:inbox")).content.decode()
    show = browser.post(reverse("together:show", args=["joint_meeting", one.pk])).content.decode()
    assert (before, asked, answered, "研究告诫书衔接" in show) == (0, True, False, True)
    with pytest.raises(NotVisible):
        perform(one, "move_day", actor=a_caseworker(another_federation()))


def test_what_a_step_refuses() -> None:
    worker, lead = a_caseworker(), a_lead()
    with pytest.raises(Unmet) as past:
        planned(worker, meets_at=START)
    with pytest.raises(BadTakes) as numbered:
        planned(worker, agenda="讨论王某（138 4700 1234）的情况")
    one = planned(worker)
    perform(one, "call", actor=lead, now=START)
    perform(one, "hold", actor=lead, now=START + 7 * DAY, attended=[court().pk], minutes="纪要")
    with pytest.raises(NotAllowed):
        perform(one, "sign", actor=lead)
    with pytest.raises(Unmet) as late:
        perform(
            one,
            "resolve",
            actor=worker,
            body=str(one.agency_id),
            text="建立台账",
            due=START.date(),
            now=START + 7 * DAY,
        )
    perform(one, "sign", actor=a_lead(), now=START + 8 * DAY)
    nothing = [found.unmet for found in open_moves(one, worker) if found.move.name == "report"]
    names = [[need.name for need in needs] for needs in (past.value.needs, late.value.needs, *nothing)]
    assert names == [["lies_ahead"], ["due_not_past"], ["something_open"]]
    assert list(numbered.value.form.errors) == ["agenda"]


def test_it_is_planned_on_its_page_and_a_wrong_plan_keeps_what_was_typed(client: Client) -> None:
    browser, soon = signed_in(client, a_caseworker()), timezone.localtime() + 3 * DAY
    url = reverse("together:new", args=["joint_meeting"])
    data: dict[str, Any] = {
        "kind": "special",
        "agenda": "研究转介衔接",
        "meets_at": soon.strftime("%Y-%m-%dT%H:%M"),
    }
    wrong = browser.post(url, data)
    right = browser.post(url, data | {"invited": [str(police().pk)]})
    listed = browser.get(reverse("together:list", args=["joint_meeting"])).content.decode()
    assert (wrong.status_code, "研究转介衔接" in wrong.content.decode(), right.status_code) == (
        422,
        True,
        302,
    )
    assert "联席会议专题会" in listed
    assert signed_in(client, a_judge()).get(right["Location"]).status_code == 404


def test_who_may_make_a_move() -> None:
    """F caseworker, L lead, B liaison of a body, O operator."""
    people = {"F": a_caseworker(), "L": a_lead(), "B": a_policeman(), "O": an_operator()}
    moves = (FLOW.opening, *FLOW)
    found = {m.name: "".join(k for k, actor in people.items() if m.who(actor)) for m in moves}
    assert found == {
        "plan": "FL", "revise": "FL", "call": "L", "move_day": "FL", "confirm": "B", "hold": "FL", "resolve": "FL",
        "correct": "FL", "sign": "L", "report": "FLB", "close": "FL", "drop": "FL",
    }  # fmt: skip
