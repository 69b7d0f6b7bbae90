"""回避: a worker or a station that must never see a case finds it nowhere, and nothing waits where nobody looks."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.actor import Actor
from agencies.bodies import body_for
from agencies.models import Agency, User
from agencies.need_to_know import Recusal
from casework import services
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case, Task
from casework.search import find_cases
from tests.casework.cases import PHONE, a_case, with_victim
from tests.people import a_caseworker, a_lead, a_policeman, an_operator, police, signed_in, town
from tests.workflow.force import force_state
from workflow.engine import BadTakes, begin, perform
from workflow.models import Deadline, Notice
from workflow.outbox import send
from workflow.relay import relay

pytestmark = pytest.mark.django_db


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def a_closed_case(closed_to: Actor) -> tuple[Case, Actor]:
    """With a victim and an assignee, closed to one worker because she is a relative."""
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    case.refresh_from_db()
    services.recuse(case, actor=worker, user=user(closed_to), why="relative")
    return case, worker


def post(client: Client, case: Case, name: str = "recusals", **data: object) -> int:
    return client.post(reverse(f"casework:{name}", args=[case.pk]), data).status_code


def test_a_recused_worker_finds_the_case_at_no_address_in_no_list_search_or_count() -> None:
    colleague = an_operator()
    before = find_cases(PHONE, colleague)
    case, _worker = a_closed_case(colleague)
    browser, absent = signed_in(Client(), colleague), "00000000-0000-4000-8000-00000000dead"
    pages = [reverse("casework:case", args=[key]) for key in (case.pk, absent)]
    answers = [browser.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({re.sub(rb"[0-9A-Za-z_-]{22,64}", b"", answer.content) for answer in answers}) == 1
    shown = [browser.get(reverse(f"casework:{name}")).content.decode() for name in ("list", "today", "due")]
    assert [case.reference in text for text in shown] == [False] * 3
    assert browser.get(reverse("casework:list")).context["page"].count == 0
    assert (before, find_cases(PHONE, colleague), Deadline.objects.visible_to(colleague).count()) == (
        [],
        [],
        0,
    )


def test_a_station_that_is_recused_loses_its_task_its_mail_and_its_letter() -> None:
    worker, officer = a_caseworker(), a_policeman()
    case, station = a_case(worker), police()
    letter = begin(WarningLetter, actor=worker, case=case, letter_type="dv", origin="federation")
    force_state(letter, "requested")
    letter.police_agency = station
    letter.acting(worker).save()
    services.open_task(case, actor=worker, kind="call_back", assigned_agency_id=station.pk)
    send(agency_id=station.pk, kind="task_opened", obj=case)
    relay(case.created_at)
    services.recuse(case, actor=a_lead(), agency=station, why="complaint")
    found = [m.objects.visible_to(officer).count() for m in (Task, Notice, WarningLetter, Deadline)]
    assert found == [0, 0, 0, 0]
    assert Task.objects.get(case=case).assigned_agency_id == case.agency_id  # it waits where somebody looks


def test_a_recused_body_is_neither_offered_nor_taken_nor_found_for_the_place() -> None:
    worker, station = a_caseworker(), Agency.objects.get(pk=police().pk)
    case = a_case(worker)
    Agency.objects.filter(pk=station.pk).update(area=town())
    letter = begin(WarningLetter, actor=worker, case=case, letter_type="dv", origin="federation")
    services.recuse(case, actor=a_lead(), agency=station, why="wish")
    takes = next(m.name for m in letter.flow if "police_agency" in {name for name, _ in m.fields})
    with pytest.raises(BadTakes) as refused:
        perform(letter, takes, actor=worker, police_agency=station)
    assert "police_agency" in refused.value.form.errors
    assert (body_for("police", town(), case.pk), body_for("police", town())) == (None, station)


def test_the_responsible_worker_who_turns_out_to_be_a_relative_loses_the_case_to_the_leader() -> None:
    worker, lead = a_caseworker(), a_lead()
    case = a_case(worker)
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    services.recuse(case, actor=lead, user=user(worker), why="relative")
    case.refresh_from_db()
    assert (case.assignee_id, Case.objects.visible_to(worker).count()) == (None, 0)
    with pytest.raises(PermissionDenied):
        services.assign_case(case, actor=lead, user_id=worker.user_id)


def test_it_is_lifted_with_a_reason_and_both_stay_on_record() -> None:
    colleague = an_operator()
    case, worker = a_closed_case(colleague)
    row = Recusal.objects.get(subject_id=case.pk)
    browser = signed_in(Client(), worker)
    assert post(browser, case, "recusal_lift", recusal=row.pk, lifted="nothing") == 404
    assert post(browser, case, "recusal_lift", recusal=row.pk, lifted="mistake") == 302
    row.refresh_from_db()
    assert (row.lifted_why, row.lifted_by_id, row.history.count()) == ("mistake", worker.user_id, 2)
    assert Case.objects.visible_to(colleague).count() == 1


def test_only_whoever_answers_for_the_case_enters_one_and_never_against_herself() -> None:
    case, worker = a_closed_case(an_operator())
    third = an_operator()
    assert post(signed_in(Client(), third), case, user=a_lead().user_id, why="wish") == 404
    assert post(signed_in(Client(), worker), case, user=third.user_id, why="wish") == 302
    for whom in ({"user": user(worker)}, {"agency": case.agency}, {}):
        with pytest.raises(ValidationError):
            services.recuse(case, actor=worker, why="wish", **whom)  # type: ignore[arg-type]
