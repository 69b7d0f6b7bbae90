"""The bodies that can protect one woman sit together: each learns what it needs, takes on its own, and it is signed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.case_conference.models import CaseConference
from casework.measures.case_conference.selectors import without_conference
from casework.measures.case_conference.workflow import FLOW
from casework.models import Case, Task
from casework.services import assess_danger, finish_task
from tests.casework.cases import a_case, answers, with_victim
from tests.papers import pdf_text, printed
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_judge,
    a_lead,
    a_policeman,
    an_operator,
    committee_agency,
    police,
    signed_in,
)
from workflow.engine import BadTakes, NotAllowed, NotVisible, Unmet, begin, perform
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAME = "䶮㛃𬱖"


def a_dangerous_case(worker: Actor) -> Case:
    case = a_case(worker)
    with_victim(case, worker, name=NAME)
    assess_danger(case, actor=worker, answers=answers("1", "2", "F1"))
    return Case.objects.get(pk=case.pk)


def proposed(worker: Actor, **fields: Any) -> CaseConference:
    given: dict[str, Any] = {
        "ground": "high_danger", "basis": "urgent", "brief": "两次被掐颈，近日仍受威胁", "case": a_dangerous_case(worker),
    } | fields  # fmt: skip
    made: CaseConference = begin(CaseConference, actor=worker, now=START, **given)
    return made


def called(worker: Actor) -> CaseConference:
    one = proposed(worker)
    bodies = [police().pk, committee_agency().pk]
    perform(one, "call", actor=a_lead(), now=START, meets_at=START + DAY, place="妇联会议室", invited=bodies)
    return one


def held(worker: Actor) -> CaseConference:
    one = called(worker)
    perform(one, "hold", actor=worker, now=START + DAY, attended=[police().pk], minutes="纪要全文只留妇联")
    act: dict[str, Any] = {
        "body": str(police().pk),
        "action": "每日巡查，发现即处置",
        "due": date(2026, 3, 6),
    }
    perform(one, "add_action", actor=worker, now=START + DAY, **act)
    return one


def needs_of(one: CaseConference, move: str, actor: Actor, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(one, move, actor=actor, now=START + 2 * DAY, **takes)
    return [need.name for need in refused.value.needs]


def test_it_lives_from_the_proposal_to_the_last_action() -> None:
    worker, lead = a_caseworker(), a_lead()
    one = held(worker)
    mine: dict[str, Any] = {"body": str(one.home_id), "action": "更新安全计划", "due": date(2026, 3, 4)}
    perform(one, "add_action", actor=worker, now=START + DAY, **mine)
    perform(one, "sign", actor=lead, now=START + 2 * DAY)
    unfinished = needs_of(one, "close", worker)
    for task in one.actions:
        finish_task(task, actor=worker)
    perform(one, "close", actor=worker, now=START + 5 * DAY)
    owners = set(one.actions.values_list("assigned_agency_id", flat=True))
    assert (one.state, unfinished, owners) == ("closed", ["all_done"], {police().pk, one.home_id})


def test_a_body_reads_what_it_needs_and_its_own_actions_and_then_nothing(client: Client) -> None:
    worker, officer, neighbour = a_caseworker(), a_policeman(), a_committee_worker()
    one = held(worker)
    browser = signed_in(client, officer)
    page = reverse("casework:measure_show", args=["case_conference", one.pk])
    opened = browser.post(page).content.decode()
    inbox = browser.get(reverse("casework:inbox")).content.decode()
    task = one.actions.get()
    asked = browser.get(reverse("casework:task_done", args=[task.pk])).content.decode()
    assert [part in opened for part in ("两次被掐颈", NAME, "纪要全文只留妇联", "13847001234")] == [
        True,
        True,
        False,
        False,
    ]
    assert (f"个案会商 · {one.case.reference}" in inbox, "每日巡查" in asked) == (True, True)
    assert list(one.panel(neighbour)[1]["actions"]) == []
    with pytest.raises(NotVisible):
        finish_task(task, actor=neighbour)
    perform(one, "sign", actor=a_lead(), now=START + 2 * DAY)
    owing = [CaseConference.objects.visible_to(actor).count() for actor in (officer, neighbour)]
    browser.post(reverse("casework:task_done", args=[task.pk]), {"outcome": "已安排"})
    assert (owing, CaseConference.objects.visible_to(officer).count()) == ([1, 0], 0)
    assert browser.post(page).status_code == 404


def test_an_invitation_waits_until_it_is_answered_and_a_new_day_asks_again(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    one = called(worker)
    word = "的会商，并准备"
    browser = signed_in(client, officer)
    first = word in browser.get(reverse("casework:inbox")).content.decode()
    browser.post(reverse("workflow:move", args=["case_conference", one.pk, "confirm"]))
    answered = word in browser.get(reverse("casework:inbox")).content.decode()
    again: dict[str, Any] = {"meets_at": START + 3 * DAY, "invited": [police().pk], "reason": "出差"}
    perform(one, "move_day", actor=worker, now=START + HOUR, **again)
    moved = word in browser.get(reverse("casework:inbox")).content.decode()
    told = OutboxMessage.objects.filter(obj_id=one.pk, kind="conference_called").count()
    assert (first, answered, moved, told) == (True, False, True, 3)


def test_what_a_step_needs() -> None:
    worker, lead = a_caseworker(), a_lead()
    with pytest.raises(Unmet) as quiet:
        proposed(worker, case=a_case(worker))
    one, fresh = held(worker), proposed(worker)
    late: dict[str, Any] = {"body": str(police().pk), "action": "巡查", "due": date(2026, 3, 1)}
    Task.objects.filter(obj_id=one.pk).delete()
    with pytest.raises(BadTakes):
        perform(called(worker), "hold", actor=worker, now=START + DAY, attended=[], minutes="无人到场")
    refusals = [
        [need.name for need in quiet.value.needs],
        needs_of(fresh, "call", lead, meets_at=START, invited=[police().pk]),
        needs_of(one, "add_action", worker, **late),
        needs_of(one, "sign", lead),
    ]
    assert refusals == [
        ["ground_fits"],
        ["lies_ahead"],
        ["due_not_past"],
        ["something_agreed"],
    ]


def test_who_wrote_the_minutes_does_not_sign_them() -> None:
    lead = a_lead()
    one = called(a_caseworker())
    perform(one, "hold", actor=lead, now=START + DAY, attended=[police().pk], minutes="纪要")
    with pytest.raises(NotAllowed):
        perform(one, "sign", actor=lead, now=START + 2 * DAY, nothing=True)


def test_the_agenda_names_the_dangerous_cases_nobody_sat_together_about(client: Client) -> None:
    worker = a_caseworker()
    case = a_dangerous_case(worker)
    a_case(worker)
    found = list(without_conference(worker))
    page = signed_in(client, worker).get(reverse("case_conference:agenda")).content.decode()
    begin(CaseConference, actor=worker, case=case, ground="high_danger", basis="urgent", brief="高危")
    assert (found, case.reference in page, list(without_conference(worker))) == ([case], True, [])


def test_the_minutes_name_nobody_and_say_who_does_what() -> None:
    worker = a_caseworker()
    one = held(worker)
    text = pdf_text(printed("conference_minutes", one, worker), worker)
    wanted = ("纪要全文只留妇联", "每日巡查，发现即处置", "灵泉派出所", "2026年3月6日", one.case.reference)
    assert ([part in text for part in wanted], NAME in text) == ([True] * 5, False)


def test_foreign_bodies_find_nothing_and_each_move_has_its_people() -> None:
    one = called(a_caseworker())
    with pytest.raises(NotVisible):
        perform(one, "confirm", actor=a_judge())
    people = {"F": a_caseworker(), "L": a_lead(), "B": a_policeman(), "O": an_operator()}
    moves = (FLOW.opening, *FLOW)
    found = {m.name: "".join(k for k, actor in people.items() if m.who(actor)) for m in moves}
    assert found == {
        "propose": "FL", "call": "L", "move_day": "FL", "confirm": "B", "hold": "FL", "add_action": "FL", "correct": "FL",
        "sign": "L", "close": "FL", "drop": "FL",
    }  # fmt: skip
