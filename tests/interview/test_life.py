"""Told once: the second hearing of the same person passes a warning and a reason; a minor is heard with care."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.actor import Actor
from casework import services
from casework.measures.interview.models import Interview
from casework.models import Case
from tests.casework.cases import a_case, a_child, with_victim
from tests.people import a_caseworker, a_policeman, an_operator, another_federation, signed_in
from tests.workflow.refusals import wrong_fields
from workflow.engine import Unmet, begin, perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
REASON = "首次笔录没有问到威胁内容，公安要求补充"


def plan(case: Case, person: Any, actor: Actor, **fields: Any) -> Interview:
    given: dict[str, Any] = {"by": "police", "purpose": "criminal", "subjects": ["violence"]} | fields
    made: Interview = begin(Interview, actor=actor, case=case, person=person.pk, **given)
    return made


def refused(act: Any) -> list[tuple[str, str]]:
    with pytest.raises(Unmet) as refusal:
        act()
    return [(need.name, need.law) for need in refusal.value.needs]


def test_she_is_heard_once_and_again_only_for_a_reason() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    victim = with_victim(case, worker)
    other = with_victim(case, worker, name="王淑兰", phone="13500135000", id_number="")
    first = plan(case, victim, worker)
    assert refused(lambda: plan(case, victim, worker, by="court")) == [("reason_to_hear_again", "H02")]
    perform(first, "hold", actor=worker, place_of_record="派出所执法办案区，光盘编号12")
    plan(case, other, worker)
    second = plan(case, victim, worker, by="court", again_reason=REASON)
    steps = StepRecord.objects.filter(obj_id=second.pk).values_list("move", "facts__repeat", "facts__minor")
    assert (first.repeat, second.repeat, list(steps)) == (False, True, [("plan", True, False)])


@pytest.mark.parametrize(
    ("again", "warned"),
    [
        ({}, True),  # everything the same
        ({"phone": "", "id_number": ""}, True),  # the same name and nothing that says otherwise
        ({"name": "", "phone": ""}, True),  # the same ID number
        ({"name": "王淑兰", "id_number": ""}, False),  # another name on the same telephone: her mother
    ],
)
def test_a_person_recorded_twice_is_told_once_all_the_same(again: dict[str, Any], warned: bool) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    plan(case, with_victim(case, worker), worker)
    twice = with_victim(case, worker, **again)
    if warned:
        assert refused(lambda: plan(case, twice, worker)) == [("reason_to_hear_again", "H02")]
    assert plan(case, twice, worker, again_reason=REASON).repeat is warned


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_at_the_same_moment_one_is_asked_for_a_reason() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    victim = with_victim(case, worker)
    together, said = Barrier(4), list[str]()

    def plan_it() -> None:
        together.wait(timeout=30)
        try:
            plan(case, victim, worker)
            said.append("planned")
        except Exception as error:
            said.append(type(error).__name__)
        finally:
            connection.close()

    hands = [Thread(target=plan_it) for _hand in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
    assert sorted(said) == ["Unmet", "Unmet", "Unmet", "planned"]


def test_who_was_spared_it_was_not_heard() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    victim = with_victim(case, worker)
    spared = plan(case, victim, worker)
    perform(spared, "spare", actor=worker, instead="record")
    assert plan(case, victim, worker).repeat is False


def test_a_minor_is_warned_of_by_the_article_and_heard_with_care() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_sexual_abuse", relation="X5_guardian")
    child = a_child(case, worker)
    first = plan(case, child, worker, subjects=["sexual"])
    assert refused(lambda: plan(case, child, worker, by="court")) == [("reason_to_hear_a_minor_again", "M14")]
    careless: dict[str, Any] = {"suitable_adult": True, "taped": True}
    assert refused(lambda: perform(first, "hold", actor=worker, **careless)) == [("heard_with_care", "M14")]
    perform(first, "hold", actor=worker, **careless, by_woman=True)
    assert first.state == "held"


@pytest.mark.parametrize(
    ("who", "count"), [(an_operator, 1), (a_policeman, 0), (lambda: a_caseworker(another_federation()), 0)]
)
def test_who_knows_of_it(who: Any, count: int) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    plan(case, with_victim(case, worker), worker)
    assert Interview.objects.visible_to(who()).count() == count


def test_the_form_shows_what_was_told_and_keeps_the_reason_typed(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    victim, stranger = with_victim(case, worker), with_victim(a_case(worker), worker)
    services.record_incident(case, actor=worker, forms=["physical"], account="被打耳光")
    plan(case, victim, worker)
    browser, url = signed_in(client, worker), reverse("casework:open_measure", args=[case.pk, "interview"])
    page = browser.get(url).content.decode()
    shown = ["已讲的暴力事件" in page, "公安机关" in page, "被打耳光" in page, str(stranger.pk) in page]
    data = {
        "person": victim.pk,
        "by": "court",
        "purpose": "order",
        "subjects": ["violence"],
        "again_reason": "",
    }
    warned = browser.post(url, data)
    told = browser.post(url, data | {"again_reason": REASON})
    kept = browser.get(Interview.objects.get(by="court").get_absolute_url()).content.decode()
    assert (shown, warned.status_code, "已经被询问过" in warned.content.decode(), told.status_code, REASON in kept) == (
        [True, True, False, False], 409, True, 302, False,
    )  # fmt: skip


def test_nobody_is_heard_who_is_not_recorded_in_the_case() -> None:
    worker = a_caseworker()
    case, stranger = a_case(worker), with_victim(a_case(worker), worker)
    given: dict[str, Any] = {"by": "police", "purpose": "criminal", "subjects": ["violence"]}
    assert wrong_fields(lambda: begin(Interview, actor=worker, case=case, **given)) == ["person"]
    assert wrong_fields(lambda: plan(case, stranger, worker)) == ["person"]
    of_nobody = Interview(case=case, **given)
    assert [need.name for need in Interview.flow.opening.needs if not need.test(of_nobody)] == [
        "somebody_chosen"
    ]
