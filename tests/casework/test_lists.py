"""Lists, search, inbox: right rows, one page at a time, the same number of queries for one row and three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import lists, services
from casework.models import Case
from tests.casework.cases import ALL_NO, a_case, answers, with_victim
from tests.people import a_caseworker, a_policeman, police, signed_in

pytestmark = pytest.mark.django_db


def rows(client: Client, **query: str) -> list[Case]:
    return list(client.get(reverse("casework:list"), query).context["page"].rows)


def test_filters_narrow_and_can_be_taken_off(client: Client) -> None:
    worker = a_caseworker()
    dangerous = a_case(worker, forms=["economic"])
    services.assess_danger(dangerous, actor=worker, answers=answers("F1"))
    a_case(worker)
    signed_in(client, worker)
    page = client.get(reverse("casework:list"), {"danger": "high", "form": "economic"}).context["page"]
    assert ([row.pk for row in page.rows], [chip["url"] for chip in page.chips]) == (
        [dangerous.pk],
        ["?form=economic", "?danger=high"],
    )


@pytest.mark.parametrize("order", ["newest", "oldest", "danger"])
def test_pages_follow_each_other_without_gap(
    client: Client, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    worker = a_caseworker()
    made = {a_case(worker).pk for _ in range(5)}
    signed_in(client, worker)
    seen, url = [], f"?order={order}"
    while url:
        page = client.get(reverse("casework:list") + url).context["page"]
        seen += [row.pk for row in page.rows]
        url = page.older_url
    assert (len(seen), set(seen)) == (5, made)


def test_a_broken_cursor_is_the_first_page(client: Client) -> None:
    worker = a_caseworker()
    a_case(worker)
    signed_in(client, worker)
    assert len(rows(client, after="%00kaputt")) == 1


@pytest.mark.parametrize("asked", ["李秀芝", "秀芝", "lixiuzhi", "lxz", "13812345678", "5678", "0038"])
def test_a_person_is_found_however_asked(client: Client, asked: str) -> None:
    worker = a_caseworker()
    with_victim(a_case(worker), worker)
    with_victim(a_case(worker), worker, name="王小红", phone="13700001111", id_number="")
    signed_in(client, worker)
    hits = client.post(reverse("casework:search"), {"text": asked}).context["hits"]
    assert [(hit.name, hit.phone) for hit in hits] == [("李**", "138****5678")]


@pytest.mark.parametrize("asked", ["李", "li", "138"])
def test_a_vague_search_is_refused_in_words(client: Client, asked: str) -> None:
    signed_in(client, a_caseworker())
    assert client.post(reverse("casework:search"), {"text": asked}).status_code == 422


def test_search_never_stands_in_an_address(client: Client) -> None:
    signed_in(client, a_caseworker())
    assert client.get(reverse("casework:search"), {"text": "李秀芝"}).status_code == 405


def test_today_shows_my_tasks_and_cases_without_anybody(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    task = services.open_task(case, actor=worker, kind="call_back", assigned_user_id=worker.user_id)
    signed_in(client, worker)
    context = client.get(reverse("casework:today")).context
    assert (list(context["tasks"]), list(context["unassigned"])) == ([task], [case])


def test_due_shows_running_clocks(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    due = client.get(reverse("casework:due")).context["deadlines"]
    assert [(row.clock, row.subject_id) for row in due] == [("ppo_inform_right", case.pk)]


def test_a_liaison_does_a_task_from_the_inbox(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    task = services.open_task(
        a_case(worker), actor=worker, kind="police_verify", text="请核实", assigned_agency_id=police().pk
    )
    signed_in(client, officer)
    before = client.get(reverse("casework:inbox")).context["inbox"].tasks
    client.post(reverse("casework:task_done", args=[task.pk]), {"outcome": "已核实"})
    task.refresh_from_db()
    after = client.get(reverse("casework:inbox")).context["inbox"].tasks
    assert (before, after, task.done_by_id) == ([task], [], officer.user_id)


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["list", "today", "due"])
def test_lists_ask_the_same_for_one_row_and_three(client: Client, name: str) -> None:
    worker = a_caseworker()
    signed_in(client, worker)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            case = a_case(worker)
            services.assign_case(case, actor=worker, user_id=worker.user_id)
            services.open_task(case, actor=worker, kind="call_back", assigned_user_id=worker.user_id)
            a_case(worker)
        counts.append(queries(client, reverse(f"casework:{name}")))
    assert counts[0] == counts[1]


def test_the_case_page_asks_the_same_for_one_part_and_three(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            with_victim(case, worker)
            services.record_incident(case, actor=worker, forms=["physical"])
            services.record_happening(case, actor=worker, kind="police_reported")
            services.add_note(case, actor=worker, text="记录")
            services.open_task(case, actor=worker, kind="call_back")
            services.assess_danger(case, actor=worker, answers=ALL_NO)
            services.register_evidence(case, actor=worker, kind="E5", title="照片")
        counts.append(queries(client, case.get_absolute_url()))
    assert counts[0] == counts[1]
