"""One refusal for each condition of the law."""

from collections.abc import Callable

import pytest

from agencies.actor import Actor
from casework import services
from casework.models import Case
from tests.casework.cases import ALL_NO, a_case, answers, close, ready_to_close, tomorrow, with_victim
from tests.people import a_caseworker, a_lead, another_federation, police
from tests.workflow.refusals import missing, wrong_fields
from workflow.engine import NotAllowed, Unmet, open_moves, perform

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Unmet) as refused:
        act()
    return [(need.name, need.law) for need in refused.value.needs]


def assessed(actor: Actor, *yes: str, **fields: object) -> Case:
    case = a_case(actor, **fields)
    services.assess_danger(case, actor=actor, answers=answers(*yes))
    case.refresh_from_db()
    return case


def test_nothing_is_assessed_without_the_scale() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    assert refusal(lambda: perform(case, "assess", actor=worker, danger="low")) == [
        ("danger_assessed", "F01")
    ]


def test_the_level_cannot_differ_from_the_assessment() -> None:
    worker = a_caseworker()
    case = assessed(worker, "1", "2", "3", "4", "5", "6")
    assert refusal(lambda: perform(case, "reassess", actor=worker, danger="low")) == [
        ("danger_assessed", "F01")
    ]


def test_high_danger_forbids_mediation() -> None:
    worker = a_caseworker()
    case = assessed(worker, "F1")
    act = lambda: perform(case, "refer_to_mediation", actor=worker, wish="想调解")  # noqa: E731
    assert refusal(act) == [("danger_not_high", "F03")]


def test_unknown_danger_forbids_mediation() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers={})
    case.refresh_from_db()
    act = lambda: perform(case, "refer_to_mediation", actor=worker, wish="想调解")  # noqa: E731
    assert refusal(act) == [("danger_known", "F03")]


def test_low_danger_allows_mediation() -> None:
    worker = a_caseworker()
    case = assessed(worker)
    assert perform(case, "refer_to_mediation", actor=worker, wish="想调解").to_state == "assessed"


def test_both_police_and_superior_have_to_be_told() -> None:
    worker = a_caseworker()
    case = assessed(worker, "F2")
    act = lambda: perform(case, "escalate", actor=worker, police_told=True, superior_told=False)  # noqa: E731
    assert refusal(act) == [("both_told", "F03")]


def test_only_high_danger_is_reported_upward() -> None:
    worker = a_caseworker()
    case = assessed(worker)
    assert refusal(lambda: services.record_escalation(case, actor=worker)) == [("danger_is_high", "F03")]


def test_closing_asks_for_the_right_to_an_order() -> None:
    worker = a_caseworker()
    case = assessed(worker)
    services.answer_children(case, actor=worker, answer=False)
    assert refusal(lambda: close(case, worker)) == [("rights_informed", "P13")]


def test_closing_asks_for_the_children() -> None:
    worker = a_caseworker()
    case = assessed(worker)
    services.inform_rights(case, actor=worker)
    assert refusal(lambda: close(case, worker)) == [("children_question_answered", "A05")]


def test_closing_asks_for_a_follow_up() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    assert refusal(lambda: close(case, worker, follow_up_on=None)) == [("follow_up_planned", "F05")]


def test_closing_asks_for_a_reason() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    case.follow_up_on = tomorrow()
    assert missing(case, "close", worker) == ["closing_reason_given"]
    assert wrong_fields(lambda: close(case, worker, closing_reason="")) == ["closing_reason"]


def test_a_case_opened_by_mistake_needs_no_follow_up() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker, closing_reason="mistaken", follow_up_on=None)
    assert (case.state, case.has_open_clock("wf_post_close_follow_up")) == ("closed", False)


def test_work_needs_somebody_responsible() -> None:
    worker = a_caseworker()
    case = assessed(worker)
    assert refusal(lambda: perform(case, "activate", actor=worker)) == [("assignee_named", "F03")]


def test_archiving_needs_the_follow_up() -> None:
    worker, leader = a_caseworker(), a_lead()
    case = ready_to_close(worker)
    close(case, worker, follow_up_on=tomorrow())
    assert refusal(lambda: perform(case, "archive", actor=leader)) == [("followed_up", "F05")]


def test_only_the_duty_leader_archives() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker)
    with pytest.raises(NotAllowed):
        perform(case, "archive", actor=worker)


def test_a_case_is_never_refused_only_passed_on() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    assert "reject" not in {found.move.name for found in open_moves(case, worker)}


def test_passing_on_keeps_the_first_contact_in_sight() -> None:
    worker, there = a_caseworker(), another_federation()
    case = a_case(worker)
    perform(case, "transfer", actor=worker, agency=there, reason="已迁居")
    seen = [
        Case.objects.visible_to(actor).filter(pk=case.pk).exists() for actor in (worker, a_caseworker(there))
    ]
    assert (case.agency_id, case.first_agency_id, seen) == (there.pk, worker.agency_id, [True, True])


def test_a_case_is_passed_on_to_no_other_kind_of_body() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    for nobody in (police(), case.agency):
        act = lambda to=nobody: perform(case, "transfer", actor=worker, agency=to, reason="不归我管")  # noqa: E731
        assert wrong_fields(act) == ["agency"]
    assert missing(case, "transfer", worker) == ["passed_to_federation"]  # it would stay where it is
    case.agency = police()
    assert missing(case, "transfer", worker) == ["passed_to_federation"]


def test_a_named_direct_petition_starts_the_fifteen_days() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="marriage_family", named_petition=True, legal_route=False)
    before = case.has_open_clock("xf_notice_15d")
    perform(case, "notify_petition", actor=worker)
    assert (before, case.has_open_clock("xf_notice_15d")) == (True, False)


def test_an_anonymous_call_starts_no_petition_clock() -> None:
    case = a_case(a_caseworker(), matter="marriage_family", named_petition=False, legal_route=False)
    assert case.has_open_clock("xf_notice_15d") is False


def test_no_notice_is_given_where_none_is_due() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    assert refusal(lambda: perform(case, "notify_petition", actor=worker)) == [("notice_is_due", "X03")]


def test_a_rise_after_a_fall_is_reported_again() -> None:
    worker = a_caseworker()
    case = assessed(worker, "F1")
    services.record_escalation(case, actor=worker)
    for given in (ALL_NO, answers("F1")):
        services.assess_danger(case, actor=worker, answers=given)
        case.refresh_from_db()
    assert case.has_open_clock("wf_high_risk_escalation") is True


def test_what_one_type_of_matter_asks_for_is_refused_in_another() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    result = refusal(lambda: perform(case, "give_result", actor=worker, how="当面交付"))
    report = refusal(lambda: perform(case, "report_trafficking", actor=worker, told="刑警队"))
    assert (result, report) == ([("result_is_due", "L06")], [("trafficking_is_told", "M11")])


def test_a_case_is_joined_to_one_that_is_still_open() -> None:
    worker = a_caseworker()
    old, new = ready_to_close(worker), a_case(worker)
    for case in (old, new):
        with_victim(case, worker)
    close(old, worker)
    new.refresh_from_db()
    act = lambda: perform(new, "join", actor=worker, joined_to=old.pk, reason="同一人")  # noqa: E731
    assert refusal(act) == [("joins_another", "F01")]
