"""The pages for those who act: panel, forms, inbox of the police, foreigners, and what it costs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.measures.mandatory_report.models import MandatoryReport
from casework.services import add_person
from tests.casework.cases import a_case
from tests.mandatory_report.reports import a_prosecutor, a_teacher, found, ground, report_in, send
from tests.people import a_caseworker, a_lead, a_policeman, another_federation, signed_in
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_caseworker_opens_a_report_from_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_abuse", flags=["minor"])
    address = reverse("casework:open_measure", args=[case.pk, "mandatory_report"])
    signed_in(client, worker)
    typed = {
        "duty": "minor",
        "situations": ["MR4"],
        "unit": "federation",
        "account": "走访时看到孩子脸上有伤",
    }
    asked, answer = client.get(address), client.post(address, typed)
    report = MandatoryReport.objects.get()
    assert (asked.status_code, answer.status_code, answer["Location"]) == (
        200,
        302,
        report.get_absolute_url(),
    )


def test_what_is_missing_is_said_and_the_text_kept(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_abuse")
    address = reverse("casework:open_measure", args=[case.pk, "mandatory_report"])
    page = signed_in(client, worker).post(
        address, {"duty": "minor", "unit": "federation", "account": "脸上有伤"}
    )
    assert (
        page.status_code,
        "九种情形" in text(page) or "至少选一种" in text(page),
        "脸上有伤" in text(page),
    ) == (409, True, True)


def test_the_panel_stands_on_the_page_of_the_case(client: Client) -> None:
    worker = a_caseworker()
    report = found(worker)
    page = text(signed_in(client, worker).get(report.case.get_absolute_url()))
    assert (report.receipt in page, "应当立即向公安机关报案" in page, "后背有新伤" in page) == (
        True,
        True,
        False,
    )


def test_only_the_duty_leader_reads_what_kind_of_body_it_was(client: Client) -> None:
    ground()
    send(client)
    report = MandatoryReport.objects.get()
    seen = [
        "幼儿园" in text(signed_in(Client(), who()).get(report.get_absolute_url()))
        for who in (a_lead, a_caseworker)
    ]
    assert seen == [True, False]


def test_the_police_take_it_up_from_their_inbox(client: Client) -> None:
    ground()
    send(client)
    officer, report = a_policeman(), MandatoryReport.objects.get()
    rows = MandatoryReport.inbox_rows(officer)
    signed_in(client, officer)
    page = client.get(reverse("casework:inbox"))
    answer = client.post(
        reverse("workflow:move", args=["mandatory_report", report.pk, "take_up"]),
        {"police_receipt": "受案〔2026〕12号", "officer": "赵铁山", "rev": report.rev},
    )
    report.refresh_from_db()
    assert ([found.move.name for row in rows for found in row.moves], "小雨" in text(page), answer.status_code) == (
        ["take_up", "refuse"], False, 303,
    )  # fmt: skip
    assert report.state == "taken"


def test_their_clock_stands_in_their_inbox() -> None:
    officer = a_policeman()
    report_in("taken", a_caseworker())
    [row] = MandatoryReport.inbox_rows(officer)
    assert row.deadline is not None and row.deadline.clock == "mr_police_feedback_3d"


def test_an_answer_without_a_receipt_is_asked_for_again(client: Client) -> None:
    report = report_in("reported", a_caseworker())
    address = reverse("workflow:move", args=["mandatory_report", report.pk, "take_up"])
    page = signed_in(client, a_policeman()).post(
        address, {"police_receipt": "", "officer": "赵铁山", "rev": report.rev}
    )
    assert (page.status_code, "赵铁山" in text(page)) == (422, True)


@pytest.mark.parametrize("who", [a_teacher, a_prosecutor, lambda: a_caseworker(another_federation())])
def test_foreigners_find_nothing(client: Client, who: Any) -> None:
    report = report_in("reported", a_caseworker())
    signed_in(client, who())
    codes = {
        client.get(report.get_absolute_url()).status_code,
        client.post(f"{report.get_absolute_url()}show").status_code,
    }
    assert codes == {404}


def test_the_procuratorate_reads_names_and_no_numbers(client: Client) -> None:
    ground()
    send(client, victim_phone="13904705588")
    worker, prosecutor = a_caseworker(), a_prosecutor()
    report = MandatoryReport.objects.get()
    perform(report, "refuse", actor=a_policeman(), reason="认为是家务事")
    perform(report, "send_clue", actor=worker)
    page = text(signed_in(client, prosecutor).post(f"{report.get_absolute_url()}show"))
    assert ("小雨" in page, "13904705588" in page) == (True, False)


def test_a_page_costs_the_same_with_many_people(client: Client, django_assert_max_num_queries: Any) -> None:
    worker = a_caseworker()
    report = found(worker)
    signed_in(client, worker)
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(60) as captured:
            client.post(f"{report.get_absolute_url()}show")
        counts.append(len(captured))
        from_case(report, worker)
    assert counts[0] == counts[1]


def from_case(report: MandatoryReport, worker: Any) -> None:
    for number in range(3):
        add_person(report.case, actor=worker, role="child", name=f"孩子{number}")
