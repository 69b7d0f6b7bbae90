"""Panel and forms: the block is told with its article before anything is typed, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework import services
from casework.measures.family_mediation.models import FamilyMediation
from tests.casework.cases import ALL_NO, a_case
from tests.family_mediation.mediations import a_marriage_case, a_mediation, talking
from tests.family_mediation.test_life import TERMS
from tests.people import a_caseworker, an_operator, signed_in
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def address(case: Any) -> str:
    return reverse("casework:open_measure", args=[case.pk, "family_mediation"])


TYPED = {
    "subjects": ["custody"], "mediator": "federation", "asked_apart": "True", "both_willing": "True", "wishes": "想好好说一次",
}  # fmt: skip


def test_it_is_opened_from_the_page_of_the_case(client: Client) -> None:
    worker = a_caseworker()
    answer = signed_in(client, worker).post(address(a_marriage_case(worker)), TYPED)
    assert (answer.status_code, FamilyMediation.objects.get().subjects) == (302, ["custody"])


def test_the_block_names_its_article_and_keeps_the_text(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO | {"F2": "yes"})
    page = signed_in(client, worker).post(address(case), TYPED)
    html = text(page)
    assert (page.status_code, "不得调解" in html, "第9–11条" in html or "11条" in html, "想好好说一次" in html) == (
        409, True, True, True,
    )  # fmt: skip
    assert not FamilyMediation.objects.exists()


def test_an_operator_does_not_open_one(client: Client) -> None:
    case = a_marriage_case(a_caseworker())
    assert signed_in(client, an_operator()).get(address(case)).status_code == 404


def test_the_terms_are_opened_on_its_page_only(client: Client) -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    perform(mediation, "agree", actor=worker, **TERMS)
    signed_in(client, worker)
    closed = text(client.get(mediation.case.get_absolute_url()))
    opened = text(client.post(f"{mediation.get_absolute_url()}show"))
    assert ("每周探望" in closed, "每周探望" in opened) == (False, True)


def test_the_talk_asks_about_violence_first(client: Client) -> None:
    worker = a_caseworker()
    mediation = a_mediation(worker)
    move = reverse("workflow:move", args=["family_mediation", mediation.pk, "hold"])
    signed_in(client, worker)
    asked = text(client.get(move))
    refused = client.post(move, {"signs": "True", "talk": "她不敢抬头", "rev": mediation.rev})
    assert ("暴力、威胁或者恐惧" in asked, refused.status_code, "她不敢抬头" in text(refused)) == (
        True,
        409,
        True,
    )
