"""A minor's data: nobody reads it without a leave of their own; an emergency takes seconds and is answered for."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.models import Case, MinorAccess, Person
from privacy.audit import Purpose, ReadAudit
from privacy.errors import NotApproved
from privacy.reading import reveal, reveal_many
from tests.casework.cases import CHILD, a_case, a_child, with_leave, with_victim
from tests.people import (
    a_caseworker,
    a_lead,
    a_policeman,
    an_operator,
    another_federation,
    federation,
    signed_in,
)
from workflow.engine import NotAllowed, NotVisible, Unmet, perform
from workflow.models import Deadline, OutboxMessage

pytestmark = pytest.mark.django_db


def queries(client: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(case.get_absolute_url())
    return len(captured)


def read(person: Person, actor: Actor, **more: Any) -> str:
    return str(reveal(person, "name", actor=actor, **more)["name"])


def a_family() -> tuple[Actor, Case, Person]:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    return worker, case, a_child(case, worker)


def soon(days: int = 30) -> Any:
    return timezone.now() + timedelta(days=days)


def granted(person: Person, actor: Actor, days: int = 30) -> MinorAccess:
    leave = services.ask_to_read(person, actor=actor, why="contact")
    perform(leave, "grant", actor=a_lead(), until=soon(days))
    return leave


@pytest.mark.parametrize(
    ("fields", "minor"),
    [
        ({"role": "child", "age": None}, True),
        ({"role": "child", "age": 17}, True),
        ({"role": "child", "age": 18}, False),
        ({"role": "victim", "age": None, "flags": ["minor"]}, True),
        ({"role": "victim", "age": None}, False),
        ({"role": "child", "age": None, "birth_year": timezone.localdate().year - 18}, True),
        ({"role": "child", "age": None, "birth_year": timezone.localdate().year - 19}, False),
    ],
)
def test_who_counts_as_a_minor(fields: dict[str, Any], minor: bool) -> None:
    assert Person(**{"flags": [], **fields}).is_minor is minor


@pytest.mark.parametrize("somebody", [a_caseworker, an_operator, a_lead])
def test_nobody_of_the_federation_reads_a_child_without_a_leave(somebody: Any) -> None:
    _worker, _case, child = a_family()
    with pytest.raises(NotApproved):
        read(child, somebody())


def test_a_refused_reading_leaves_no_trace_of_having_read() -> None:
    worker, case, child = a_family()
    before = ReadAudit.objects.filter(owner=case.pk).count()
    with pytest.raises(NotApproved):
        read(child, worker)
    assert ReadAudit.objects.filter(owner=case.pk).count() == before


def test_an_old_version_of_a_child_needs_the_leave_too() -> None:
    worker, _case, child = a_family()
    with pytest.raises(NotApproved):
        read(child.history.first(), worker)


def test_grown_ups_are_read_as_before() -> None:
    worker, case, _child = a_family()
    victim = case.persons.get(role="victim")
    assert read(victim, worker) == "李秀芝"


def test_with_the_duty_leaders_leave_the_name_is_read() -> None:
    worker, _case, child = a_family()
    granted(child, worker)
    assert read(child, worker) == CHILD


def test_a_leave_is_for_one_person_and_one_worker() -> None:
    worker, case, child = a_family()
    sibling = a_child(case, worker, name="巴特")
    granted(child, worker)
    answers = []
    for person, actor in ((sibling, worker), (child, a_caseworker())):
        with pytest.raises(NotApproved) as refused:
            read(person, actor)
        answers.append((refused.value.owner, refused.value.object_ids))
    assert answers == [(case.pk, (sibling.pk,)), (case.pk, (child.pk,))]


def test_one_child_without_leave_among_many_people_opens_none() -> None:
    worker, case, child = a_family()
    granted(child, worker)
    a_child(case, worker, name="巴特")
    with pytest.raises(NotApproved):
        reveal_many([(person, ("name",)) for person in case.persons.all()], actor=worker)


def test_a_leave_ends_by_itself() -> None:
    worker, _case, child = a_family()
    leave = granted(child, worker)
    MinorAccess.objects.filter(pk=leave.pk).update(until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotApproved):
        read(child, worker)


def test_a_leave_that_is_withdrawn_is_over_at_once() -> None:
    worker, _case, child = a_family()
    perform(granted(child, worker), "withdraw", actor=a_lead(), reason="案件已移交")
    with pytest.raises(NotApproved):
        read(child, worker)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_leave_has_an_end_within_ninety_days(days: int) -> None:
    worker, _case, child = a_family()
    leave = services.ask_to_read(child, actor=worker, why="contact")
    with pytest.raises(Unmet) as refused:
        perform(leave, "grant", actor=a_lead(), until=soon(days))
    assert [need.name for need in refused.value.needs] == ["ends_in_time"]


@pytest.mark.parametrize("move", ["grant", "refuse"])
def test_nobody_decides_for_themselves(move: str) -> None:
    _worker, _case, child = a_family()
    lead = a_lead()
    leave = services.ask_to_read(child, actor=lead, why="contact")
    takes = {"until": soon()} if move == "grant" else {"reason": "x"}
    with pytest.raises(NotAllowed):
        perform(leave, move, actor=lead, **takes)


def test_nobody_reviews_their_own_emergency() -> None:
    _worker, _case, child = a_family()
    lead = a_lead()
    leave = services.open_in_emergency(child, actor=lead, why="danger", reason="孩子在路边")
    with pytest.raises(NotAllowed):
        perform(leave, "confirm", actor=lead, until=soon())


def test_a_colleague_does_not_open_what_another_asked_for() -> None:
    worker, _case, child = a_family()
    leave = services.ask_to_read(child, actor=worker, why="danger")
    with pytest.raises(NotAllowed):
        perform(leave, "open_in_emergency", actor=a_caseworker())


def test_in_an_emergency_the_worker_reads_at_once_and_for_a_day() -> None:
    worker, _case, child = a_family()
    leave = services.open_in_emergency(child, actor=worker, why="danger", reason="孩子被锁在家里")
    assert leave.until is not None
    left = leave.until - timezone.now()
    assert (read(child, worker), timedelta(hours=23) < left <= timedelta(hours=24)) == (CHILD, True)


def test_an_emergency_is_told_at_once_and_its_review_is_due_in_a_day() -> None:
    worker, case, child = a_family()
    leave = services.open_in_emergency(child, actor=worker, why="danger", reason="孩子被锁在家里")
    told = OutboxMessage.objects.filter(obj_id=leave.pk, kind="minor_emergency").values_list(
        "agency_id", flat=True
    )
    clock = Deadline.objects.get(obj_id=leave.pk)
    due = clock.due_at - clock.started_from if clock.due_at and clock.started_from else None
    assert (list(told), clock.clock, clock.is_policy, due) == (
        [case.agency_id], "minor_access_review", True, timedelta(hours=24),
    )  # fmt: skip


def test_an_emergency_that_was_needed_is_prolonged_by_the_duty_leader() -> None:
    worker, _case, child = a_family()
    leave = services.open_in_emergency(child, actor=worker, why="danger", reason="孩子被锁在家里")
    lead = a_lead()
    perform(leave, "confirm", actor=lead, until=soon())
    clock = Deadline.objects.get(obj_id=leave.pk)
    assert (leave.state, leave.decided_by_id, clock.state, read(child, worker)) == (
        "confirmed", lead.user_id, "met", CHILD,
    )  # fmt: skip


def test_an_emergency_that_was_none_is_closed_and_stays_on_record() -> None:
    worker, _case, child = a_family()
    leave = services.open_in_emergency(child, actor=worker, why="correct", reason="想看看")
    perform(leave, "object", actor=a_lead(), reason="不紧急")
    with pytest.raises(NotApproved):
        read(child, worker)
    assert leave.state == "objected"


def test_asking_twice_is_one_request() -> None:
    worker, _case, child = a_family()
    first = services.ask_to_read(child, actor=worker, why="contact")
    second = services.ask_to_read(child, actor=worker, why="danger")
    third = services.open_in_emergency(child, actor=worker, why="danger", reason="孩子失联")
    assert ({first.pk, second.pk, third.pk}, third.state) == ({first.pk}, "emergency")


def test_another_federation_asks_in_vain() -> None:
    _worker, _case, child = a_family()
    with pytest.raises(NotVisible):
        services.open_in_emergency(child, actor=a_caseworker(another_federation()), why="danger", reason="x")


def test_a_search_finds_a_child_but_shows_only_masks(client: Client) -> None:
    worker, _case, _child = a_family()
    signed_in(client, worker)
    hits = client.post(reverse("casework:search"), {"text": CHILD}).context["hits"]
    assert [(hit.name, hit.phone) for hit in hits] == [("乌**", "137****7000")]


def test_another_body_reads_what_was_handed_over_by_its_own_rules() -> None:
    _worker, _case, child = a_family()
    assert read(child, a_policeman(), purpose=Purpose.LIAISON) == CHILD


def test_the_page_offers_to_ask_and_never_holds_the_childs_number(client: Client) -> None:
    worker, case, child = a_family()
    page = signed_in(client, worker).get(case.get_absolute_url()).content.decode()
    asking = reverse("casework:access_ask", args=[case.pk, child.pk])
    assert (asking in page, "7000" in page, f'value="{child.pk}"' in page) == (True, False, False)


def test_a_forced_reveal_is_refused_and_says_how_to_get_leave(client: Client) -> None:
    worker, case, child = a_family()
    answer = signed_in(client, worker).post(
        reverse("casework:reveal", args=[case.pk]), {"part": str(child.pk)}
    )
    body = answer.content.decode()
    asking = reverse("casework:access_ask", args=[case.pk, child.pk])
    assert (answer.status_code, asking in body, CHILD in body) == (403, True, False)


def test_a_forced_reveal_of_a_part_leads_to_the_page_of_asking(client: Client) -> None:
    worker, case, child = a_family()
    answer = signed_in(client, worker).post(
        reverse("casework:reveal", args=[case.pk]), {"part": str(child.pk)}, headers={"HX-Request": "true"}
    )
    asking = reverse("casework:access_ask", args=[case.pk, child.pk])
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (403, asking)


def test_the_edit_page_of_a_child_asks_for_leave_first(client: Client) -> None:
    worker, case, child = a_family()
    answer = signed_in(client, worker).get(reverse("casework:person_edit", args=[case.pk, child.pk]))
    assert (answer.status_code, CHILD in answer.content.decode()) == (403, False)


def test_from_the_case_to_the_name_in_two_posts(client: Client) -> None:
    worker, case, child = a_family()
    signed_in(client, worker)
    asking = reverse("casework:access_ask", args=[case.pk, child.pk])
    client.post(asking, {"why": "danger", "reason": "孩子被锁在家里", "emergency": "yes"})
    shown = client.post(reverse("casework:reveal", args=[case.pk]), {"part": str(child.pk)})
    assert CHILD in shown.content.decode()


def test_an_emergency_without_a_word_is_asked_for_one(client: Client) -> None:
    worker, case, child = a_family()
    asking = reverse("casework:access_ask", args=[case.pk, child.pk])
    answer = signed_in(client, worker).post(asking, {"why": "danger", "emergency": "yes"})
    assert (answer.status_code, MinorAccess.objects.count()) == (422, 0)


def test_the_duty_leader_finds_emergencies_first_and_not_her_own(client: Client) -> None:
    worker, case, child = a_family()
    lead = a_lead()
    asked = services.ask_to_read(a_child(case, worker, name="巴特"), actor=worker, why="contact")
    opened = services.open_in_emergency(child, actor=worker, why="danger", reason="孩子失联")
    services.ask_to_read(child, actor=lead, why="contact")
    leaves = signed_in(client, lead).get(reverse("casework:today")).context["leaves"]
    assert [leave.pk for leave in leaves] == [opened.pk, asked.pk]


def test_a_leave_is_found_by_the_people_of_the_case_only(client: Client) -> None:
    worker, _case, child = a_family()
    leave = services.ask_to_read(child, actor=worker, why="contact", reason="联系学校")
    foreign = a_lead(another_federation())
    answers = [
        signed_in(client, actor).get(leave.get_absolute_url()).status_code
        for actor in (a_lead(federation()), foreign)
    ]
    assert answers == [200, 404]


def test_the_reason_stands_nowhere_in_the_clear() -> None:
    worker, _case, child = a_family()
    leave = services.ask_to_read(child, actor=worker, why="contact", reason="联系学校老师")
    assert "联系学校老师" not in str(MinorAccess.objects.filter(pk=leave.pk).values())


def test_the_register_of_readings_names_the_approvals(client: Client) -> None:
    worker, case, child = a_family()
    with_leave(child, worker)
    page = signed_in(client, worker).get(reverse("casework:reads", args=[case.pk])).content.decode()
    assert "紧急查阅，待复核" in page


def test_the_case_page_asks_the_same_for_one_child_and_three(client: Client) -> None:
    worker, case, child = a_family()
    with_leave(child, worker)
    signed_in(client, worker).get(case.get_absolute_url())
    before = queries(client, case)
    for name in ("巴特", "其其格"):
        with_leave(a_child(case, worker, name=name), worker)
    assert queries(client, case) == before
