"""The story of an order: told, prepared, filed, accepted, made, served, watched, broken, extended, ended, reported."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from agencies.actor import Actor
from casework.models import Case, Happening, Task
from protection_orders.models import Petition, ProtectionOrder
from tests.people import a_caseworker, a_judge, a_policeman, committee_agency, court, police
from tests.protection_orders.orders import APPLICATION, a_full_case, at, informed
from workflow.engine import perform
from workflow.models import Deadline, StepRecord
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db


def running(order: object) -> set[str]:
    return set(Deadline.objects.live().filter(obj_id=order.pk).values_list("clock", flat=True))  # type: ignore[attr-defined]


def verdicts(order: object, *clocks: str) -> dict[str, str]:
    rows = Deadline.objects.filter(obj_id=order.pk, clock__in=clocks).exclude(closed_at=None)  # type: ignore[attr-defined]
    return dict(rows.values_list("clock", "state"))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def made_and_served(worker: Actor, judge: Actor, officer: Actor) -> tuple[Case, ProtectionOrder]:
    """The first half of the story, up to the police's visit to both sides."""
    case = a_full_case(worker)
    order = informed(worker, case, at=at("2026-03-02 09:00"))
    bodies = {"court": court(), "police_agency": police(), "committee": committee_agency()}
    perform(order, "prepare", actor=worker, **(APPLICATION | bodies | {"urgent": True}))
    perform(order, "file", actor=worker, at=at("2026-03-02 10:00"))
    assert (order.state, running(order)) == ("filed", set())

    perform(order, "accept", actor=judge, at=at("2026-03-02 15:20"), court_number="(2026)内0703民保令1号")
    assert running(order) == {"ppo_decision_72h", "ppo_decision_24h_urgent"}

    perform(
        order, "grant", actor=judge, at=at("2026-03-03 11:00"), granted=["M1", "M2", "M4"], validity_months=6
    )
    assert verdicts(order, "ppo_decision_72h", "ppo_decision_24h_urgent") == {
        "ppo_decision_72h": "met",
        "ppo_decision_24h_urgent": "met",
    }
    assert (order.state, order.lapses_on) == ("in_force", date(2026, 9, 3))

    perform(
        order, "serve_some", actor=judge, at=at("2026-03-03 15:00"), served_on=["applicant", "respondent"]
    )
    perform(order, "serve", actor=judge, at=at("2026-03-04 10:00"), served_on=["police", "committee"])
    perform(order, "notify_police", actor=judge, at=at("2026-03-04 10:00"))
    perform(order, "notify_federation", actor=worker, at=at("2026-03-04 11:00"))
    perform(order, "verify", actor=officer, at=at("2026-03-04 18:00"), account="双方情况正常")
    assert verdicts(order, "ppo_service_24h", "ppo_police_verify_24h") == {
        "ppo_service_24h": "met",
        "ppo_police_verify_24h": "met",
    }
    return case, order


def test_an_order_lives_from_the_telling_to_the_last_report() -> None:
    worker, judge, officer = a_caseworker(), a_judge(), a_policeman()
    case, order = made_and_served(worker, judge, officer)
    perform(
        order,
        "report_breach",
        actor=worker,
        at=at("2026-06-01 09:00"),
        breach="harassment",
        found_by="victim",
    )
    perform(order, "tell_court", actor=worker, at=at("2026-06-01 10:30"), told_court=True, told_police=True)
    perform(order, "sanction", actor=judge, at=at("2026-06-03 09:00"), sanction_kind="fine", amount=500)
    assert verdicts(order, "ppo_violation_report_to_court") == {"ppo_violation_report_to_court": "met"}

    perform(
        order, "apply_extend", actor=worker, at=at("2026-08-10 09:00"), party="applicant", wanted="仍在骚扰"
    )
    perform(order, "extend", actor=judge, at=at("2026-08-12 09:00"), lapses_on=date(2026, 10, 31))
    assert Deadline.objects.live().get(obj_id=order.pk, clock="ppo_validity").due_at == moment(
        "2026-10-31 23:59:59.999999"
    )

    sweep(moment("2026-11-01 00:01"))
    order.refresh_from_db()
    assert (order.state, running(order)) == ("lapsed", {"ppo_wf_end_feedback"})

    perform(order, "feed_back", actor=worker, at=at("2026-11-04"), signed=True)
    moves = list(StepRecord.objects.filter(obj_id=order.pk).values_list("move", flat=True))
    assert (order.state, running(order), moves) == (
        "fed_back", set(),
        ["inform", "prepare", "file", "accept", "grant", "serve_some", "serve", "notify_police", "notify_federation",
         "verify", "report_breach", "tell_court", "sanction", "apply_extend", "extend", "lapse", "feed_back"],
    )  # fmt: skip
    assert list(Happening.objects.filter(case=case).exclude(kind__startswith="assist").values_list("kind", flat=True)) == [
        "right_informed", "order_applied", "order_accepted", "order_granted", "order_served", "order_violated",
        "sanction_fine", "order_extend_applied", "order_extended", "order_lapsed",
    ]  # fmt: skip
    assert Task.objects.filter(case=case, kind="wf_visit").count() == 1
    assert Petition.objects.get(order=order).outcome == "granted"


def test_a_dismissal_is_turned_by_reconsideration() -> None:
    worker, judge = a_caseworker(), a_judge()
    order = informed(worker)
    perform(order, "prepare", actor=worker, **APPLICATION, court=court())
    perform(order, "file", actor=worker, at=at("2026-03-02 10:00"))
    perform(order, "accept", actor=judge, at=at("2026-03-02 11:00"))
    perform(order, "dismiss", actor=judge, at=at("2026-03-03 10:00"))
    assert (order.state, running(order)) == ("dismissed", {"ppo_reconsider_dismissal_5d"})

    perform(order, "reconsider", actor=worker, at=at("2026-03-06"), party="applicant")
    perform(
        order, "grant_after_all", actor=judge, at=at("2026-03-10 10:00"), granted=["M1"], validity_months=3
    )
    assert (order.state, order.lapses_on, order.ended_on) == ("in_force", date(2026, 6, 10), None)
    assert verdicts(order, "ppo_reconsider_dismissal_5d") == {"ppo_reconsider_dismissal_5d": "met"}


def test_the_respondents_reconsideration_does_not_suspend_the_order() -> None:
    worker, judge = a_caseworker(), a_judge()
    order = informed(worker)
    perform(order, "prepare", actor=worker, **APPLICATION, court=court())
    perform(order, "file", actor=worker, at=at("2026-03-02 10:00"))
    perform(
        order, "grant", actor=judge, at=at("2026-03-03 10:00"), granted=["M1"], lapses_on=date(2026, 9, 1)
    )
    perform(order, "reconsider", actor=judge, at=at("2026-03-05 10:00"), party="respondent")
    assert (order.state, order.is_live, order.reconsideration_by) == ("in_force", True, "respondent")
    perform(order, "uphold", actor=judge, at=at("2026-03-09 10:00"))
    assert (order.state, order.reconsideration_by) == ("in_force", "")
