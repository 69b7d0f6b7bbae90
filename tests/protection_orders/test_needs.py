"""One refusal per need, each with its reason; and what is not refused."""

from datetime import date
from typing import Any

import pytest

from casework import services
from casework.models import Case
from protection_orders.models import ProtectionOrder
from tests.casework.cases import a_case, close, ready_to_close, with_victim
from tests.people import a_caseworker, police
from tests.protection_orders.orders import APPLICATION, a_full_case, at, informed, order_in, prepared
from workflow.engine import Unmet, begin, perform

pytestmark = pytest.mark.django_db


def unmet(order: ProtectionOrder, move: str, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(order, move, actor=takes.pop("actor", None) or a_caseworker(), **takes)
    return [need.name for need in refused.value.needs]


def test_a_closed_case_takes_no_order() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker)
    with pytest.raises(Unmet) as refused:
        begin(ProtectionOrder, actor=worker, case=case)
    assert [need.name for need in refused.value.needs] == ["case_open"]


def test_telling_her_does_the_duty_of_the_case() -> None:
    order = informed()
    assert Case.objects.get(pk=order.case_id).rights_informed_at is not None


def test_nothing_is_filed_before_she_was_told() -> None:
    order = prepared(a_caseworker())
    Case.objects.filter(pk=order.case_id).update(rights_informed_at=None)
    assert unmet(order, "file") == ["rights_informed"]


def test_a_proxy_is_explained() -> None:
    assert unmet(prepared(a_caseworker(), applicant="proxy"), "file") == ["proxy_explained"]


def test_a_frail_victims_will_is_recorded() -> None:
    order = prepared(a_caseworker(), applicant="proxy", proxy_by="wf", proxy_ground="frail")
    assert unmet(order, "file") == ["will_recorded"]


def test_a_frail_victims_proxy_files_by_her_will() -> None:
    worker = a_caseworker()
    order = prepared(
        worker, applicant="proxy", proxy_by="wf", proxy_ground="frail", victim_will="请妇联替我去申请"
    )
    perform(order, "file", actor=worker)
    assert order.state == "filed"


def test_a_coerced_victims_proxy_needs_no_recorded_will() -> None:
    worker = a_caseworker()
    order = prepared(worker, applicant="proxy", proxy_by="wf", proxy_ground="coerced")
    perform(order, "file", actor=worker)
    assert order.state == "filed"


def test_the_disabled_federation_acts_by_her_will_only() -> None:
    order = prepared(
        a_caseworker(), applicant="proxy", proxy_by="disabled_federation", proxy_ground="coerced"
    )
    assert unmet(order, "file") == ["proxy_entitled"]


def test_the_court_must_know_against_whom() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    services.record_incident(case, actor=worker, forms=["physical"])
    case.refresh_from_db()
    assert unmet(prepared(worker, case=case), "file") == ["respondent_named"]


def test_of_several_respondents_one_is_chosen() -> None:
    worker = a_caseworker()
    case = a_full_case(worker)
    father = services.add_person(case, actor=worker, role="respondent", name="赵某父", sex="m")
    case.refresh_from_db()
    order = prepared(worker, case=case)
    assert unmet(order, "file") == ["respondent_named"]
    perform(order, "amend", actor=worker, **APPLICATION, respondent=father)
    perform(order, "file", actor=worker)
    assert order.state == "filed"


@pytest.mark.parametrize("asked", [{"requested": []}, {"requested": ["M1", "M255"]}])
def test_the_request_is_clear(asked: dict[str, Any]) -> None:
    assert unmet(prepared(a_caseworker(), **asked), "file") == ["request_clear"]


def test_violence_or_danger_is_recorded() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.add_person(case, actor=worker, role="respondent", name="赵某强")
    case.refresh_from_db()
    assert unmet(prepared(worker, case=case), "file") == ["violence_shown"]


def test_evidence_is_listed() -> None:
    assert unmet(prepared(a_caseworker(), evidence=[]), "file") == ["evidence_listed"]


@pytest.mark.parametrize("gap", [{"court": None}, {"jurisdiction": ""}])
def test_the_court_and_its_competence_are_named(gap: dict[str, Any]) -> None:
    assert unmet(prepared(a_caseworker(), **gap), "file") == ["court_chosen"]


def test_the_womens_basis_is_for_women() -> None:
    worker = a_caseworker()
    case = a_case(worker, relation="X4_dating_or_ex", matter="stalking_ex_partner")
    with_victim(case, worker, sex="m")
    services.add_person(case, actor=worker, role="respondent", sex="f")
    services.record_incident(case, actor=worker, forms=["stalking_harassment"])
    case.refresh_from_db()
    assert unmet(prepared(worker, case=case, legal_basis="WPL29"), "file") == ["basis_fits"]


def test_the_same_application_is_not_filed_twice() -> None:
    worker = a_caseworker()
    case = a_full_case(worker)
    first = prepared(worker, case=case)
    perform(first, "file", actor=worker)
    case.refresh_from_db()
    second = prepared(worker, case=case)
    assert unmet(second, "file") == ["not_before_court_already"]


def test_what_she_filed_herself_is_recorded_without_our_checks() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    order = informed(worker, case)
    perform(order, "prepare", actor=worker, applicant="self", legal_basis="ADVL23", filed_elsewhere=True)
    perform(order, "file", actor=worker)
    assert (order.state, order.requested) == ("filed", [])


def test_nothing_is_assumed_about_what_was_ordered() -> None:
    assert unmet(order_in("accepted", a_caseworker()), "grant") == ["measures_recorded_or_unstated"]


def test_a_ruling_whose_contents_are_not_stated_can_be_recorded() -> None:
    worker = a_caseworker()
    order = order_in("accepted", worker)
    perform(order, "grant", actor=worker, not_stated=True)
    assert (order.state, order.granted, order.granted_known, order.facts()["measures"]) == (
        "in_force",
        [],
        False,
        None,
    )


def test_another_measure_is_described() -> None:
    assert unmet(order_in("accepted", a_caseworker()), "grant", granted=["M1", "M255"]) == [
        "other_measure_described"
    ]


@pytest.mark.parametrize(
    "end", [{"lapses_on": date(2026, 9, 3)}, {"lapses_on": date(2026, 3, 1)}, {"validity_months": 7}]
)
def test_an_order_runs_for_six_months_at_most(end: dict[str, Any]) -> None:
    order = order_in("accepted", a_caseworker(), made="2026-03-02 09:00")
    assert unmet(order, "grant", at=at("2026-03-02 10:00"), granted=["M1"], **end) == ["at_most_six_months"]


@pytest.mark.parametrize("move", ["apply_extend", "apply_vary", "apply_revoke"])
def test_after_the_lapse_nothing_can_be_asked_for(move: str) -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 2))
    assert unmet(order, move, at=at("2026-09-03 00:00"), party="applicant") == ["before_lapse"]


def test_on_the_last_day_an_extension_can_still_be_asked_for() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 2))
    perform(order, "apply_extend", actor=worker, at=at("2026-09-02 23:30"), party="applicant")
    assert order.extend_applied


@pytest.mark.parametrize("move", ["apply_extend", "apply_vary", "apply_revoke"])
def test_only_the_applicant_asks(move: str) -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 2))
    assert unmet(order, move, at=at("2026-05-01"), party="respondent") == ["applicant_asks"]


def test_an_extension_answers_an_application() -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 2))
    assert unmet(order, "extend", at=at("2026-05-01"), lapses_on=date(2026, 10, 1)) == [
        "extension_applied",
        "at_most_six_months",
    ]


@pytest.mark.parametrize(
    ("end", "missing"),
    [(date(2026, 9, 2), ["later_end_given"]), (date(2027, 3, 3), ["at_most_six_months"])],
)
def test_an_extension_ends_later_by_six_months_at_most(end: date, missing: list[str]) -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 2))
    perform(order, "apply_extend", actor=worker, at=at("2026-08-01"), party="applicant")
    assert unmet(order, "extend", at=at("2026-08-05"), lapses_on=end) == missing


@pytest.mark.parametrize(
    ("move", "missing"), [("vary", "variation_applied"), ("revoke", "revocation_applied")]
)
def test_a_change_answers_an_application(move: str, missing: str) -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 2))
    assert unmet(order, move, at=at("2026-05-01")) == [missing]


def test_only_what_is_open_is_refused() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 2))
    perform(order, "apply_vary", actor=worker, at=at("2026-05-01"), party="applicant")
    assert unmet(order, "refuse_change", change="extend") == ["change_applied"]


def test_reconsideration_is_asked_for_once() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 2))
    perform(order, "reconsider", actor=worker, at=at("2026-03-04"), party="respondent")
    perform(order, "uphold", actor=worker, at=at("2026-03-06"))
    assert unmet(order, "reconsider", at=at("2026-03-07"), party="respondent") == ["once_only"]


@pytest.mark.parametrize("move", ["uphold", "set_aside"])
def test_only_an_open_reconsideration_is_decided(move: str) -> None:
    assert unmet(order_in("served", a_caseworker()), move) == ["reconsideration_open"]


def test_the_end_does_not_come_early() -> None:
    order = order_in("served", a_caseworker(), lapses_on=date(2026, 9, 2))
    assert unmet(order, "lapse", at=at("2026-09-02 22:00")) == ["end_reached"]


def test_service_reaches_both_sides_police_and_committee() -> None:
    order = order_in("in_force", a_caseworker())
    assert unmet(order, "serve", served_on=["applicant", "respondent"]) == ["served_as_due"]


def test_his_employer_receives_it_with_her_consent_only() -> None:
    order = order_in("in_force", a_caseworker())
    assert unmet(order, "serve_some", served_on=["employer"]) == ["employer_consented"]


def test_a_named_officer_receives_it_for_the_federation() -> None:
    order = order_in("in_force", a_caseworker())
    assert unmet(order, "serve_some", served_on=["federation"]) == ["officer_named"]


def test_the_federations_copy_is_no_part_of_service() -> None:
    worker = a_caseworker()
    order = order_in("in_force", worker)
    perform(order, "serve", actor=worker, served_on=["applicant", "respondent", "police", "committee"])
    assert order.state == "served"


def test_the_police_are_named_before_their_clock_runs() -> None:
    assert unmet(order_in("in_force", a_caseworker(), police_agency=None), "notify_police") == [
        "police_named"
    ]


def test_nothing_is_verified_before_the_notice() -> None:
    order = order_in("in_force", a_caseworker(), police_agency=police())
    assert unmet(order, "verify") == ["police_notified"]


def test_a_sanction_follows_a_breach() -> None:
    assert unmet(order_in("served", a_caseworker()), "sanction", sanction_kind="admonition") == [
        "breach_recorded"
    ]


@pytest.mark.parametrize(
    ("takes", "missing"),
    [
        ({"sanction_kind": "fine", "amount": 1001}, "fine_within_law"),
        ({"sanction_kind": "detention", "days": 16}, "detention_within_law"),
    ],
)
def test_a_sanction_stays_within_the_law(takes: dict[str, Any], missing: str) -> None:
    worker = a_caseworker()
    order = order_in("served", worker)
    perform(order, "report_breach", actor=worker, breach="violence", found_by="victim")
    assert unmet(order, "sanction", **takes) == [missing]


def test_there_is_a_breach_to_tell_of() -> None:
    order = order_in("served", a_caseworker())
    assert unmet(order, "tell_court", told_court=True, told_police=True) == ["breach_unreported"]


def test_court_and_police_are_both_told() -> None:
    worker = a_caseworker()
    order = order_in("served", worker)
    perform(order, "report_breach", actor=worker, breach="violence", found_by="victim")
    assert unmet(order, "tell_court", told_court=True, told_police=False) == ["both_told"]


def test_the_last_report_is_signed_or_explained() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 2))
    perform(order, "lapse", actor=worker, at=at("2026-09-03"))
    assert unmet(order, "feed_back", signed=False) == ["signed_or_explained"]
    perform(order, "feed_back", actor=worker, signed=False, unsigned="本人不识字，按手印")
    assert order.state == "fed_back"
