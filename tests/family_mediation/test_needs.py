"""One refusal per need, each with its article; where the danger is high nothing gets through."""

from typing import Any

import pytest

from casework import services
from casework.measures.family_mediation.models import FamilyMediation
from casework.models import Case
from tests.casework.cases import ALL_NO, a_case
from tests.family_mediation.mediations import a_marriage_case, a_mediation, talking
from tests.family_mediation.test_life import TERMS
from tests.people import a_caseworker
from workflow.engine import BadTakes, Unmet, perform

pytestmark = pytest.mark.django_db


def unmet(mediation: FamilyMediation, move: str, **takes: Any) -> list[tuple[str, str]]:
    with pytest.raises(Unmet) as refused:
        perform(mediation, move, actor=a_caseworker(), **takes)
    return [(need.name, need.law) for need in refused.value.needs]


def refused_plan(worker: Any, case: Case, **fields: Any) -> list[tuple[str, str]]:
    with pytest.raises(Unmet) as refused:
        a_mediation(worker, case, **fields)
    return [(need.name, need.law) for need in refused.value.needs]


def raise_danger(case: Case, worker: Any) -> None:
    services.judge_danger(case, actor=worker, level="high", reason="有凶器威胁")
    case.refresh_from_db()


def test_high_danger_forbids_it_with_the_article() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO | {"F1": "yes"})
    case.refresh_from_db()
    assert refused_plan(worker, case) == [("danger_not_high", "F03")]


@pytest.mark.parametrize("matter", ["marriage_family", "elder_abuse"])
def test_a_leader_who_judges_the_danger_high_ends_it_in_every_matter(matter: str) -> None:
    worker = a_caseworker()
    case = a_marriage_case(worker, matter=matter)
    raise_danger(case, worker)
    assert refused_plan(worker, case) == [("danger_not_high", "F03")]


def test_no_talk_and_no_agreement_once_the_danger_is_high() -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    raise_danger(mediation.case, worker)
    found = [unmet(mediation, "hold", signs=False), unmet(mediation, "agree", **TERMS)]
    assert found == [[("danger_not_high", "F03")]] * 2


def test_violence_of_unknown_danger_is_assessed_first() -> None:
    worker = a_caseworker()
    assert refused_plan(worker, a_case(worker)) == [("danger_known", "F03")]


@pytest.mark.parametrize(
    ("field", "need"), [("asked_apart", ("asked_apart", "F03")), ("both_willing", ("both_willing", "A05"))]
)
def test_both_are_asked_alone_and_both_want_it(field: str, need: tuple[str, str]) -> None:
    worker = a_caseworker()
    assert refused_plan(worker, a_marriage_case(worker), **{field: False}) == [need]


def test_a_talk_with_signs_of_violence_is_no_talk() -> None:
    assert unmet(a_mediation(), "hold", signs=True, talk="她不敢抬头") == [("no_signs_of_violence", "F03")]


def test_the_question_about_violence_cannot_be_left_out() -> None:
    with pytest.raises(BadTakes):
        perform(a_mediation(), "hold", actor=a_caseworker(), talk="照常")


def test_an_agreement_is_signed_by_both() -> None:
    worker = a_caseworker()
    assert unmet(talking(worker), "agree", **(TERMS | {"signed": False})) == [("signed_by_both", "")]
