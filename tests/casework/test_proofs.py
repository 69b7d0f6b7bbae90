"""An ID number, and all else that asks for a proof of the person: nothing of it without one, on whichever page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.proof import PASSWORD
from agencies.selectors import actor_of
from agencies.waiting import AGAIN
from casework import services
from casework.exports.workflow import E
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Archive, Case, Document, Export, MinorAccess, Person
from casework.services.exports import ask_for_export
from privacy.models import ReadAudit
from tests.agencies.door import age_session, post
from tests.agencies.keeper import RIGHT, somebody
from tests.agencies.test_step_up import held_fields
from tests.casework.cases import ID_NUMBER, NAME, a_case, a_child, close, ready_to_close, with_victim
from tests.people import a_caseworker, signed_in
from tests.protection_orders.orders import informed
from tests.referrals import handed
from tests.warning_letter import letters
from workflow.engine import begin

pytestmark = pytest.mark.django_db
NUMBER = ReadAudit.objects.filter(fields__contains=["id_number"], outcome="ok")
HIS = "11010119880101123X"


def a_worker(role: Role = Role.CASEWORKER) -> Actor:
    return actor_of(somebody(role=role).postings.get())


def left_open(worker: Actor) -> Client:
    """A session whose last proof is six minutes old."""
    browser = signed_in(Client(enforce_csrf_checks=True), worker)
    age_session(browser, proved=6)
    return browser


def a_page_left_open() -> tuple[Client, Any, Any]:
    """Her own case, in such a session."""
    worker = a_worker()
    case = a_case(worker)
    with_victim(case, worker)
    return left_open(worker), case, Person.objects.get(case=case)


def numbers_in(answer: Any) -> bool:
    return any(number in answer.content.decode(errors="replace") for number in (ID_NUMBER, HIS))


def test_the_card_opens_without_the_number_and_the_number_after_a_proof() -> None:
    browser, case, person = a_page_left_open()
    reveal, part = reverse("casework:reveal", args=[case.pk]), {"part": str(person.pk)}
    card = post(browser, reveal, part).content.decode()
    assert (NAME in card, "显示证件号码" in card, ID_NUMBER in card, NUMBER.count()) == (True, True, False, 0)
    asked = post(browser, reveal, {**part, "number": "yes"})
    assert (asked.status_code, ID_NUMBER in asked.content.decode(), NUMBER.count()) == (401, False, 0)
    shown = post(browser, reveal, {**part, "number": "yes", PASSWORD: RIGHT})
    assert (shown.status_code, ID_NUMBER in shown.content.decode(), NUMBER.count()) == (200, True, 1)


def test_the_password_after_a_time_out_is_a_proof_for_whoever_has_nothing_else() -> None:
    browser, case, person = a_page_left_open()
    age_session(browser, seen=16)
    typed = {"part": str(person.pk), "number": "yes"}
    reveal = reverse("casework:reveal", args=[case.pk])
    assert (post(browser, reveal, typed).status_code, NUMBER.count()) == (401, 0)
    shown = post(browser, reveal, {**typed, AGAIN: RIGHT})
    assert (shown.status_code, ID_NUMBER in shown.content.decode()) == (200, True)


def test_the_form_in_which_the_number_stands_asks_for_a_proof_first() -> None:
    browser, case, person = a_page_left_open()
    edit = reverse("casework:person_edit", args=[case.pk, person.pk])
    asked = browser.get(edit)
    assert (asked.status_code, ID_NUMBER in asked.content.decode(), NUMBER.count()) == (401, False, 0)
    assert post(browser, "/prove", {"next": edit, PASSWORD: RIGHT}).url == edit
    assert ID_NUMBER in browser.get(edit).content.decode()


def test_a_person_without_a_number_is_edited_without_a_proof() -> None:
    worker = a_worker()
    case = a_case(worker)
    person = services.add_person(case, actor=worker, role="victim", name=NAME)
    page = left_open(worker).get(reverse("casework:person_edit", args=[case.pk, person.pk]))
    assert (page.status_code, NAME in page.content.decode()) == (200, True)


def told(make: Callable[[Actor, Case], Any]) -> Callable[[Actor], Any]:
    """One object of a case in which both have an ID number."""

    def made(worker: Actor) -> Any:
        case = handed.a_told_case(worker)
        him = Person.objects.get(case=case, role="respondent")
        services.update_person(him, actor=worker, rev=him.rev, name="赵某强", phone="", id_number=HIS)
        return make(worker, case)

    return made


def reported(worker: Actor, case: Case) -> Any:
    fields: dict[str, Any] = {"duty": "minor", "situations": ["MR4"], "account": "手臂多处淤青"}
    return begin(MandatoryReport, actor=worker, case=case, **fields)


def handed_over(worker: Actor, case: Case) -> Any:
    return handed.sent(worker, case, shares=["name", "id_number"])


PAGES: dict[str, tuple[Callable[[Actor, Case], Any], str]] = {
    "a letter": (lambda worker, case: letters.drafted(worker, case), "warning_letter:show"),
    "an order": (lambda worker, case: informed(worker, case), "protection_orders:show"),
    "a referral": (handed_over, "referrals:show"),
    "a measure": (reported, "casework:measure_show"),
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_names_and_asks_for_a_proof_before_a_number(page: str) -> None:
    worker = a_worker()
    make, show = PAGES[page]
    row = told(make)(worker)
    url = reverse(show, args=[row.flow.key, row.pk] if show == "casework:measure_show" else [row.pk])
    browser, part = left_open(worker), {"part": "people"}
    names = post(browser, url, part)
    assert (names.status_code, numbers_in(names), "显示证件号码" in names.content.decode()) == (
        200,
        False,
        True,
    )
    asked = post(browser, url, {**part, "number": "yes"})
    assert (asked.status_code, numbers_in(asked), NUMBER.count()) == (401, False, 0)
    shown = post(browser, url, {**part, "number": "yes", PASSWORD: RIGHT})
    assert (shown.status_code, numbers_in(shown), NUMBER.exists()) == (200, True, True)


def test_a_paper_with_a_number_is_drawn_and_given_out_after_a_proof() -> None:
    worker = a_worker()
    letter = told(PAGES["a letter"][0])(worker)
    browser = left_open(worker)
    draw = reverse("casework:document_print", args=["letter_request", letter.pk])
    asked = post(browser, draw)
    assert (asked.status_code, Document.objects.count(), NUMBER.count()) == (401, 0, 0)
    assert post(browser, draw, {PASSWORD: RIGHT}).status_code == 302
    fetch = reverse("casework:document_get", args=[Document.objects.get().pk, "pdf"])
    assert post(browser, fetch).status_code == 200
    age_session(browser, proved=6)
    assert post(browser, fetch).status_code == 401


def test_a_paper_without_a_number_is_given_out_without_a_proof() -> None:
    worker = a_worker()
    case = a_case(worker)
    browser = left_open(worker)
    assert post(browser, reverse("casework:document_print", args=["rights", case.pk])).status_code == 302
    fetch = reverse("casework:document_get", args=[Document.objects.get().pk, "pdf"])
    assert post(browser, fetch).status_code == 200


def test_whoever_approves_an_export_proves_who_she_is_first() -> None:
    lead = a_worker(Role.LEAD)
    export = ask_for_export(
        actor=a_caseworker(), source="cases", people="numbers", form="xlsx", reason="季度汇报"
    )
    browser, url = left_open(lead), reverse("workflow:move", args=["export", export.pk, "approve"])
    asked = post(browser, url, {"rev": export.rev})
    assert (asked.status_code, Export.objects.get().state) == (401, E.ASKED)
    approved = post(browser, url, {"rev": export.rev, PASSWORD: RIGHT})
    assert (approved.status_code, Export.objects.get().state) == (303, E.MAKING)


def test_a_minors_data_open_in_an_emergency_after_a_proof_and_the_reason_is_kept() -> None:
    worker = a_worker()
    case = a_case(worker)
    url = reverse("casework:access_ask", args=[case.pk, a_child(case, worker).pk])
    browser, typed = left_open(worker), {"why": "danger", "reason": "孩子可能有危险", "emergency": "yes"}
    asked = post(browser, url, typed)
    kept = held_fields(asked.content.decode())
    assert (asked.status_code, {name: kept[name] for name in typed}) == (401, typed)
    assert (MinorAccess.objects.count(), post(browser, url, {**kept, PASSWORD: RIGHT}).status_code) == (
        0,
        302,
    )
    assert MinorAccess.objects.get().state == "emergency"


def test_a_whole_file_is_packed_after_a_proof() -> None:
    worker = a_worker()
    case = ready_to_close(worker)
    close(case, worker)
    browser, url = left_open(worker), reverse("casework:archive_new", args=[case.pk])
    assert (post(browser, url).status_code, Archive.objects.count()) == (401, 0)
    assert (post(browser, url, {PASSWORD: RIGHT}).status_code, Archive.objects.count()) == (302, 1)
