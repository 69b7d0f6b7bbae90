"""Panel, forms, refusals that keep the text, foreigners."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.measures.petition.models import Petition
from tests.casework.cases import a_case
from tests.people import a_caseworker, a_lead, a_policeman, signed_in
from tests.petition.petitions import petition_in, received

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_it_is_registered_from_the_page_of_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="other")
    address = reverse("casework:open_measure", args=[case.pk, "petition"])
    typed = {
        "source": "direct",
        "category": "marriage",
        "named": "True",
        "summary": "请求协调",
        "happened_day": "2026-03-02",
    }
    answer = signed_in(client, worker).post(address, typed)
    assert (answer.status_code, Petition.objects.get().named) == (302, True)


def test_the_panel_says_whether_a_notice_is_due(client: Client) -> None:
    worker = a_caseworker()
    petition = received(worker, named=False)
    page = text(signed_in(client, worker).get(petition.case.get_absolute_url()))
    assert ("无须告知：姓名或者住址不清" in page, "请求帮助协调落户" in page) == (True, False)


def test_an_extension_too_long_is_refused_with_the_text(client: Client) -> None:
    lead = a_lead()
    petition = petition_in("accepted", lead)
    move = reverse("workflow:move", args=["petition", petition.pk, "extend"])
    typed = {"extended_to": "2026-12-01", "reason": "需要多部门协调", "told": "True", "rev": petition.rev}
    page = signed_in(client, lead).post(move, typed)
    assert (page.status_code, "不超过三十日" in text(page), "需要多部门协调" in text(page)) == (
        409,
        True,
        True,
    )


def test_the_text_is_opened_on_its_page(client: Client) -> None:
    worker = a_caseworker()
    petition = received(worker)
    page = text(signed_in(client, worker).post(f"{petition.get_absolute_url()}show"))
    assert "请求帮助协调落户" in page


def test_foreigners_find_nothing(client: Client) -> None:
    petition = received()
    assert signed_in(client, a_policeman()).get(petition.get_absolute_url()).status_code == 404
