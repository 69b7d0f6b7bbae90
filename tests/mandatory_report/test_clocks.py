"""Each clock started, kept and missed; what has no number in law is a house target and looks like one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.measures.mandatory_report.models import MandatoryReport
from tests.mandatory_report.reports import found, report_in
from tests.people import a_caseworker, a_policeman
from workflow.engine import perform
from workflow.models import Alert, Deadline
from workflow.sweep import sweep
from workflow.when import When

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.get_default_timezone())


def after(**lapse: Any) -> When:
    return When.instant(START + timedelta(**lapse))


def clock(report: MandatoryReport, name: str) -> Any:
    return Deadline.objects.filter(obj_id=report.pk, clock=name).first()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"duty": "minor"}, "mr_minor_report"),
        ({"duty": "incapable", "situations": []}, "mr_incapable_report"),
        ({"duty": "unable", "situations": [], "unable_reasons": ["coerced"]}, "mr_imar_unable_to_report"),
    ],
)
def test_the_duty_has_its_own_clock_and_no_other(fields: dict[str, Any], name: str) -> None:
    report = found(at=When.instant(START), **fields)
    rows = Deadline.objects.filter(obj_id=report.pk)
    assert [(row.clock, row.is_policy, row.legal_expiry) for row in rows] == [(name, True, None)]


def test_at_once_is_a_house_target_of_one_hour() -> None:
    report = found(at=When.instant(START))
    assert clock(report, "mr_minor_report").policy_due == START + timedelta(hours=1)


@pytest.mark.parametrize(("lapse", "verdict"), [({"minutes": 20}, "met"), ({"hours": 5}, "missed")])
def test_the_report_ends_the_duty(lapse: dict[str, int], verdict: str) -> None:
    report = found(at=When.instant(START))
    perform(report, "report", actor=a_caseworker(), station="110", at=after(**lapse))
    assert clock(report, "mr_minor_report").state == verdict


def test_an_overdue_report_wakes_the_duty_leader() -> None:
    report = found(at=When.instant(START), now=START)
    sweep(START + timedelta(hours=2))
    roles = set(Alert.objects.filter(deadline__obj_id=report.pk).values_list("role", flat=True))
    assert (clock(report, "mr_minor_report").state, "lead" in roles) == ("missed", True)


def test_a_proposal_not_to_report_does_not_stop_the_clock() -> None:
    report = report_in("proposed", a_caseworker())
    assert clock(report, "mr_minor_report").closed_at is None


def test_the_police_have_three_days_from_taking_it_up() -> None:
    worker, officer = a_caseworker(), a_policeman()
    report = report_in("reported", worker)
    perform(report, "take_up", actor=officer, police_receipt="12", at=When.instant(START))
    row = clock(report, "mr_police_feedback_3d")
    assert (timezone.localtime(row.legal_expiry).date().isoformat(), row.owner_agency_id) == (
        "2026-03-05", officer.agency_id,
    )  # fmt: skip


@pytest.mark.parametrize(("lapse", "verdict"), [({"days": 2}, "met"), ({"days": 6}, "missed")])
def test_the_feedback_ends_their_clock(lapse: dict[str, int], verdict: str) -> None:
    officer = a_policeman()
    report = report_in("reported", a_caseworker())
    perform(report, "take_up", actor=officer, police_receipt="12", at=When.instant(START))
    perform(report, "feed_back", actor=officer, outcome="criminal", at=after(**lapse))
    assert clock(report, "mr_police_feedback_3d").state == verdict


def test_filing_upward_has_its_clock() -> None:
    worker = a_caseworker()
    report = found(worker, at=When.instant(START))
    perform(report, "report", actor=worker, station="110", at=after(minutes=5))
    running = clock(report, "mr_filing_with_superior").state
    perform(report, "file_upward", actor=worker, filed_with="市妇联", at=after(hours=3))
    assert (running, clock(report, "mr_filing_with_superior").state) == ("open", "met")


@pytest.mark.parametrize(("days", "verdict"), [(1, "met"), (9, "missed")])
def test_the_reporter_is_told_before_the_transfer(days: int, verdict: str) -> None:
    worker = a_caseworker()
    report = report_in("answered", worker)
    transfer = (START + timedelta(days=5)).date()
    perform(report, "decide_transfer", actor=worker, transfer_on=transfer, at=When.instant(START))
    perform(report, "tell_reporter", actor=worker, at=after(days=days))
    assert clock(report, "mr_police_preprosecution_notice").state == verdict


def test_a_body_that_kept_silent_missed_its_clock() -> None:
    worker = a_caseworker()
    report = found(worker, at=When.day(START.date()))
    perform(
        report, "miss", actor=worker, missed_unit="hotel", at=When.day((START + timedelta(days=3)).date())
    )
    assert clock(report, "mr_minor_report").state == "missed"
