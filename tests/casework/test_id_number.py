"""An ID number is shown to whoever has just proved who she is, and to nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.proof import PASSWORD
from agencies.selectors import actor_of
from casework.models import Person
from privacy.models import ReadAudit
from tests.agencies.door import age_session, post
from tests.agencies.keeper import RIGHT, somebody
from tests.casework.cases import ID_NUMBER, NAME, a_case, with_victim
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NUMBER = ReadAudit.objects.filter(fields__contains=["id_number"], outcome="ok")


def a_page_left_open() -> tuple[Client, Any, Any]:
    """Her own case, in a session whose last proof is six minutes old."""
    worker = actor_of(somebody().postings.get())
    case = a_case(worker)
    with_victim(case, worker)
    browser = signed_in(Client(enforce_csrf_checks=True), worker)
    age_session(browser, proved=6)
    return browser, case, Person.objects.get(case=case)


def test_the_card_opens_without_the_number_and_the_number_after_a_proof() -> None:
    browser, case, person = a_page_left_open()
    reveal, part = reverse("casework:reveal", args=[case.pk]), {"part": str(person.pk)}
    card = post(browser, reveal, part).content.decode()
    assert (NAME in card, "显示证件号码" in card, ID_NUMBER in card, NUMBER.count()) == (True, True, False, 0)
    asked = post(browser, reveal, {**part, "number": "yes"})
    assert (asked.status_code, ID_NUMBER in asked.content.decode(), NUMBER.count()) == (401, False, 0)
    shown = post(browser, reveal, {**part, "number": "yes", PASSWORD: RIGHT})
    assert (shown.status_code, ID_NUMBER in shown.content.decode(), NUMBER.count()) == (200, True, 1)


def test_the_form_in_which_the_number_stands_asks_for_a_proof_first() -> None:
    browser, case, person = a_page_left_open()
    edit = reverse("casework:person_edit", args=[case.pk, person.pk])
    asked = browser.get(edit)
    assert (asked.status_code, ID_NUMBER in asked.content.decode(), NUMBER.count()) == (401, False, 0)
    assert post(browser, "/prove", {"next": edit, PASSWORD: RIGHT}).url == edit
    assert ID_NUMBER in browser.get(edit).content.decode()
