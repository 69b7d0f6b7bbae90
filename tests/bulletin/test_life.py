"""A bulletin leaves the house only after a second person saw that nobody can be recognised in it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.bulletin.models import Bulletin
from casework.measures.bulletin.workflow import FLOW
from casework.plain import no_numbers
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    an_operator,
    another_federation,
    court,
    police,
    signed_in,
)
from workflow.engine import BadTakes, NotAllowed, NotNow, NotVisible, Unmet, begin, perform
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)
CLEAN: dict[str, Any] = {"no_names": True, "no_puzzle": True, "no_cells": True}


def drafted(worker: Actor, text: str = "一季度受理来电平稳，告诫书衔接顺畅") -> Bulletin:
    given: dict[str, Any] = {"kind": "brief", "heading": "一季度工作简报", "text": text}
    made: Bulletin = begin(Bulletin, actor=worker, agency_id=worker.agency_id, now=START, **given)
    return made


def approved(writer: Actor) -> Bulletin:
    one = drafted(writer)
    perform(one, "check", actor=a_caseworker(), **CLEAN)
    perform(one, "approve", actor=a_lead())
    return one


def test_it_lives_from_the_draft_to_the_receipt_and_is_withdrawn(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    one = approved(worker)
    hidden = Bulletin.objects.visible_to(officer).count()
    perform(one, "send", actor=worker, recipients=[police().pk, court().pk], now=START)
    browser = signed_in(client, officer)
    page = reverse("together:show", args=["bulletin", one.pk])
    waits = "请阅读并签收" in browser.get(reverse("casework:inbox")).content.decode()
    text = browser.post(page).content.decode()
    browser.post(reverse("workflow:move", args=["bulletin", one.pk, "acknowledge"]))
    one.refresh_from_db()
    gone = "请阅读并签收" in browser.get(reverse("casework:inbox")).content.decode()
    received, seen = one.received_by, "告诫书衔接顺畅" in text
    perform(one, "withdraw", actor=worker, reason="数据有误")
    told = OutboxMessage.objects.filter(obj_id=one.pk).values_list("kind", flat=True)
    assert (hidden, waits, seen, gone, received) == (0, True, True, False, [police().pk])
    assert (one.number, sorted(told)) == (
        "妇报〔2026〕1号",
        ["bulletin_sent"] * 2 + ["bulletin_withdrawn"] * 2,
    )
    assert browser.post(page).status_code == 404


def test_who_wrote_it_neither_checks_nor_approves_it() -> None:
    lead, other = a_lead(), a_caseworker()
    one = drafted(lead)
    with pytest.raises(NotAllowed):
        perform(one, "check", actor=lead, **CLEAN)
    perform(one, "check", actor=other, **CLEAN)
    with pytest.raises(NotAllowed):
        perform(one, "approve", actor=lead)
    perform(one, "approve", actor=a_lead())
    change: dict[str, Any] = {"kind": "brief", "heading": "改后的标题", "text": "改后的正文"}
    perform(one, "revise", actor=other, **change)
    with pytest.raises(NotNow):
        perform(one, "send", actor=other, recipients=[police().pk])
    with pytest.raises(NotAllowed):
        perform(one, "check", actor=other, **CLEAN)


def test_nothing_is_sent_in_which_somebody_could_be_recognised() -> None:
    worker = a_caseworker()
    with pytest.raises(Unmet) as refused:
        perform(drafted(worker), "check", actor=a_caseworker(), **CLEAN | {"no_puzzle": False})
    assert [need.name for need in refused.value.needs] == ["nobody_recognised"]
    wrong = ("电话１３８４７００１２３４", "身份证150703199001011234", "住灵泉镇3号楼2单元", "138 4700 1234")
    for text in wrong:
        with pytest.raises(BadTakes) as numbered:
            drafted(worker, text)
        assert list(numbered.value.form.errors) == ["text"]
    no_numbers("2026年3月8日前，各街道完成第1期培训，热线12338")


def test_a_foreign_bulletin_is_like_none_and_each_move_has_its_people() -> None:
    one = approved(a_caseworker())
    perform(one, "send", actor=a_lead(), recipients=[police().pk])
    for stranger in (a_judge(), a_caseworker(another_federation())):
        with pytest.raises(NotVisible):
            perform(one, "acknowledge", actor=stranger)
    people = {"F": a_caseworker(), "L": a_lead(), "B": a_policeman(), "O": an_operator()}
    moves = (FLOW.opening, *FLOW)
    found = {m.name: "".join(k for k, actor in people.items() if m.who(actor)) for m in moves}
    assert found == {
        "draft": "FL", "revise": "FL", "check": "FL", "send_back": "FL", "approve": "L", "send": "FL", "acknowledge": "B",
        "withdraw": "FL", "drop": "FL",
    }  # fmt: skip
