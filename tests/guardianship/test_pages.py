"""Panel, forms, the page a court opens, refusals that keep the text, foreigners."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.measures.guardianship.models import Guardianship
from tests.guardianship.matters import a_case_with_a_guardian, a_civil_servant, matter_in, prepared
from tests.people import a_caseworker, a_judge, a_policeman, signed_in
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_it_is_prepared_from_the_page_of_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_case_with_a_guardian(worker)
    address = reverse("casework:open_measure", args=[case.pk, "guardianship"])
    signed_in(client, worker)
    typed = {
        "ward": "minor",
        "grounds": ["harm"],
        "applicant": "federation",
        "account": "长期殴打",
        "guardians": "2",
    }
    answer = client.post(address, typed)
    matter = Guardianship.objects.get()
    assert (answer.status_code, answer["Location"], matter.guardians) == (302, matter.get_absolute_url(), 2)


def test_what_is_missing_is_asked_for_and_the_text_kept(client: Client) -> None:
    worker = a_caseworker()
    case = a_case_with_a_guardian(worker)
    address = reverse("casework:open_measure", args=[case.pk, "guardianship"])
    page = signed_in(client, worker).post(
        address, {"ward": "minor", "applicant": "federation", "account": "长期殴打"}
    )
    assert (page.status_code, "长期殴打" in text(page), Guardianship.objects.count()) == (422, True, 0)


def test_the_panel_holds_codes_only(client: Client) -> None:
    worker = a_caseworker()
    matter = prepared(worker)
    page = text(signed_in(client, worker).get(matter.case.get_absolute_url()))
    assert ("严重损害被监护人身心健康" in page, "长期殴打" in page) == (True, False)


def show(client: Client, matter: Guardianship) -> str:
    return text(client.post(f"{matter.get_absolute_url()}show", {"number": "yes"}))


def test_a_court_reads_who_they_are_and_why(client: Client) -> None:
    matter = matter_in("filed", a_caseworker())
    page = show(signed_in(client, a_judge()), matter)
    found = [word in page for word in ("长期殴打", "想和姥姥一起住", "赵某强", "110101199003070038")]
    assert found == [True, True, True, True]


def test_whoever_cares_reads_what_the_child_wishes(client: Client) -> None:
    matter = matter_in("filed", a_caseworker())
    page = show(signed_in(client, a_civil_servant()), matter)
    assert [word in page for word in ("长期殴打", "想和姥姥一起住", "110101199003070038")] == [
        False,
        True,
        False,
    ]


def test_the_inbox_of_a_court_shows_its_button_and_clock() -> None:
    worker, judge = a_caseworker(), a_judge()
    matter = matter_in("filed", worker)
    [before] = Guardianship.inbox_rows(judge)
    perform(matter, "accept", actor=judge)
    [after] = Guardianship.inbox_rows(judge)
    assert ([found.move.name for found in before.moves], after.deadline and after.deadline.clock) == (
        ["accept", "revoke", "dismiss", "withdraw"], "guardianship_trial_30d",
    )  # fmt: skip


def test_foreigners_find_nothing(client: Client) -> None:
    matter = matter_in("filed", a_caseworker())
    assert signed_in(client, a_policeman()).get(matter.get_absolute_url()).status_code == 404


def test_a_measure_without_texts_has_its_panel_on_a_page_too(client: Client) -> None:
    worker = a_caseworker()
    matter = prepared(worker)
    assert signed_in(client, worker).get(matter.get_absolute_url()).status_code == 200
