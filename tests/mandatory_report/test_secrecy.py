"""Who reported is known to the duty leader alone, and stands in no row, page or step outside its compartment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from agencies.actor import SYSTEM_USER_ID, Actor
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Case, Reporter
from casework.reading import open_measure
from privacy.models import ReadAudit
from privacy.reading import reveal
from tests.mandatory_report.reports import KINDERGARTEN, TEACHER, TEACHER_PHONE, a_teacher, ground, send
from tests.people import a_caseworker, a_judge, a_lead, a_policeman, an_operator, signed_in
from workflow.engine import perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
SECRETS = (TEACHER, TEACHER_PHONE, KINDERGARTEN)


def sent(client: Client) -> MandatoryReport:
    ground()
    send(client)
    return MandatoryReport.objects.get()


def said(page: Any) -> list[str]:
    return [word for word in SECRETS if word in page.content.decode()]


def test_the_duty_leader_may_look_and_it_is_written_down(client: Client) -> None:
    report = sent(client)
    page = signed_in(client, a_lead()).post(f"/cases/{report.case_id}/reveal/", {"part": "reporter"})
    looks = ReadAudit.objects.filter(table="casework_reporter").count()
    assert (page.status_code, said(page), looks) == (200, list(SECRETS), 1)


@pytest.mark.parametrize("who", [a_caseworker, an_operator])
def test_the_people_of_the_file_may_not(client: Client, who: Callable[[], Actor]) -> None:
    report = sent(client)
    signed_in(client, who())
    refused = client.post(f"/cases/{report.case_id}/reveal/", {"part": "reporter"})
    pages = [client.get(report.case.get_absolute_url()), client.get(report.get_absolute_url())]
    pages.append(client.post(f"{report.get_absolute_url()}show"))
    assert (refused.status_code, [said(page) for page in pages]) == (404, [[], [], []])


def test_the_police_read_what_happened_and_not_who_said_it(client: Client) -> None:
    report = sent(client)
    signed_in(client, a_policeman())
    page = client.post(f"{report.get_absolute_url()}show")
    html = page.content.decode()
    assert (said(page), "小雨" in html, "手臂和后背" in html, "幼儿园" in html) == ([], True, True, False)


def test_no_form_of_the_people_of_the_file_holds_the_kind_of_body(client: Client) -> None:
    report = sent(client)
    signed_in(client, a_caseworker())
    forms = [
        client.get(f"/moves/mandatory_report/{report.pk}/{move}")
        for move in ("amend", "report", "propose_not", "miss")
    ]
    assert ['kindergarten" selected' in form.content.decode() for form in forms] == [False] * 4


def test_a_court_sees_nothing(client: Client) -> None:
    report = sent(client)
    assert signed_in(client, a_judge()).get(report.get_absolute_url()).status_code == 404


def test_another_key_seals_it(client: Client) -> None:
    report = sent(client)
    reporter = Reporter.objects.get(case=report.case_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT compartment FROM privacy_datakey WHERE owner = %s", [report.case_id])
        compartments = {row[0] for row in cursor.fetchall()}
    assert (reporter.compartment, report.compartment, compartments) == (
        "reporter",
        "victim",
        {"reporter", "victim"},
    )


def test_what_is_read_of_a_report_holds_no_reporter(client: Client) -> None:
    report, officer = sent(client), a_policeman()
    opened = [value for row in open_measure(report, officer).values() for value in row.values() if value]
    assert [word for word in SECRETS if any(word in value for value in opened)] == []


@pytest.mark.parametrize("signed", [False, True])
def test_no_step_and_no_old_version_names_the_sender(client: Client, signed: bool) -> None:
    ground()
    teacher = a_teacher()
    if signed:
        send(signed_in(client, teacher), address="/report/new", unit=None)
    else:
        send(client)
    report = MandatoryReport.objects.get()
    users = set(StepRecord.objects.filter(subject_id=report.case_id).values_list("actor_user", flat=True))
    users |= set(report.history.values_list("history_user_id", flat=True))
    users |= set(Case.objects.get(pk=report.case_id).history.values_list("history_user_id", flat=True))
    assert users == {SYSTEM_USER_ID}


def test_the_sender_of_an_account_lies_with_the_reporter(client: Client) -> None:
    ground()
    teacher, lead = a_teacher(), a_lead()
    send(signed_in(client, teacher), address="/report/new", unit=None)
    row = reveal(Reporter.objects.get(), "name", "note", actor=lead)
    assert row == {"name": teacher.label, "note": "扎赉诺尔区第一中学"}


def test_no_clear_column_of_the_database_holds_it(client: Client) -> None:
    """Every text column of every table, after the whole first half of the life."""
    report = sent(client)
    perform(report, "take_up", actor=a_policeman(), police_receipt="12")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY')"
        )
        found = []
        for table, column in cursor.fetchall():
            like = [f"%{word}%" for word in (TEACHER, KINDERGARTEN)]
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE ANY(%s) LIMIT 1', [like])
            found += [(table, column)] if cursor.fetchone() else []
    assert found == []
