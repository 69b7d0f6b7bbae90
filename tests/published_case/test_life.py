"""A story for the public: she agrees, another checks, and nobody in a small place knows whose it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actor import Actor
from casework.measures.published_case.models import PublishedCase
from casework.measures.published_case.workflow import FLOW
from casework.models import Case
from casework.services import add_person
from tests.casework.cases import a_case, with_victim
from tests.people import (
    a_caseworker,
    a_lead,
    a_policeman,
    an_operator,
    another_federation,
    signed_in,
    town,
)
from tests.workflow.force import force_state
from workflow.engine import BadTakes, NotAllowed, NotVisible, Unmet, begin, perform

pytestmark = pytest.mark.django_db
STORY = "某年冬天，一位妇女求助。妇联帮助她申请人身安全保护令，她后来过上了平静的生活"
CLEAN: dict[str, Any] = {"neighbour": True, "husband": True, "child": True}


def told(case: Case, worker: Actor, **fields: Any) -> PublishedCase:
    given: dict[str, Any] = {
        "heading": "一张保护令",
        "text": STORY,
        "place_told": "none",
        "traits": [],
    } | fields
    made: PublishedCase = begin(PublishedCase, actor=worker, case=case, **given)
    return made


def needs_of(one: PublishedCase, move: str, actor: Actor, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(one, move, actor=actor, **takes)
    return [need.name for need in refused.value.needs]


def test_it_lives_from_the_draft_to_the_day_she_no_longer_wishes_it(client: Client) -> None:
    worker, lead = a_caseworker(), a_lead()
    case = a_case(worker)
    one = told(case, worker)
    with pytest.raises(NotAllowed):
        perform(one, "check", actor=worker, **CLEAN)
    perform(one, "check", actor=a_caseworker(), **CLEAN)
    unasked = needs_of(one, "approve", lead)
    perform(one, "ask_her", actor=worker, consent="agreed", how="读给她听，她同意")
    perform(one, "approve", actor=lead)
    running = needs_of(one, "publish", worker, published_in="《妇女生活》")
    force_state(case, "closed")
    page = signed_in(client, worker).get(case.get_absolute_url()).content.decode()
    perform(one, "publish", actor=worker, published_in="《妇女生活》")
    perform(one, "withdraw", actor=worker, why="consent", reason="本人来电")
    assert (unasked, running, one.state) == (["she_agrees"], ["case_is_over"], "withdrawn")
    assert ("起草典型案例" in page, "建议依法查处" in page) == (True, False)


def test_another_text_is_checked_again_and_she_is_asked_again() -> None:
    worker, lead = a_caseworker(), a_lead()
    one = told(a_case(worker), worker)
    perform(one, "ask_her", actor=worker, consent="agreed", how="当面")
    perform(one, "check", actor=lead, **CLEAN)
    change: dict[str, Any] = {
        "heading": "另一个标题",
        "text": STORY + "。",
        "place_told": "none",
        "traits": [],
    }
    perform(one, "revise", actor=lead, **change)
    with pytest.raises(NotAllowed):
        perform(one, "check", actor=lead, **CLEAN)
    assert (one.state, one.consent, one.checker_id) == ("drafted", "not_asked", None)


def test_in_a_small_place_ten_are_alike_or_no_place_is_told() -> None:
    worker, other = a_caseworker(), a_caseworker()
    case = a_case(worker, area=town())
    in_town = told(case, worker, place_told="town")
    rare = told(case, worker, place_told="region", traits=["work"])
    few = needs_of(in_town, "check", other, **CLEAN)
    for _number in range(9):
        a_case(worker, area=town())
    both = told(case, worker, place_told="town", traits=["news"])
    perform(in_town, "check", actor=other, **CLEAN)
    perform(rare, "check", actor=other, **CLEAN)
    assert (few, needs_of(both, "check", other, **CLEAN)) == (["enough_alike"], ["rare_needs_no_place"])
    doubtful = told(case, worker)
    assert needs_of(doubtful, "check", other, **CLEAN | {"child": False}) == ["nobody_recognised"]


@pytest.mark.parametrize(
    "text",
    [
        "妇联帮助了乌兰图雅，她申请了保护令",
        "她和欧阳小红一起求助",
        "额尔德尼·其其格被打伤",
        "她的电话是13847001234",
        "住在3号楼2单元",
        "3月5日晚，男方酒后施暴",
    ],
)
def test_a_text_that_names_somebody_is_refused_as_it_is_typed(text: str) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker, name="乌兰图雅")
    for name in ("欧阳小红", "额尔德尼·其其格"):
        add_person(case, actor=worker, role="respondent", name=name, sex="f", age=40)
    with pytest.raises(BadTakes) as refused:
        told(case, worker, text=text)
    assert list(refused.value.form.errors) == ["text"]
    assert told(case, worker).state == "drafted"


def test_no_other_body_learns_whose_story_it_is_and_each_move_has_its_people(client: Client) -> None:
    worker = a_caseworker()
    one = told(a_case(worker), worker)
    for stranger in (a_policeman(), a_caseworker(another_federation())):
        with pytest.raises(NotVisible):
            perform(one, "drop", actor=stranger, reason="x")
    show = reverse("casework:measure_show", args=["published_case", one.pk])
    assert STORY in signed_in(client, worker).post(show).content.decode()
    people = {"F": a_caseworker(), "L": a_lead(), "B": a_policeman(), "O": an_operator()}
    moves = (FLOW.opening, *FLOW)
    found = {m.name: "".join(k for k, actor in people.items() if m.who(actor)) for m in moves}
    assert found == {
        "draft": "FL", "revise": "FL", "ask_her": "FL", "check": "FL", "send_back": "FL", "approve": "L", "publish": "FL",
        "withdraw": "FL", "drop": "FL",
    }  # fmt: skip
