"""One refusal per need of the plan's lives."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from monitor.entry import save
from monitor.models import PlanReport, Round
from tests.monitor.rounds import (
    a_chair,
    a_paper,
    a_plan_report,
    a_round,
    an_early_warning,
    an_inspection,
    bureau,
    collecting,
    good_rows,
    health,
    office,
)
from tests.people import district
from tests.workflow.refusals import missing, wrong_fields
from workflow.engine import Unmet, begin, perform

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PARTS = ("attainment", "effect", "experience", "problems", "outlook", "suggestions")


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Unmet) as refusal:
        act()
    return [need.name for need in refusal.value.needs]


def plan(**given: Any) -> Round:
    planner, today = bureau(), timezone.localdate()
    takes: dict[str, Any] = {"kind": "annual", "year": 2025, "due_on": today, **given}
    return begin(Round, actor=planner, area=district(), planner_id=planner.user_id, **takes)


def test_a_round_is_planned_once_for_a_year_that_is_over_and_a_day_ahead() -> None:
    today = timezone.localdate()
    found = [refused(lambda: plan(year=today.year)), refused(lambda: plan(due_on=today - DAY))]
    plan()
    assert [*found, refused(plan)] == [["year_is_over"], ["due_ahead"], ["only_round"]]


def test_a_round_is_called_when_somebody_reports_and_no_other_runs() -> None:
    nobody = plan()
    assert refused(lambda: perform(nobody, "call", actor=bureau())) == ["somebody_reports"]
    first, second = a_round(2024), plan(kind="mid_term", year=2024)
    perform(first, "call", actor=bureau())
    assert refused(lambda: perform(second, "call", actor=bureau())) == ["no_other_open"]


def test_a_round_goes_up_checked_and_to_a_group_that_is_known() -> None:
    one, submission = collecting()
    save(submission, good_rows(), actor=health())
    perform(submission, "hand_in", actor=health())
    perform(one, "close", actor=bureau())

    def hand_up() -> object:
        return perform(one, "hand_up", actor=bureau())

    assert refused(hand_up) == ["nothing_unchecked", "leading_group_known"]
    a_chair()
    assert refused(hand_up) == ["nothing_unchecked"]
    perform(submission, "accept", actor=bureau())
    hand_up()
    give_back = lambda: perform(submission, "give_back", actor=bureau(), remark="口径不符")  # noqa: E731
    assert refused(give_back) == ["round_is_open"]


def test_a_unit_hands_in_with_every_answer_and_while_the_round_takes_reports() -> None:
    one, submission = collecting()
    hand_in = lambda: perform(submission, "hand_in", actor=health())  # noqa: E731
    save(submission, good_rows()[:-1], actor=health())
    assert refused(hand_in) == ["everything_answered"]
    save(submission, good_rows()[-1:], actor=health())
    a_chair()
    for move in ("close", "hand_up"):
        perform(one, move, actor=bureau())
    assert refused(hand_in) == ["round_takes_reports"]


def test_a_warning_is_closed_on_the_next_value() -> None:
    warning, unit = an_early_warning(), health()
    perform(warning, "acknowledge", actor=unit)
    perform(warning, "respond", actor=unit, due_on=timezone.localdate(), response="增加两轮筛查")
    assert refused(lambda: perform(warning, "close", actor=office(), outcome="好转")) == ["next_value_known"]


def test_an_annual_paper_says_what_comes_next() -> None:
    paper, unit = a_paper(), health()
    perform(paper, "write", actor=unit, done="完成两轮筛查")
    assert refused(lambda: perform(paper, "hand_in", actor=unit)) == ["written"]


@pytest.mark.parametrize(
    ("move", "takes"), [("clear", {}), ("find", {"findings": "台账不全", "due_on": "2031-01-01"})]
)
def test_an_inspection_has_a_result_once_it_has_been(move: str, takes: dict[str, Any]) -> None:
    one = an_inspection(held_on=timezone.localdate() + DAY)
    assert refused(lambda: perform(one, move, actor=office(), **takes)) == ["has_been"]


def test_a_report_stands_on_something_published() -> None:
    writer = office()
    given: dict[str, Any] = {"writer_id": writer.user_id, "kind": "annual"}
    assert refused(lambda: begin(PlanReport, actor=writer, area=district(), **given)) == [
        "something_published"
    ]


def test_a_report_has_six_parts_and_leaves_no_comment_without_a_reply() -> None:
    report, writer = a_plan_report(), office()
    a_chair()
    given: dict[str, Any] = dict.fromkeys(PARTS[:-1], "本部分内容")
    perform(report, "write", actor=writer, **given)
    assert refused(lambda: perform(report, "circulate", actor=writer)) == ["six_parts"]
    perform(report, "write", actor=writer, suggestions="本部分内容")
    perform(report, "circulate", actor=writer)
    assert missing(report, "reply", writer) == ["some_unanswered"]
    reply: dict[str, Any] = {"which": "1", "reply": "已注明"}
    assert wrong_fields(lambda: perform(report, "reply", actor=writer, **reply)) == ["which"]
    perform(report, "comment", actor=health(), comment="筛查率口径请注明")
    assert refused(lambda: perform(report, "hand_up", actor=writer)) == ["all_answered"]
