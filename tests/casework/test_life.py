"""The story of a case: taken in, found to be deadly, worked on, closed, looked after, archived."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import services
from tests.casework.cases import ALL_NO, a_case, answers, close, with_victim
from tests.people import a_caseworker, a_lead
from workflow.engine import perform
from workflow.models import Deadline, StepRecord

pytestmark = pytest.mark.django_db


def running(case: object) -> set[str]:
    return set(Deadline.objects.live().filter(obj_id=case.pk).values_list("clock", flat=True))  # type: ignore[attr-defined]


def test_a_case_lives_from_intake_to_the_archive() -> None:
    worker, leader = a_caseworker(), a_lead()
    case = a_case(worker, cause="丈夫酒后动手", wish="想先住到姐姐家")
    with_victim(case, worker)
    assert (case.state, running(case)) == ("intake", {"ppo_inform_right"})

    services.inform_rights(case, actor=worker, how="当面告知")
    services.assess_danger(case, actor=worker, answers=answers("1", unknown=("F1",)) | {"F2": "yes"})
    case.refresh_from_db()
    assert (case.state, case.danger, running(case)) == ("assessed", "high", {"wf_high_risk_escalation"})

    services.record_escalation(case, actor=worker, told="已告知派出所与满洲里市妇联")
    assert running(case) == set()

    services.assign_case(case, actor=leader, user_id=worker.user_id)
    case.refresh_from_db()
    perform(case, "activate", actor=worker)
    services.answer_children(case, actor=worker, answer=True)
    services.assess_danger(case, actor=worker, answers=ALL_NO, trigger="review")
    case.refresh_from_db()
    perform(case, "monitor", actor=worker, reason="已分居，情况平稳")
    close(case, worker, follow_up_on=timezone.localdate() + timedelta(days=7))
    assert (case.state, running(case)) == ("closed", {"wf_post_close_follow_up"})

    perform(case, "record_follow_up", actor=worker, safe="yes")
    perform(case, "archive", actor=leader)
    perform(case, "reopen", actor=worker, reason="再次受暴")
    waiting = case.tasks.filter(done_at=None).values_list("kind", "reason")
    assert set(waiting) == {("wf_visit", ""), ("reassess_danger", "reopened")}
    moves = list(StepRecord.objects.filter(obj_id=case.pk).values_list("move", flat=True))
    assert (case.state, moves) == (
        "active",
        ["open", "inform_rights", "assess", "escalate", "activate", "reassess", "monitor", "close",
         "record_follow_up", "archive", "reopen"],
    )  # fmt: skip
