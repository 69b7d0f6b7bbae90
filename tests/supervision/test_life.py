"""The federation asks a body to act, urges it in writing, and at last turns to the government or the procuratorate."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.selectors import actor_of
from casework.measures.supervision.models import Supervision
from casework.measures.supervision.workflow import FLOW
from tests.casework.cases import a_case
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    a_posting,
    an_agency,
    an_operator,
    another_federation,
    police,
    signed_in,
)
from workflow.engine import NotVisible, Unmet, begin, perform
from workflow.models import Deadline
from workflow.table import Move

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)


def procuratorate() -> Agency:
    return an_agency(AgencyKind.PROCURATORATE, "扎赉诺尔区人民检察院")


def a_prosecutor() -> Actor:
    return actor_of(a_posting(Role.LIAISON, procuratorate()))


def drafted(worker: Actor, **fields: Any) -> Supervision:
    given = {
        "addressee": police().pk, "subject": "not_handled", "facts_of_matter": "该妇女三次报警未受理", "demand": "请依法查处",
    } | fields  # fmt: skip
    made: Supervision = begin(Supervision, actor=worker, case=a_case(worker), now=START, **given)
    return made


def sent(worker: Actor, **fields: Any) -> Supervision:
    one = drafted(worker, **fields)
    perform(one, "send", actor=a_lead(), now=START, reply_by=date(2026, 3, 20))
    return one


def test_it_lives_from_the_request_to_the_answer() -> None:
    worker = a_caseworker()
    one = sent(worker)
    perform(one, "answer", actor=a_policeman(), answer="已受理并出具告诫书", now=START + 5 * DAY)
    perform(one, "settle", actor=worker, reason="已依法处理", now=START + 6 * DAY)
    clock = Deadline.objects.get(obj_id=one.pk)
    assert (one.state, one.number, clock.state) == ("settled", "妇督〔2026〕1号", "met")


def test_silence_leads_to_an_opinion_and_to_the_government() -> None:
    one, lead = sent(a_caseworker()), a_lead()
    perform(one, "urge", actor=lead, now=START + 20 * DAY, reply_by=date(2026, 4, 10))
    perform(one, "ask_inspection", actor=lead, reason="仍未答复", now=START + 45 * DAY)
    states = list(
        Deadline.objects.filter(obj_id=one.pk).order_by("created_at").values_list("state", flat=True)
    )
    assert (one.state, states) == ("inspection", ["missed", "missed"])


def test_a_clue_lives_with_the_procuratorate() -> None:
    worker, prosecutor = a_caseworker(), a_prosecutor()
    one = drafted(worker, addressee=None)
    perform(
        one, "pass_clue", actor=a_lead(), clue_kind="harassment", procuratorate=procuratorate().pk, now=START
    )
    for move, takes in (
        ("note_suggestion", {}),
        ("note_hearing", {}),
        ("answer", {"answer": "已着手整改"}),
        ("rectify", {"account": "已建立制度"}),
    ):
        perform(one, move, actor=prosecutor, now=START + 30 * DAY, **takes)
    assert (one.state, Deadline.objects.get(obj_id=one.pk).state) == ("settled", "met")


def test_support_of_her_suit_is_asked_for_and_decided() -> None:
    one = drafted(a_caseworker(), addressee=None)
    perform(one, "ask_support", actor=a_lead(), procuratorate=procuratorate().pk, now=START)
    perform(one, "decide_support", actor=a_prosecutor(), decision="supported", now=START + 9 * DAY)
    assert one.state == "settled"


def test_documents_are_numbered_without_gaps() -> None:
    worker, lead = a_caseworker(), a_lead()
    drafts = [drafted(worker) for _ in range(3)]
    for one in (drafts[2], drafts[0]):
        perform(one, "send", actor=lead, now=START, reply_by=date(2026, 3, 20))
    assert [one.serial for one in drafts] == [2, None, 1]


def refusal(one: Supervision, move: str, actor: Actor, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(one, move, actor=actor, now=START + DAY, **takes)
    return [need.name for need in refused.value.needs]


def test_nothing_is_sent_to_nobody() -> None:
    assert refusal(drafted(a_caseworker(), addressee=None), "send", a_lead()) == ["addressee_named"]


def test_no_opinion_before_the_answer_is_due() -> None:
    assert refusal(sent(a_caseworker()), "urge", a_lead()) == ["silent_or_inadequate"]


def test_an_inadequate_answer_may_be_urged_at_once_and_the_opinion_wants_its_own() -> None:
    one, lead = sent(a_caseworker()), a_lead()
    perform(one, "answer", actor=a_policeman(), answer="不予处理", now=START + DAY)
    perform(one, "urge", actor=lead, now=START + DAY, reply_by=date(2026, 4, 10))
    assert refusal(one, "ask_inspection", lead, reason="无答复") == ["silent_or_inadequate"]


def test_nothing_is_settled_without_an_answer() -> None:
    worker = a_caseworker()
    assert refusal(sent(worker), "settle", worker, reason="了结") == ["answered"]


def test_a_draft_is_not_seen_by_the_body_it_is_about() -> None:
    officer, one = a_policeman(), drafted(a_caseworker())
    before = Supervision.objects.visible_to(officer).count()
    perform(one, "send", actor=a_lead(), now=START)
    assert (before, Supervision.objects.visible_to(officer).count()) == (0, 1)


@pytest.mark.parametrize("stranger", [a_judge, lambda: a_caseworker(another_federation())])
def test_a_foreign_matter_is_like_none(stranger: Any) -> None:
    one = sent(a_caseworker())
    with pytest.raises(NotVisible):
        perform(one, "answer", actor=stranger(), answer="x")


def test_the_body_answers_from_its_inbox(client: Client) -> None:
    one = sent(a_caseworker())
    browser = signed_in(client, a_policeman())
    page = browser.get(reverse("casework:inbox")).content.decode()
    browser.post(reverse("workflow:move", args=["supervision", one.pk, "answer"]), {"answer": "正在办理"})
    one.refresh_from_db()
    assert ("请依法查处并书面答复" in page, one.answers) == (True, 1)


MATRIX = {
    "draft": "FL", "send": "L", "answer": "FLB", "urge": "L", "ask_inspection": "L", "pass_clue": "L", "note_suggestion": "FLB",
    "note_hearing": "FLB", "note_suit": "FLB", "rectify": "FLB", "ask_support": "L", "decide_support": "FLB", "settle": "FL",
    "give_up": "L", "drop": "FL",
}  # fmt: skip


@pytest.mark.parametrize("move", [FLOW.opening, *FLOW], ids=lambda move: move.name)
def test_who_may_make_a_move(move: Move) -> None:
    """F caseworker, L lead, B liaison of a body, O operator."""
    people = {"F": a_caseworker(), "L": a_lead(), "B": a_policeman(), "O": an_operator()}
    assert {letter for letter, actor in people.items() if move.who(actor)} == set(MATRIX[move.name])
