"""Lists, search, inbox: right rows, one page at a time, the same number of queries for one row and three."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import lists, services
from casework.models import Case, Task
from casework.services.exports import ask_for_export
from tests.casework.cases import ALL_NO, a_case, answers, with_victim
from tests.people import a_caseworker, a_lead, a_policeman, police, signed_in
from workflow.models import Alert, Deadline

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


@pytest.mark.parametrize("values", [["x", "y"], [1, 2], [None, None], ["2026-01-01", "nobody"], ["\0", "\0"]])
def test_a_cursor_of_wrong_values_is_the_first_page(client: Client, values: list[Any]) -> None:
    worker = a_caseworker()
    a_case(worker)
    signed_in(client, worker)
    forged = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    assert len(rows(client, after=forged)) == 1


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
    answer = client.get(reverse("casework:search"), {"text": "李秀芝"})
    page = answer.content.decode()
    found = answer.status_code, "这个页面不能直接打开" in page, "李秀芝" in page, answer.headers["Allow"]
    assert found == (405, True, False, "POST")
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_today_shows_my_tasks_and_cases_without_anybody(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    task = services.open_task(case, actor=worker, kind="call_back", assigned_user_id=worker.user_id)
    signed_in(client, worker)
    context = client.get(reverse("casework:today")).context
    found = [(row.case, row.tasks) for row in context["waiting"].items]
    assert (found, list(context["unassigned"])) == ([(case, [task])], [case])


def test_today_puts_the_most_dangerous_case_first(client: Client) -> None:
    worker = a_caseworker()
    calm, dangerous = a_case(worker), a_case(worker)
    for case in (calm, dangerous):
        services.assign_case(case, actor=worker, user_id=worker.user_id)
        services.open_task(case, actor=worker, kind="call_back", assigned_user_id=worker.user_id)
    services.assess_danger(dangerous, actor=worker, answers=answers("F1"))
    signed_in(client, worker)
    page = client.get(reverse("casework:today")).context["waiting"]
    assert [row.case.pk for row in page.items] == [dangerous.pk, calm.pk]


def an_alert(case: Case, level: str, rung: int, to: Actor) -> Alert:
    deadline = Deadline.objects.filter(subject_id=case.pk).get()
    return Alert.objects.create(
        deadline=deadline, level=level, rung=rung, agency_id=str(to.agency_id), user_id=to.user_id
    )


def test_of_one_clock_only_the_last_alert_is_shown(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    an_alert(case, "due", 1, worker)
    last = an_alert(case, "overdue_owner", 2, worker)
    signed_in(client, worker)
    assert client.get(reverse("casework:today")).context["alerts"] == [last]


def test_alerts_that_were_seen_are_gone_and_say_by_whom(client: Client) -> None:
    worker, colleague = a_caseworker(), a_caseworker()
    case = a_case(worker)
    mine, theirs = an_alert(case, "due", 1, worker), an_alert(case, "due", 1, colleague)
    signed_in(client, worker).post(reverse("casework:alerts_seen"))
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.seen_by_id, theirs.seen_by_id) == (worker.user_id, None)


def test_due_shows_running_clocks(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    signed_in(client, worker)
    due = client.get(reverse("casework:due")).context["page"].rows.items
    assert [(row.clock, row.subject_id) for row in due] == [("ppo_inform_right", case.pk)]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"whose": "mine"}, 0),
        ({"whose": "ours"}, 1),
        ({"whose": "others"}, 0),
        ({"when": "late"}, 0),
        ({"when": "coming"}, 1),
        ({"whose": "nobody\0"}, 1),
        ({"page": "99999"}, 1),
        ({"page": "٣"}, 1),
    ],
)
def test_clocks_are_narrowed_and_nonsense_narrows_nothing(
    client: Client, query: dict[str, str], seen: int
) -> None:
    worker = a_caseworker()
    a_case(worker)
    signed_in(client, worker)
    assert len(client.get(reverse("casework:due"), query).context["page"].rows.items) == seen


@pytest.mark.parametrize(
    "query", [{"town": "x\0"}, {"state": "nix"}, {"danger": "' OR 1=1"}, {"order": "name"}]
)
def test_a_filter_typed_by_hand_breaks_nothing(client: Client, query: dict[str, str]) -> None:
    worker = a_caseworker()
    a_case(worker)
    signed_in(client, worker)
    assert len(rows(client, **query)) == 1


def owed_tasks(client: Client) -> list[Task | None]:
    groups = client.get(reverse("casework:inbox")).context["inbox"].groups
    return [item.task for group in groups for item in group.items]


def test_the_inbox_puts_what_is_overdue_first_and_counts_it(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    now = timezone.now()
    for hours in (5, -5, None):
        services.open_task(
            a_case(worker), actor=worker, kind="police_verify", assigned_agency_id=police().pk,
            due_at=now + timedelta(hours=hours) if hours else None,
        )  # fmt: skip
    inbox = signed_in(client, officer).get(reverse("casework:inbox")).context["inbox"]
    labels = [(str(group.label), len(group.items), group.folded) for group in inbox.groups]
    assert (inbox.count, inbox.late, labels) == (
        3,
        1,
        [("已超期", 1, False), ("期限内", 1, False), ("没有期限", 1, True)],
    )


def test_a_long_inbox_comes_in_pages_without_gap(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    case = a_case(worker)
    made = {
        services.open_task(case, actor=worker, kind="police_verify", assigned_agency_id=police().pk).pk
        for _ in range(23)
    }
    signed_in(client, officer)
    seen, url = [], "?"
    while url:
        inbox = client.get(reverse("casework:inbox") + url).context["inbox"]
        seen += [item.task.pk for group in inbox.groups for item in group.items]
        url = inbox.older_url
    assert (len(seen), set(seen)) == (23, made)


def test_a_liaison_does_a_task_from_the_inbox(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    task = services.open_task(
        a_case(worker), actor=worker, kind="police_verify", text="请核实", assigned_agency_id=police().pk
    )
    signed_in(client, officer)
    before = owed_tasks(client)
    client.post(reverse("casework:task_done", args=[task.pk]), {"outcome": "已核实"})
    task.refresh_from_db()
    after = owed_tasks(client)
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


def test_today_tells_a_leader_what_others_ask_her_to_decide(client: Client) -> None:
    lead, worker = a_lead(), a_caseworker()
    case = a_case(worker)
    export = ask_for_export(actor=worker, source="cases", people="numbers", form="xlsx", reason="季度汇报")
    ask_for_export(actor=lead, source="cases", people="numbers", form="xlsx", reason="自己的")
    shredding = services.ask_to_shred(
        case, actor=worker, why="mistake", person=with_victim(case, worker, name="录错的人")
    )
    page = signed_in(client, lead).get(reverse("casework:today"))
    urls = [one.url for one in page.context["decisions"]]
    assert urls == [export.get_absolute_url(), shredding.get_absolute_url()]
    assert all(url in page.content.decode() for url in urls)
    assert "录错的人" not in page.content.decode()
    nobody = signed_in(client, worker).get(reverse("casework:today"))
    assert (nobody.context["decisions"], "等您审批" in nobody.content.decode()) == ([], False)


def test_today_says_when_nothing_waits_for_a_leader(client: Client) -> None:
    page = signed_in(client, a_lead()).get(reverse("casework:today")).content.decode()
    assert "没有等您审批的导出或粉碎申请" in page
