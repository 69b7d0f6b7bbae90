"""The danger rule as a table: unanswered is not no."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework import services
from casework.models import Task
from casework.tools import current_tool, may_raise, score
from privacy.audit import Purpose
from privacy.reading import reveal
from tests.casework.cases import ALL_NO, a_case, answers
from tests.people import a_caseworker, a_lead

TABLE = [
    ({}, "undetermined"),
    (ALL_NO, "low"),
    (answers("1", "2", "3"), "low"),
    (answers("1", "2", "3", unknown=("4",)), "undetermined"),
    (answers("1", "2", "3", unknown=("F1",)), "undetermined"),
    (answers(unknown=("9",)), "undetermined"),
    (answers("1", "2", "3", "4"), "medium"),
    (answers("1", "2", "3", "4", "5"), "medium"),
    (answers("1", "2", "3", "4", unknown=("5", "6", "7", "8", "9", "F1", "F2")), "medium"),
    (answers("1", "2", "3", "4", "5", "6"), "high"),
    (answers("1", "2", "3", "4", "5", "6", "7", "8", "9"), "high"),
    (answers("1", "2", "3", "4", "5", "6", unknown=("7", "8", "9", "F1", "F2")), "high"),
    (answers("F1"), "high"),
    (answers("F2"), "high"),
    ({"F2": "yes"}, "high"),
]


@pytest.mark.parametrize(("given", "level"), TABLE)
def test_the_rule(given: dict[str, str], level: str) -> None:
    assert score(current_tool(), given).level == level


def test_the_scale_has_nine_questions_and_two_signs() -> None:
    assert current_tool().keys == ("1", "2", "3", "4", "5", "6", "7", "8", "9", "F1", "F2")


@pytest.mark.parametrize(
    ("computed", "level", "allowed"),
    [("low", "high", True), ("undetermined", "medium", True), ("undetermined", "low", False),
     ("medium", "low", False), ("high", "medium", False), ("high", "high", False)],
)  # fmt: skip
def test_judgement_goes_upward_only(computed: str, level: str, allowed: bool) -> None:
    assert may_raise(computed, level) is allowed


@pytest.mark.django_db
def test_answers_are_kept_not_only_the_sum() -> None:
    worker = a_caseworker()
    row = services.assess_danger(a_case(worker), actor=worker, answers={"1": "yes", "2": "no"})
    kept = reveal(row, "answers", actor=worker, purpose=Purpose.CASEWORK)["answers"]
    assert (kept["1"], kept["2"], kept["F1"], row.yes_count, row.unknown_count) == (
        "yes",
        "no",
        "unknown",
        1,
        9,
    )


@pytest.mark.django_db
def test_a_worker_judges_higher_and_says_why() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    row = services.override_danger(case, actor=worker, level="high", reason="刚刚出狱，扬言报复")
    case.refresh_from_db()
    assert (row.computed, row.level, row.overridden, case.danger) == ("low", "high", True, "high")


@pytest.mark.django_db
@pytest.mark.parametrize(("level", "reason"), [("low", "看着没事"), ("high", " ")])
def test_a_judgement_downward_or_without_reason_is_refused(level: str, reason: str) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=answers("1", "2", "3", "4"))
    with pytest.raises(ValidationError):
        services.override_danger(case, actor=worker, level=level, reason=reason)


@pytest.mark.django_db
def test_an_unknown_question_is_refused() -> None:
    worker = a_caseworker()
    with pytest.raises(ValidationError):
        services.assess_danger(a_case(worker), actor=worker, answers={"10": "yes"})


@pytest.mark.django_db
def test_the_scale_says_nothing_about_a_child() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_abuse", relation="2_parent_child")
    row = services.assess_danger(case, actor=worker, answers=answers("F1"))
    assert row.level == "not_applicable"


@pytest.mark.django_db
def test_the_duty_leader_judges_where_no_scale_fits() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_abuse", relation="2_parent_child")
    row = services.judge_danger(case, actor=a_lead(), level="medium", reason="班主任已介入")
    case.refresh_from_db()
    assert (row.tool, case.danger, case.state) == ("judgement", "medium", "assessed")


@pytest.mark.django_db
def test_anybody_may_raise_the_alarm_but_not_lower_it() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="elder_abuse", relation="2_parent_child")
    with pytest.raises(PermissionDenied):
        services.judge_danger(case, actor=worker, level="low", reason="老人说没事")
    services.judge_danger(case, actor=worker, level="high", reason="不给老人吃药")
    case.refresh_from_db()
    assert case.danger == "high"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "why"),
    [("separation", "separation"), ("order_served", "order_served"), ("divorce_filed", "divorce_filed"),
     ("perpetrator_released", "perpetrator_released"), ("warning_letter_served", "letter_served")],
)  # fmt: skip
def test_what_changes_the_danger_asks_for_a_new_look(kind: str, why: str) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    services.record_happening(case, actor=worker, kind=kind)
    services.record_happening(case, actor=worker, kind=kind)
    assert list(Task.objects.filter(case=case).values_list("kind", "reason")) == [("reassess_danger", why)]


@pytest.mark.django_db
def test_a_new_assessment_settles_the_question() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    services.record_incident(case, actor=worker, forms=["physical"], account="再次推搡")
    services.assess_danger(case, actor=worker, answers=answers("1"), trigger="new_incident")
    assert Task.objects.filter(case=case, done_at=None).count() == 0
