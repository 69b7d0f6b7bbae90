"""One refusal per need, each with its reason; and that nothing else stands before a report."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.measures.mandatory_report.models import MandatoryReport
from tests.casework.cases import close, ready_to_close
from tests.mandatory_report.reports import a_prosecutor, found, report_in
from tests.people import a_caseworker, a_policeman
from workflow.engine import Unmet, perform
from workflow.when import When

pytestmark = pytest.mark.django_db


def unmet(report: MandatoryReport, move: str, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(report, move, actor=takes.pop("actor", None) or a_caseworker(), **takes)
    return [need.name for need in refused.value.needs]


@pytest.mark.parametrize(
    ("fields", "need"),
    [
        ({"duty": "minor", "situations": []}, "situation_named"),
        ({"duty": "unable", "situations": [], "unable_reasons": []}, "inability_named"),
    ],
)
def test_a_report_says_what_for(fields: dict[str, Any], need: str) -> None:
    with pytest.raises(Unmet) as refused:
        found(**fields)
    assert [one.name for one in refused.value.needs] == [need]


def test_an_incapable_adult_needs_no_situation() -> None:
    assert found(duty="incapable", situations=[]).state == "found"


def test_even_a_closed_case_takes_a_report() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker)
    assert found(worker, case).state == "found"


def test_a_report_says_where_to() -> None:
    assert unmet(found(), "report") == ["station_named"]


def test_nothing_is_closed_before_the_own_superior_knows() -> None:
    assert unmet(report_in("answered", a_caseworker()), "close") == ["filed_upward"]


def test_it_is_filed_once() -> None:
    worker = a_caseworker()
    report = report_in("reported", worker)
    perform(report, "file_upward", actor=worker, filed_with="市妇联")
    assert unmet(report, "file_upward", filed_with="市妇联") == ["not_yet_filed"]


def test_the_procuratorate_is_not_asked_while_the_police_have_time() -> None:
    assert unmet(report_in("taken", a_caseworker()), "send_clue") == ["police_silent_or_refusing"]


def test_the_procuratorate_is_asked_when_the_three_days_are_over() -> None:
    worker = a_caseworker()
    a_prosecutor()
    report = report_in("reported", worker)
    long_ago = timezone.now() - timedelta(days=12)
    perform(report, "take_up", actor=a_policeman(), police_receipt="12", at=When.instant(long_ago))
    perform(report, "send_clue", actor=worker)
    assert report.procuratorate_id is not None


def test_no_answer_without_a_clue() -> None:
    assert unmet(report_in("answered", a_caseworker()), "answer_clue", answer="无") == ["clue_sent"]


def test_nobody_is_told_of_a_transfer_that_was_not_decided() -> None:
    assert unmet(report_in("answered", a_caseworker()), "tell_reporter") == ["transfer_decided"]


def test_nobody_is_sanctioned_who_did_report() -> None:
    assert unmet(report_in("answered", a_caseworker()), "sanction", sanction="fine") == ["was_missed"]
