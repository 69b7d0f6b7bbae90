"""A round from its plan to the board: what units may enter, who checks, who approves, what is frozen, whom it warns."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from monitor.entry import Row, save
from monitor.models import EarlyWarning, Publication, Round, Submission, Value
from tests.monitor.rounds import (
    a_chair,
    bureau,
    collecting,
    good_rows,
    health,
    office,
    past,
    published,
    responsible,
    row,
)
from tests.people import a_judge, a_supervisor
from workflow.engine import NotAllowed, Unmet, begin, perform

pytestmark = pytest.mark.django_db


def faults(submission: Submission, *rows: Row) -> list[tuple[str, str]]:
    save(submission, rows, actor=health())
    return [(one.slot.indicator.code, name) for one in rows for name, _text in one.faults]


def test_a_round_lives_from_its_plan_to_the_archive() -> None:
    past("D1.04b", 270, 262, 255, 248)
    responsible("D1.T4")
    one = published()
    board = Publication.objects.get(round=one)
    coverage, deaths = (board.content["indicators"][code] for code in ("D1.04b", "D1.02a"))
    assert (coverage["status"], coverage["level"], coverage["values"][-1]) == ("hard", "red", [2025, "60"])
    assert (deaths["status"], deaths["values"]) == ("not_measurable", [[2025, None]])
    assert (board.content["reached"], board.content["monitorable"], board.version) == (1, 2, 1)
    assert {value.status for value in Value.objects.filter(round=one, version=2)} == {"final"}
    warning = EarlyWarning.objects.get(indicator="D1.04b")
    assert (warning.level, "chance_red" in warning.reasons) == ("red", True)
    perform(one, "correct", actor=bureau(), remark="更正一处")
    assert Round.objects.get().state == "validating"


def test_a_warning_is_answered_and_closed_only_on_the_next_value() -> None:
    past("D1.04b", 270, 262, 255, 248)
    responsible("D1.T4")
    published()
    warning, unit = EarlyWarning.objects.get(indicator="D1.04b"), health()
    perform(warning, "acknowledge", actor=unit)
    perform(warning, "respond", actor=unit, due_on="2027-06-30", response="增加两轮筛查")
    with pytest.raises(Unmet):
        perform(warning, "close", actor=office(), outcome="好转")
    warning.latest_year = 2026
    warning.acting(unit).save()
    perform(warning, "close", actor=office(), outcome="好转")
    assert warning.state == "closed" and warning.response == "增加两轮筛查"


def test_whoever_planned_cannot_approve_and_the_group_must_be_known() -> None:
    one, _submission = collecting()
    perform(one, "close", actor=bureau())
    with pytest.raises(Unmet):
        perform(one, "hand_up", actor=bureau())
    chair = a_chair()
    perform(one, "hand_up", actor=bureau())
    with pytest.raises(NotAllowed):
        perform(one, "approve", actor=bureau())
    perform(one, "send_back", actor=chair, remark="补充说明")
    assert (one.state, one.remark) == ("validating", "补充说明")


def test_a_unit_hands_in_only_when_everything_has_an_answer_and_unknown_is_one() -> None:
    _round, submission = collecting()
    rows = good_rows()
    save(submission, rows[:-1], actor=health())
    with pytest.raises(Unmet):
        perform(submission, "hand_in", actor=health())
    assert save(submission, [row("D1.10a", "m", answer="unknown")], actor=health()) == 1
    assert save(submission, [row("D1.10a", "m", answer="unknown")], actor=health()) == 0
    perform(submission, "hand_in", actor=health())
    kept = {value.indicator: (value.answer, value.x) for value in Value.objects.filter(sex="m")}
    assert kept == {"D1.10a": ("unknown", None)}


def test_nought_unknown_and_not_applicable_are_kept_apart() -> None:
    _round, submission = collecting()
    save(
        submission,
        [row("D1.02a", x=0, n=400), row("D1.02b", answer="unknown"), row("D1.04b", answer="not_applicable")],
        actor=health(),
    )
    kept = {value.indicator: (value.answer, value.x) for value in Value.objects.all()}
    assert kept == {"D1.02a": ("number", 0), "D1.02b": ("unknown", None), "D1.04b": ("not_applicable", None)}
    assert [slot.indicator.code for slot in submission.unanswered()] == ["D1.10a"] * 3


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"x": 401, "n": 400}, "x"), ({"x": 4}, "n"), ({"x": "四", "n": 4}, "x"), ({"x": -1, "n": 4}, "x"),
        ({"x": 1, "n": 0}, "n"), ({"number": 101}, "number"), ({"number": "1e99"}, "number"),
        ({"x": 1, "n": 2, "number": 50}, "number"), ({"answer": "unknown", "number": 5}, "number"),
        ({"answer": "perhaps"}, "answer"), ({"number": 95, "source": "张某 13800138000"}, "source"),
        ({"number": "=1+1"}, "number"), ({"number": "NaN"}, "number"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_at_its_field_and_nothing_is_saved(given: dict[str, Any], fault: str) -> None:
    _round, submission = collecting()
    assert faults(submission, row("D1.04b", x=240, n=400), row("D1.02b", **given)) == [("D1.02b", fault)]
    assert not Value.objects.exists()


def test_a_rate_of_few_people_comes_with_its_counts() -> None:
    _round, submission = collecting()
    assert faults(submission, row("D1.02a", number=250)) == [("D1.02a", "x")]


def test_the_sexes_make_up_the_whole_and_a_leap_is_explained() -> None:
    past("D1.04b", 150, first=2024)
    _round, submission = collecting()
    wrong = [row("D1.10a", x=90, n=300), row("D1.10a", "f", x=40, n=150), row("D1.10a", "m", x=51, n=150)]
    assert faults(submission, *wrong) == [("D1.10a", "x")]
    assert faults(submission, row("D1.04b", x=240, n=400)) == [("D1.04b", "explanation")]
    assert faults(submission, row("D1.04b", x=240, n=400, explanation="新增移动筛查车")) == []


def test_values_and_publications_are_never_changed() -> None:
    published()
    for rows, changed in ((Value.objects.all(), {"x": 2}), (Publication.objects.all(), {"version": 9})):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**changed)


def test_who_has_no_part_in_the_plan_sees_nothing_of_it() -> None:
    published()
    models = (Round, Submission, EarlyWarning, Value)
    for actor in (a_judge(), a_supervisor()):
        assert [model.objects.visible_to(actor).count() for model in models] == [0, 0, 0, 0]
    assert [model.objects.visible_to(office()).count() for model in (Round, Submission, Value)] == [1, 0, 0]


def test_two_rounds_of_one_year_do_not_run_beside_each_other() -> None:
    first = published()
    due = timezone.localdate() + timedelta(days=9)
    planner = bureau()
    second = begin(
        Round,
        actor=planner,
        area_id=first.area_id,
        planner_id=planner.user_id,
        kind="mid_term",
        year=2025,
        due_on=due,
    )
    perform(second, "call", actor=bureau())
    with pytest.raises(Unmet):
        perform(first, "correct", actor=bureau(), remark="更正")
    submission = Submission.objects.get(round=second)
    assert save(submission, [row("D1.04b", x=250, n=400)], actor=health()) == 1
    assert Value.objects.get(indicator="D1.04b", version=3).status == "revised"
    assert Publication.objects.get().content["indicators"]["D1.04b"]["values"] == [
        [2025, "60"]
    ]  # until it is published
