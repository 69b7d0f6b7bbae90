"""The whole life of a report, from a teacher's suspicion to the answer of the police, and its branches."""

from typing import Any

import pytest
from django.test import Client

from casework.happenings import HappeningKind as K
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Happening
from tests.mandatory_report.reports import a_prosecutor, found, ground, report_in, send
from tests.people import a_caseworker, a_lead, a_policeman, police
from workflow.engine import NotAllowed, perform
from workflow.models import Deadline, OutboxMessage

pytestmark = pytest.mark.django_db


def kinds(report: MandatoryReport) -> list[str]:
    return list(Happening.objects.filter(case=report.case_id).values_list("kind", flat=True))


def told(report: MandatoryReport) -> list[tuple[Any, str]]:
    rows = OutboxMessage.objects.filter(obj_id=report.pk).order_by("seq")
    return [(row.agency_id, row.kind) for row in rows]


def test_from_a_suspicion_to_the_answer(client: Client) -> None:
    ground()
    worker, officer = a_caseworker(), a_policeman()
    send(client)
    report = MandatoryReport.objects.get()
    perform(report, "take_up", actor=officer, police_receipt="受案〔2026〕12号", officer="赵铁山")
    perform(report, "file_upward", actor=worker, filed_with="满洲里市妇女联合会")
    perform(report, "feed_back", actor=officer, outcome="criminal", answer="已刑事立案。")
    perform(report, "close", actor=worker)
    clocks = Deadline.objects.filter(obj_id=report.pk).order_by("clock").values_list("clock", "state")
    assert (report.state, kinds(report), list(clocks)) == (
        "closed", [K.MANDATORY_REPORT_MADE],
        [("mr_filing_with_superior", "met"), ("mr_minor_report", "met"), ("mr_police_feedback_3d", "met")],
    )  # fmt: skip


def test_everybody_concerned_is_told(client: Client) -> None:
    ground()
    send(client)
    report = MandatoryReport.objects.get()
    perform(report, "take_up", actor=a_policeman(), police_receipt="12")
    home, station = report.case.agency_id, police().pk
    assert told(report) == [(home, "report_found"), (station, "report_found"), (home, "report_taken")]


def test_what_we_find_ourselves_is_with_the_police_once_we_report() -> None:
    police()
    officer, report = a_policeman(), found()
    before = MandatoryReport.objects.visible_to(officer).count()
    perform(report, "report", actor=a_caseworker())
    assert (before, MandatoryReport.objects.visible_to(officer).count()) == (0, 1)


def test_telephone_reports_need_no_account_of_the_station() -> None:
    report = found()
    perform(
        report,
        "report",
        actor=a_caseworker(),
        station="110 指挥中心",
        officer="接警员 07",
        police_receipt="1107",
    )
    assert (report.state, report.reported, report.police_receipt) == ("reported", True, "1107")


def test_the_report_is_made_once_however_often_it_is_told() -> None:
    report = report_in("taken", a_caseworker())
    assert kinds(report).count(K.MANDATORY_REPORT_MADE) == 1


def test_a_silent_station_is_chased_and_the_procuratorate_told() -> None:
    worker, prosecutor = a_caseworker(), a_prosecutor()
    report = report_in("reported", worker)
    perform(report, "chase", actor=worker, account="再次电话催问")
    perform(report, "send_clue", actor=worker)
    perform(report, "answer_clue", actor=prosecutor, answer="已要求说明不立案理由。")
    assert (report.chased, report.procuratorate_id, MandatoryReport.objects.visible_to(prosecutor).count()) == (
        1, prosecutor.agency_id, 1,
    )  # fmt: skip


def test_a_refusal_goes_to_the_procuratorate_at_once() -> None:
    worker = a_caseworker()
    a_prosecutor()
    report = report_in("reported", worker)
    perform(report, "refuse", actor=a_policeman(), reason="认为是家务事")
    perform(report, "send_clue", actor=worker)
    assert (report.state, report.feedback, report.procuratorate_id is None) == ("answered", "refused", False)


def test_not_to_report_takes_two_people() -> None:
    lead = a_lead()
    report = found(lead)
    perform(report, "propose_not", actor=lead, reason="经核实是旧伤")
    with pytest.raises(NotAllowed):
        perform(report, "sign_not", actor=lead, reason="同意")
    perform(report, "sign_not", actor=a_lead(), reason="同意")
    clock = Deadline.objects.get(obj_id=report.pk)
    assert (report.state, clock.state, kinds(report)) == ("not_reported", "cancelled", [])


def test_the_second_person_may_refuse_to_sign() -> None:
    report = report_in("proposed", a_caseworker())
    perform(report, "overrule", actor=a_lead(), reason="属于九种情形")
    assert (report.state, Deadline.objects.get(obj_id=report.pk).state) == ("found", "open")


def test_whoever_decided_not_to_report_can_still_report() -> None:
    worker = a_caseworker()
    report = report_in("proposed", worker)
    perform(report, "report", actor=worker, station="110")
    assert report.state == "reported"


def test_what_was_missed_is_recorded_sanctioned_and_reported_all_the_same() -> None:
    worker = a_caseworker()
    report = report_in("missed", worker)
    perform(report, "sanction", actor=worker, sanction="fine", account="罚款并停业整顿")
    perform(report, "report", actor=worker, station="110")
    perform(report, "sanction", actor=worker, sanction="discipline")
    assert (report.state, kinds(report)) == (
        "reported",
        [K.MANDATORY_REPORT_MISSED, K.REPORTER_SANCTIONED, K.MANDATORY_REPORT_MADE, K.REPORTER_SANCTIONED],
    )


def test_a_mistake_in_the_record_is_mended() -> None:
    worker = a_caseworker()
    report = found(worker)
    perform(report, "amend", actor=worker, situations=["MR4", "MR9"], place="三道街")
    assert (report.situations, bool(report.place)) == (["MR4", "MR9"], True)
