"""A report from outside: one report however often it is sent, a case of its own, the right federation, the right body."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from agencies.kinds import AgencyKind
from agencies.models import Area
from casework.measures.mandatory_report import intake
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Case, Person, Reporter
from casework.suggestions import suggestions_for
from tests.attacks.record import Tried
from tests.casework.cases import a_case, with_victim
from tests.mandatory_report.reports import TYPED, a_teacher, found, ground, send
from tests.people import a_caseworker, an_agency, an_operator, federation, signed_in, town
from workflow.engine import perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db


def code(answer: Any) -> str:
    return str(answer.context["sent"].code)


@pytest.mark.attack("T25")
def test_the_same_form_sent_twice_is_one_report_and_shows_its_code_again(
    client: Client, tried: Tried
) -> None:
    ground()
    first, second = send(client), send(client)
    got = (code(first), Case.objects.count(), MandatoryReport.objects.count(), Reporter.objects.count())
    tried(request="POST /report/form again", actor="visitor", expected=(code(second), 1, 1, 1), got=got)


@pytest.mark.attack("T25")
def test_the_same_words_from_another_window_are_one_report_without_its_code(
    client: Client, tried: Tried
) -> None:
    ground()
    first, second = send(client), send(client, key="form-2")
    got = (
        code(second),
        second.context["sent"].report == first.context["sent"].report,
        MandatoryReport.objects.count(),
    )
    tried(request="POST the same words with another key", actor="visitor", expected=("", True, 1), got=got)


def test_a_corrected_form_is_a_report_of_its_own(client: Client) -> None:
    ground()
    send(client)
    send(client, account="手臂和后背多处淤青，今天又添了新伤。")
    assert MandatoryReport.objects.count() == 2


def test_the_same_words_days_later_are_a_new_report(client: Client) -> None:
    ground()
    send(client)
    earlier = timezone.now() - timedelta(days=3)
    MandatoryReport.objects.update(created_at=earlier)
    send(client, key="form-2")
    assert MandatoryReport.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_instant_are_one_report() -> None:
    ground()

    def click(_number: int) -> int:
        try:
            return int(send(Client()).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(click, range(4)))
    assert (answers, MandatoryReport.objects.count(), Case.objects.count()) == ([200] * 4, 1, 1)


def test_it_opens_a_case_at_intake_in_the_federation_of_the_place(client: Client) -> None:
    ground()
    send(client)
    case = Case.objects.get()
    assert (case.state, case.agency, case.channel, case.matter, case.area, case.flags, case.assignee) == (
        "intake", federation(), "online", "child_abuse", town(), ["minor"], None,
    )  # fmt: skip


def test_each_place_has_its_own_federation(client: Client) -> None:
    ground()
    there = Area.objects.create(code="150726", name="新巴尔虎左旗")
    village = Area.objects.create(code="150726100", name="嵯岗镇", parent=there)
    other = an_agency(AgencyKind.FEDERATION, "新巴尔虎左旗妇女联合会", area=there)
    send(client, area=village.pk)
    assert Case.objects.get().agency == other


def test_a_place_nobody_knows_still_reaches_somebody(client: Client) -> None:
    ground()
    send(client, area="")
    assert Case.objects.get().agency == federation()


@pytest.mark.parametrize(
    ("changes", "matter", "flags"),
    [
        ({"situations": ["MR2"]}, "child_sexual_abuse", ["minor"]),
        ({"duty": "incapable", "situations": None}, "dv", ["incapable"]),
        ({"duty": "unable", "unable_reasons": ["age", "ill"]}, "elder_abuse", ["elderly", "seriously_ill"]),
        ({"duty": "unable", "unable_reasons": ["coerced"]}, "dv", ["coerced"]),
    ],
)
def test_what_was_ticked_becomes_the_facts_of_the_case(
    client: Client, changes: dict[str, Any], matter: str, flags: list[str]
) -> None:
    ground()
    send(client, **changes)
    case = Case.objects.get()
    assert (case.matter, case.flags) == (matter, flags)


def test_nothing_but_what_happened_is_required(client: Client) -> None:
    ground()
    empty = dict.fromkeys(
        (
            "injury", "found_at", "found_how", "place", "victim_name", "victim_age", "suspect_name", "suspect_relation",
            "unit_name", "reporter_name", "reporter_phone",
        ),
        "",
    )  # fmt: skip
    answer = send(client, **empty)
    roles = list(Person.objects.values_list("role", flat=True))
    assert (answer.status_code, roles, Reporter.objects.count()) == (200, ["victim"], 0)


@pytest.mark.parametrize(
    ("changes", "open_to_police"),
    [
        ({}, True),
        ({"unit": "citizen"}, True),
        ({"unit": "hospital", "duty": "unable", "unable_reasons": ["ill"]}, True),
        ({"unit": "citizen", "duty": "unable", "unable_reasons": ["coerced"]}, False),
    ],
)
def test_who_reports_whom_decides_whether_the_police_see_it_at_once(
    client: Client, changes: dict[str, Any], open_to_police: bool
) -> None:
    ground()
    send(client, **changes)
    assert MandatoryReport.objects.get().open_to_police == open_to_police


def test_somebody_known_is_suggested_for_joining_and_not_joined(client: Client) -> None:
    ground()
    worker = a_caseworker()
    known = a_case(worker)
    with_victim(known, worker, name=TYPED["victim_name"], phone="", id_number="")
    send(client)
    fresh = Case.objects.exclude(pk=known.pk).get()
    hints = [hint for hint in suggestions_for(fresh, worker) if hint.url.endswith("/join")]
    assert (len(hints), known.reference in str(hints[0].text), fresh.joined_to) == (1, True, None)


def test_a_report_of_a_joined_case_still_asks_to_be_made(client: Client) -> None:
    ground()
    worker = a_caseworker()
    known = a_case(worker)
    with_victim(known, worker, name=TYPED["victim_name"], phone="", id_number="")
    send(client)
    perform(Case.objects.exclude(pk=known.pk).get(), "join", actor=worker, joined_to=known, reason="同一人")
    known.refresh_from_db()
    assert "report" in [hint.url.rsplit("/", 1)[-1] for hint in suggestions_for(known, worker) if hint.urgent]


def test_an_account_of_a_body_reports_and_sees_its_own_reports(client: Client) -> None:
    ground()
    teacher = a_teacher()
    send(signed_in(client, teacher), address="/report/new", unit=None)
    report = MandatoryReport.objects.get()
    page = client.get("/report/new")
    assert (report.origin, report.unit, report.receipt in page.content.decode()) == ("agency", "school", True)


def test_a_body_does_not_see_the_reports_of_another(client: Client) -> None:
    ground()
    send(client)
    page = signed_in(client, a_teacher()).get("/report/new")
    assert page.context["sent_before"] == []


def test_our_own_staff_report_into_their_own_house(client: Client) -> None:
    ground()
    operator = an_operator()
    send(signed_in(client, operator), address="/report/new", unit=None, area="")
    report = MandatoryReport.objects.get()
    assert (report.origin, report.open_to_police, report.case.agency_id, Reporter.objects.count()) == (
        "federation", False, operator.agency_id, 0,
    )  # fmt: skip


def test_a_call_about_a_child_starts_the_report(client: Client) -> None:
    signed_in(client, an_operator()).post("/desk/new")
    [address] = [step.obj_id for step in StepRecord.objects.filter(flow="call")]
    typed = {
        "safety": "safe", "kind": "bystander", "flags": ["minor"], "account": "邻居家孩子常被打", "outcome": "open_case",
        "rights_informed": "on", "number": "13904705588",
    }  # fmt: skip
    client.post(f"/desk/{address}", typed)
    report = MandatoryReport.objects.get()
    assert (report.duty, report.state, report.origin) == ("minor", "found", "federation")


def test_a_child_without_a_report_is_suggested_first() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="child_abuse", flags=["minor"])
    before = [hint.law for hint in suggestions_for(case, worker) if hint.urgent]
    found(worker, case)
    after = [hint.url.rsplit("/", 1)[-1] for hint in suggestions_for(case, worker) if hint.urgent]
    assert (before, after) == (["M2"], ["report"])


def test_a_code_is_never_the_same_for_two_reports() -> None:
    codes = {intake._code("form-1", str(number)) for number in range(500)}
    assert (len(codes), {len(one) for one in codes}) == (500, {10})
