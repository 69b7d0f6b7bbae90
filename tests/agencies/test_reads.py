"""The auditor's page."""

from uuid import uuid4

import pytest
from django.test import Client

from agencies.actor import Actor
from agencies.models import User
from privacy.audit import Action, Purpose, record_read
from tests import people

pytestmark = pytest.mark.django_db


def read_by(actor: Actor) -> None:
    record_read(
        actor=actor,
        action=Action.READ,
        owner=uuid4(),
        table="casework_person",
        object_ids=[uuid4()],
        fields=["phone"],
        purpose=Purpose.CASEWORK,
    )


def names_on_the_page(auditor: Actor) -> list[str]:
    page = people.signed_in(Client(), auditor).get("/reads")
    return [read.name for read in page.context["reads"]]


def test_an_auditor_sees_who_of_her_own_agency_read_something() -> None:
    mine, foreign = people.a_caseworker(), people.a_caseworker(people.another_federation())
    read_by(mine)
    read_by(foreign)
    assert names_on_the_page(people.an_auditor()) == [User.objects.get(pk=mine.user_id).display_name]


def test_the_page_asks_as_much_for_many_readings_as_for_one(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    browser = people.signed_in(Client(), people.an_auditor())
    for n in (1, 3):
        for _ in range(n):
            read_by(people.a_caseworker())
        with django_assert_num_queries(10):
            browser.get("/reads")


def test_earlier_readings_are_a_page_further() -> None:
    worker = people.a_caseworker()
    for _ in range(101):
        read_by(worker)
    browser = people.signed_in(Client(), people.an_auditor())
    first = browser.get("/reads").context
    second = browser.get("/reads", {"before": first["next"]}).context
    assert (len(first["reads"]), len(second["reads"]), second["next"]) == (100, 1, "")


def test_a_senseless_time_shows_the_newest() -> None:
    read_by(people.a_caseworker())
    browser = people.signed_in(Client(), people.an_auditor())
    senseless = ("x", "2026-99-01T00:00Z", "2026-01-01")
    pages = [browser.get("/reads", {"before": text}).context["reads"] for text in senseless]
    assert [len(rows) for rows in pages] == [1, 1, 1]


def test_nobody_but_an_auditor_finds_the_page() -> None:
    others = [people.an_operator(), people.a_lead(), people.a_policeman(), people.a_supervisor()]
    others.append(people.an_administrator())
    found = [people.signed_in(Client(), actor).get("/reads").status_code for actor in others]
    assert found == [404] * 5
