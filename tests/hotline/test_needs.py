"""One refusal per need of a call, each with its reason; and what is not refused."""

from typing import Any

import pytest
from django.utils import timezone

from hotline.services import close_without_data
from hotline.workflow import FLOW
from tests.casework.cases import close, ready_to_close
from tests.hotline.calls import NO_SCALE, a_call, finished
from tests.people import a_caseworker, a_lead, an_operator, police
from workflow.engine import BadTakes, NotAllowed, NotNow, Unmet, perform

pytestmark = pytest.mark.django_db
FATAL: dict[str, Any] = NO_SCALE | {"danger_F1": "yes"}


def unmet(outcome: str, **typed: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        finished(outcome, **typed)
    return [need.name for need in refused.value.needs]


@pytest.mark.parametrize("outcome", ["advise", "open_case", "transfer"])
def test_safety_is_asked_before_anything_else(outcome: str) -> None:
    assert unmet(outcome, safety="", transferred_to=police().pk, to_whom="已通话") == ["safety_asked"]


@pytest.mark.parametrize("outcome", ["advise", "open_case", "transfer"])
def test_her_rights_are_told_first(outcome: str) -> None:
    typed = {"rights_informed": "", "transferred_to": police().pk, "to_whom": "已通话"}
    assert unmet(outcome, **typed) == ["rights_told"]


def test_why_her_rights_could_not_be_told_is_enough() -> None:
    call = finished("advise", rights_informed="", rights_not_told_reason="她突然挂断了")
    assert call.state == "advised"


def test_an_endangered_caller_is_not_kept_waiting_for_an_explanation() -> None:
    call = finished("open_case", safety="unsafe", rights_informed="")
    assert (call.state, call.case and call.case.rights_informed_at) == ("case_opened", None)


def test_a_matter_without_violence_owes_no_protection_order() -> None:
    assert finished("advise", rights_informed="", matter="employment_discrimination").state == "advised"


@pytest.mark.parametrize(
    "danger",
    [FATAL, {"safety": "unsafe"}, {"safety": "cannot_speak", "tap_danger": "yes"},
     {"judged_level": "high", "judged_reason": "他带刀在楼下"}],
)  # fmt: skip
def test_danger_is_never_closed_as_advice(danger: dict[str, str]) -> None:
    assert unmet("advise", **danger) == ["not_in_danger"]


def test_the_article_stands_beside_the_refusal() -> None:
    laws = {need.name: need.law for move in FLOW for need in move.needs}
    assert (laws["not_in_danger"], laws["nobody_in_danger"], laws["rights_told"]) == ("F03", "F03", "P13")


def test_the_duty_leader_decides_with_a_reason() -> None:
    lead = a_lead()
    call = finished("decide_advised", lead, decision="她已在派出所，由民警立案", **FATAL)
    assert (call.state, call.danger) == ("advised", "high")


def test_an_operator_decides_no_such_thing() -> None:
    with pytest.raises(NotAllowed):
        finished("decide_advised", decision="她说没事", **FATAL)


def test_a_decision_without_a_reason_is_none() -> None:
    lead = a_lead()
    with pytest.raises(BadTakes):
        perform(a_call(lead), "decide_advised", actor=lead, decision="")


def test_a_closed_case_takes_no_call() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker)
    assert unmet("join_case", case=str(case.pk)) == ["case_still_open"]


def test_joining_names_a_case() -> None:
    operator = an_operator()
    with pytest.raises(Unmet) as refused:
        perform(a_call(operator), "join_case", actor=operator)
    assert "case_linked" in [need.name for need in refused.value.needs]


def test_only_certain_kinds_leave_nothing() -> None:
    operator = an_operator()
    with pytest.raises(Unmet) as refused:
        close_without_data(call=a_call(operator), kind="self", actor=operator, now=timezone.now())
    assert [need.name for need in refused.value.needs] == ["kind_without_data"]


@pytest.mark.parametrize("typed", [FATAL, {"safety": "unsafe"}, {"tap_danger": "yes"}])
def test_a_silent_caller_in_danger_leaves_a_record(typed: dict[str, str]) -> None:
    operator = an_operator()
    call = a_call(operator)
    with pytest.raises(Unmet) as refused:
        close_without_data(call=call, kind="silent", actor=operator, now=call.started_at, typed=typed)
    assert [need.name for need in refused.value.needs] == ["nobody_in_danger"]


def test_a_call_is_closed_once() -> None:
    call = finished("advise")
    with pytest.raises(NotNow):
        finished("open_case", call=call)
