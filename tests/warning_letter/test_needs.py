"""One refusal per need, each with its reason; and what is not refused."""

from typing import Any

import pytest

from agencies.actor import Actor
from casework import services
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, a_policeman
from tests.protection_orders.orders import a_full_case, at
from tests.warning_letter.letters import FAR, letter_in, with_plan
from workflow.engine import Unmet, perform
from workflow.when import When

pytestmark = pytest.mark.django_db


def unmet(letter: WarningLetter, move: str, actor: Actor | None = None, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(letter, move, actor=actor or a_policeman(), **takes)
    return [need.name for need in refused.value.needs]


def a_child_case(worker: Actor, *, relation: str = "2_parent_child", **victim: Any) -> Case:
    case = a_case(worker, matter="child_abuse", relation=relation)
    with_victim(case, worker, age=9, **victim)
    services.add_person(case, actor=worker, role="respondent", name="赵某强", sex="m")
    services.record_incident(case, actor=worker, forms=["physical"])
    case.refresh_from_db()
    return with_plan(case, worker)


def test_the_letter_must_say_who_did_it() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    services.record_incident(case, actor=worker, forms=["physical"])
    case.refresh_from_db()
    assert unmet(letter_in("accepted", worker, case=case), "issue") == ["perpetrator_known"]


def test_the_letter_must_state_the_facts() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.add_person(case, actor=worker, role="respondent", name="赵某强")
    assert unmet(letter_in("accepted", worker, case=case), "issue") == ["facts_recorded"]


@pytest.mark.parametrize("before", ["letter", "penalty"])
def test_a_letter_again_in_place_of_punishment_needs_a_reason(before: str) -> None:
    worker = a_caseworker()
    first = letter_in("served" if before == "letter" else "accepted", worker)
    if before == "penalty":
        perform(first, "penalise", actor=a_policeman(), penalty="fine")
    second = letter_in("accepted", worker, case=first.case)
    refused = unmet(second, "issue")
    perform(second, "issue", actor=a_policeman(), second_letter_reason="对象不同，另一加害人")
    assert (refused, second.state) == (["first_letter_or_reasoned"], "issued")


def test_a_refused_request_is_no_earlier_letter() -> None:
    worker = a_caseworker()
    first = letter_in("accepted", worker)
    perform(first, "refuse", actor=a_policeman(), reason="证据不足")
    assert letter_in("issued", worker, case=first.case).state == "issued"


def test_the_notice_is_noted_once() -> None:
    letter = letter_in("issued", a_caseworker())
    perform(letter, "note_notice", actor=a_policeman())
    assert unmet(letter, "note_notice") == ["notice_not_yet_noted"]


def test_is_there_a_safety_plan_before_service_is_asked_for() -> None:
    worker = a_caseworker()
    letter = letter_in("issued", worker, case=a_full_case(worker))
    refused = unmet(letter, "ask_service", worker)
    with_plan(letter.case, worker)
    perform(letter, "ask_service", actor=worker)
    assert (refused, letter.state) == (["safety_plan_ready"], "service_asked")


def test_a_letter_is_served_once() -> None:
    letter = letter_in("served", a_caseworker())
    perform(letter, "report_relapse", actor=a_policeman(), account="再犯")
    assert unmet(letter, "serve") == ["not_yet_served"]


def test_a_refused_signature_is_on_video() -> None:
    letter = letter_in("service_asked", a_caseworker())
    refused = unmet(letter, "serve", refused_to_sign=True)
    perform(letter, "serve", actor=a_policeman(), refused_to_sign=True, refusal_on_video=True)
    assert (refused, letter.state) == (["refusal_noted_on_video"], "served")


@pytest.mark.parametrize("flags", [["incapable"], ["minor"]])
def test_who_lacks_capacity_is_served_through_a_guardian(flags: list[str]) -> None:
    worker = a_caseworker()
    letter = letter_in("service_asked", worker, case=with_plan(a_full_case(worker, flags=flags), worker))
    answers = [unmet(letter, "serve"), unmet(letter, "serve", served_to="victim")]
    perform(letter, "serve", actor=a_policeman(), served_to="guardian")
    assert (answers, letter.state) == ([["guardian_served"], ["guardian_served"]], "served")


@pytest.mark.parametrize("relation", ["2_parent_child", "X5_guardian"])
def test_the_perpetrator_receives_no_copy_as_guardian(relation: str) -> None:
    worker = a_caseworker()
    letter = letter_in("service_asked", worker, case=a_child_case(worker, relation=relation))
    refused = unmet(letter, "serve", served_to="guardian")
    perform(letter, "serve", actor=a_policeman(), served_to="civil_affairs")
    assert (refused, letter.state) == (["guardian_not_perpetrator"], "served")


def test_a_guardian_who_is_suspected_is_marked_so_on_the_child() -> None:
    worker = a_caseworker()
    case = a_child_case(worker, relation="6_household", flags=["guardian_is_suspect"])
    letter = letter_in("service_asked", worker, case=case)
    assert unmet(letter, "serve", served_to="guardian") == ["guardian_not_perpetrator"]


@pytest.mark.parametrize("move", ["visit_relapse", "resume"])
def test_what_follows_service_waits_for_it(move: str) -> None:
    letter = letter_in("issued", a_caseworker())
    perform(letter, "report_relapse", actor=a_policeman(), account="再犯")
    takes: dict[str, Any] = (
        {"reason": "已处理"} if move == "resume" else {"found_by": "police", "account": "再犯"}
    )
    assert unmet(letter, move, **takes) == ["served_before"]


def test_the_visits_end_after_three_clean_ones_in_a_row() -> None:
    officer = a_policeman()
    letter = letter_in("served", a_caseworker())
    refused = []
    for day in ("2026-03-10", "2026-06-09", "2026-09-08"):
        perform(letter, "visit_clean", actor=officer, at=at(day), found_by="police")
        refused.append(unmet(letter, "end"))
    perform(letter, "visit_clean", actor=officer, at=at("2026-11-20"), found_by="police")
    perform(letter, "end", actor=officer)
    assert (refused, letter.state) == ([["three_clean_visits"]] * 3, "ended")


def test_where_the_house_counts_the_first_visit_two_more_are_enough(settings: Any) -> None:
    settings.LETTER_COUNTS_FIRST_VISIT = True
    officer = a_policeman()
    letter = letter_in("served", a_caseworker())
    for day in ("2026-03-10", "2026-06-09", "2026-09-08"):
        perform(letter, "visit_clean", actor=officer, at=at(day), found_by="police")
    perform(letter, "end", actor=officer)
    assert letter.state == "ended"


@pytest.mark.parametrize("day", ["2025-12-31", None])
def test_defiance_before_2026_is_not_punished_by_itself(day: str | None) -> None:
    letter = letter_in(
        "served", a_caseworker(),
        times={state: f"2025-12-0{n} 10:00" for n, state in enumerate(FAR, 1)},
    )  # fmt: skip
    officer = a_policeman()
    when = at(day) if day else When.unknown()
    perform(letter, "report_relapse", actor=officer, relapse_kind="defiance", account="继续纠缠", at=when)
    refused = unmet(letter, "punish", ground="defiance", penalty="fine")
    perform(letter, "punish", actor=officer, ground="violence", penalty="fine")
    assert (refused, letter.state) == (["defiance_punishable"], "penalised")
