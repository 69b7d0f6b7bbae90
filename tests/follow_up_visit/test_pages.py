"""The pages of the visits: today's list, one visit, the request at the door, and how often."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import services
from casework.measures.follow_up_visit.cadence import Rhythm
from casework.measures.follow_up_visit.models import Cadence, FollowUpVisit
from casework.measures.follow_up_visit.selectors import visits_of_the_day
from privacy.audit import ReadAudit
from tests.casework.cases import NAME, with_victim
from tests.follow_up_visit.visits import BRIEF, DAY, HELD, a_visit, entrusted, miss, watched
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_lead,
    a_supervisor,
    another_federation,
    federation,
    signed_in,
)
from workflow.engine import perform

pytestmark = pytest.mark.django_db
HOURS = [{"days": list(range(7)), "from": "00:00", "to": "23:59"}]


def text(response: Any) -> str:
    return str(response.content.decode())


def move(visit: FollowUpVisit, name: str) -> str:
    return reverse("workflow:move", args=["follow_up_visit", visit.pk, name])


def test_todays_list_shows_safe_hours_and_what_not_to_say(client: Client) -> None:
    worker = a_caseworker()
    visit = a_visit(worker, due_at=timezone.now() + timedelta(minutes=1))
    services.set_safe_contact(visit.case, actor=worker, hours=HOURS, may_name_federation=False)
    page = text(signed_in(client, worker).get(reverse("follow_up_visit:today")))
    assert [
        word in page for word in (visit.case.reference, "00:00–23:59", "在安全时段内", "不要说是妇联")
    ] == [True] * 4


def test_the_list_has_those_being_searched_for_first() -> None:
    worker = a_caseworker()
    case = watched(worker)
    lost = miss(a_visit(worker, case), worker)
    soon = a_visit(worker, case, due_at=timezone.now() + 3 * DAY)
    a_visit(worker, case, due_at=timezone.now() + 30 * DAY)
    late = a_visit(worker, case, due_at=timezone.now() - DAY)
    day = visits_of_the_day(worker, timezone.now(), mine=True)
    found = [[line.visit.pk for line in lines] for lines in (day.searched, day.due, day.soon)]
    assert found == [[lost.pk], [late.pk], [soon.pk]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_twice_however_long_it_is(rows: int, django_assert_num_queries: Any) -> None:
    worker = a_caseworker()
    for _row in range(rows):
        a_visit(worker, due_at=timezone.now())
    with django_assert_num_queries(2):
        day = visits_of_the_day(worker, timezone.now(), mine=False)
        assert len([line.visit.case.assignee for line in day.due]) == rows


def test_an_empty_list_says_how_visits_come(client: Client) -> None:
    page = text(signed_in(client, a_caseworker()).get(reverse("follow_up_visit:today")))
    assert "没有要做的回访" in page


def test_the_panel_asks_first_whether_it_is_safe(client: Client) -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    page = text(signed_in(client, worker).get(visit.case.get_absolute_url()))
    assert ("现在说话安全吗" in page, "登记回访" in page) == (True, True)


def test_the_form_asks_about_an_order_only_where_there_is_one(client: Client) -> None:
    worker = a_caseworker()
    page = text(signed_in(client, worker).get(move(a_visit(worker), "hold")))
    assert ("对方遵守了保护令" in page, "对方遵守了告诫书" in page, "上次联系以后" in page) == (
        False,
        False,
        True,
    )


def test_a_refused_record_keeps_what_was_typed(client: Client) -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    typed = {"safe_to_talk": "False", "channel": "phone", "new_violence": "no", "account": "他在旁边"}
    answer = signed_in(client, worker).post(move(visit, "hold"), typed)
    visit.refresh_from_db()
    assert (answer.status_code, "他在旁边" in text(answer), visit.state) == (409, True, "planned")


def test_an_answer_must_be_given_and_is_never_taken_for_no(client: Client) -> None:
    worker = a_caseworker()
    answer = signed_in(client, worker).post(
        move(a_visit(worker), "hold"), {"safe_to_talk": "True", "channel": "phone"}
    )
    assert (answer.status_code, "new_violence" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("due", ["2026-02-30T10:00", "昨天", "0001-01-01T00:00", "9" * 400])
def test_a_date_that_cannot_be_is_refused_at_its_field(client: Client, due: str) -> None:
    worker = a_caseworker()
    answer = signed_in(client, worker).post(move(a_visit(worker), "not_safe"), {"due_at": due})
    assert answer.status_code in (409, 422)


def test_what_was_said_is_shown_only_after_it_is_written_down(client: Client) -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    perform(visit, "hold", actor=worker, account="孩子转学了", **HELD)
    signed_in(client, worker)
    closed = text(client.get(visit.get_absolute_url()))
    opened = text(client.post(reverse("follow_up_visit:show", args=[visit.pk])))
    read = ReadAudit.objects.filter(purpose="follow_up", owner=visit.case_id).get()
    assert ("孩子转学了" in closed, "孩子转学了" in opened, sorted(read.fields)) == (
        False,
        True,
        ["account", "brief", "help_given"],
    )


def test_the_committee_sees_what_was_written_for_it_and_nothing_else(client: Client) -> None:
    worker, neighbour = a_caseworker(), a_committee_worker()
    case = watched(worker)
    with_victim(case, worker)
    visit = entrusted(worker, case=case)
    signed_in(client, neighbour)
    inbox = text(client.get(reverse("casework:inbox")))
    shown = text(client.post(reverse("follow_up_visit:show", args=[visit.pk])))
    hidden = (NAME, case.reference, case.alias, "高危", "家庭暴力", "告诫", "保护令")
    assert ("请上门看望" in inbox, BRIEF in inbox, BRIEF in shown) == (True, False, True)
    assert [word for word in hidden if word in inbox or word in shown] == []


def test_the_committee_answers_and_it_is_gone(client: Client) -> None:
    visit = entrusted(a_caseworker())
    signed_in(client, a_committee_worker())
    answer = client.post(move(visit, "seen_well"), {"account": "在家，神色正常"})
    gone = client.get(visit.get_absolute_url())
    visit.refresh_from_db()
    assert (answer.status_code, gone.status_code, visit.state) == (303, 404, "found")


def test_foreigners_find_nothing(client: Client) -> None:
    visit = a_visit()
    found = []
    for actor in (a_caseworker(another_federation()), a_committee_worker(), a_supervisor()):
        signed_in(client, actor)
        found += [
            client.get(visit.get_absolute_url()).status_code,
            client.get(move(visit, "hold")).status_code,
        ]
    assert set(found) == {404}


def test_the_rhythm_is_shown_as_policy_and_not_as_law(client: Client) -> None:
    page = text(signed_in(client, a_caseworker()).get(reverse("follow_up_visit:cadence")))
    assert ("内部要求" in page, "没有规定天数" in page, "由值班长设定" in page) == (True, True, True)


def test_the_duty_leader_sets_the_rhythm_on_its_page(client: Client) -> None:
    signed_in(client, a_lead())
    answer = client.post(
        reverse("follow_up_visit:cadence"), {"days_danger_high": "1，2、5", "every_danger_high": "7"}
    )
    assert (answer.status_code, Cadence.of(federation().pk, "danger", "high")) == (302, Rhythm((1, 2, 5), 7))


@pytest.mark.parametrize(
    "typed", [{"days_danger_high": "5,1"}, {"days_danger_high": "60"}, {"every_order_low": "0"}]
)
def test_a_plan_that_cannot_be_is_refused_and_kept(client: Client, typed: dict[str, str]) -> None:
    answer = signed_in(client, a_lead()).post(reverse("follow_up_visit:cadence"), typed)
    value = next(iter(typed.values()))
    assert (answer.status_code, f'value="{value}"' in text(answer), Cadence.objects.count()) == (422, True, 0)


def test_a_caseworker_may_not_set_it(client: Client) -> None:
    answer = signed_in(client, a_caseworker()).post(reverse("follow_up_visit:cadence"), {})
    assert answer.status_code == 403
