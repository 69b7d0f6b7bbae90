"""The labour authority calls an employer to a talk; what is not put right in time goes to labour inspection."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from casework.measures.joint_talk.models import JointTalk
from casework.measures.joint_talk.workflow import FLOW
from tests.casework.cases import a_case
from tests.papers import pdf_text, printed
from tests.people import (
    a_caseworker,
    a_lead,
    a_policeman,
    an_actor,
    an_agency,
    an_operator,
    another_federation,
    signed_in,
)
from workflow.engine import NotVisible, Unmet, begin, perform
from workflow.models import Deadline, OutboxMessage

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)
TALK: dict[str, Any] = {"talk_on": START + 7 * DAY, "place": "区人社局二楼会议室"}


def labour() -> Agency:
    return an_agency(AgencyKind.PARTNER, "扎赉诺尔区人力资源和社会保障局")


def union() -> Agency:
    return an_agency(AgencyKind.PARTNER, "扎赉诺尔区总工会")


def an_officer(body: Agency) -> Actor:
    return an_actor(Role.LIAISON, body)


def drafted(worker: Actor, **fields: Any) -> JointTalk:
    given: dict[str, Any] = {
        "subject": "pregnancy", "employer": "某商贸公司", "facts_of_matter": "该女职工怀孕后被降薪",
        "demand": "恢复原岗位待遇",
        "labour_office": labour().pk, "union": union().pk,
    } | fields  # fmt: skip
    made: JointTalk = begin(JointTalk, actor=worker, case=a_case(worker), now=START, **given)
    return made


def called(worker: Actor) -> JointTalk:
    one = drafted(worker)
    perform(one, "propose", actor=a_lead(), now=START)
    perform(one, "call", actor=an_officer(labour()), now=START + DAY, **TALK)
    return one


def held(worker: Actor) -> JointTalk:
    one = called(worker)
    perform(
        one,
        "hold",
        actor=an_officer(labour()),
        now=START + 7 * DAY,
        rectify_by=date(2026, 3, 24),
        said="承诺纠正",
    )
    return one


def needs_of(one: JointTalk, move: str, actor: Actor, now: datetime, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(one, move, actor=actor, now=now, **takes)
    return [need.name for need in refused.value.needs]


def test_it_lives_from_the_proposal_to_what_was_put_right() -> None:
    one = held(a_caseworker())
    perform(one, "report", actor=an_officer(union()), account="已恢复岗位", now=START + 12 * DAY)
    perform(one, "rectify", actor=an_officer(labour()), account="补发差额", now=START + 14 * DAY)
    clock = Deadline.objects.get(obj_id=one.pk)
    told = set(OutboxMessage.objects.filter(obj_id=one.pk).values_list("kind", flat=True))
    assert (one.state, one.number, clock.state, clock.is_policy) == (
        "rectified",
        "妇约〔2026〕1号",
        "met",
        True,
    )
    assert told == {"joint_talk_proposed", "joint_talk_called", "joint_talk_news"}


def test_time_given_anew_drops_the_old_clock_and_time_run_out_leads_to_inspection() -> None:
    worker = a_caseworker()
    one, officer = held(worker), an_officer(labour())
    early = needs_of(one, "hand_over", worker, START + 9 * DAY, reason="进展慢")
    perform(
        one, "allow_more", actor=officer, rectify_by=date(2026, 4, 3), reason="需走程序", now=START + 9 * DAY
    )
    perform(one, "hand_over", actor=worker, reason="仍未纠正", now=START + 40 * DAY)
    perform(one, "conclude", actor=officer, found="ordered", account="责令限期改正", now=START + 60 * DAY)
    states = sorted(Deadline.objects.filter(obj_id=one.pk).values_list("state", flat=True))
    assert (early, one.state, states) == (["talk_led_to_nothing"], "inspected", ["cancelled", "missed"])


def test_an_employer_who_does_not_come_may_be_handed_over() -> None:
    worker = a_caseworker()
    one = called(worker)
    early = needs_of(one, "hand_over", worker, START + 8 * DAY, reason="x")
    perform(one, "note_absence", actor=worker, reason="无人到场", now=START + 8 * DAY)
    perform(one, "hand_over", actor=worker, reason="拒不到场", now=START + 8 * DAY)
    assert (early, one.state, one.absences) == (["talk_led_to_nothing"], "inspection", 1)


def test_nobody_but_the_labour_authority_leads_and_the_time_lies_ahead() -> None:
    worker = a_caseworker()
    unnamed = needs_of(drafted(worker, labour_office=None), "propose", a_lead(), START)
    past = needs_of(called(worker), "hold", worker, START + 7 * DAY, rectify_by=date(2026, 3, 9), said="承诺")
    assert (unnamed, past) == (["labour_office_named"], ["time_after_talk"])


def test_each_side_sees_it_when_it_is_theirs_and_the_notice_names_no_woman(client: Client) -> None:
    worker = a_caseworker()
    one, officer, other = drafted(worker), an_officer(labour()), an_officer(union())

    def seen() -> list[int]:
        return [JointTalk.objects.visible_to(actor).count() for actor in (officer, other)]

    before = seen()
    perform(one, "propose", actor=a_lead(), now=START)
    asked = seen()
    page = signed_in(client, officer).get(reverse("casework:inbox")).content.decode()
    perform(one, "call", actor=officer, now=START + DAY, **TALK)
    text = pdf_text(printed("joint_talk_notice", one, worker), worker)
    assert (before, asked, seen()) == ([0, 0], [1, 0], [1, 1])
    assert "牵头约谈用人单位" in page
    assert [part in text for part in ("某商贸公司", "2026年3月9日", "第七十四条", one.case.alias)] == [
        True,
        True,
        True,
        False,
    ]
    for stranger in (a_policeman(), a_caseworker(another_federation())):
        with pytest.raises(NotVisible):
            perform(one, "note_absence", actor=stranger, reason="x")


MATRIX = {
    "draft": "FL", "propose": "L", "call": "FLB", "refuse": "FLB", "note_absence": "FLB", "call_again": "FLB", "hold": "FLB",
    "report": "FLB", "allow_more": "FLB", "rectify": "FLB", "hand_over": "FLB", "conclude": "FLB", "drop": "FL",
}  # fmt: skip


def test_who_may_make_a_move() -> None:
    """F caseworker, L lead, B liaison of a body, O operator."""
    people = {"F": a_caseworker(), "L": a_lead(), "B": a_policeman(), "O": an_operator()}
    found = {
        move.name: "".join(letter for letter, actor in people.items() if move.who(actor))
        for move in (FLOW.opening, *FLOW)
    }
    assert found == MATRIX
