"""What needs care asks once more who is there, and then goes on with what was typed."""

import re

import pytest
from django.test import Client

from agencies.kinds import Role
from agencies.models import User
from agencies.proof import PASSWORD
from agencies.waiting import AGAIN
from tests import people
from tests.agencies.door import age_session, is_inside, post, sign_in
from tests.agencies.keeper import RIGHT, code, half_in, second, with_app

pytestmark = pytest.mark.django_db
TYPED = {"username": "newcomer", "display_name": "王芳"}


def an_administrator(minutes: float = 6) -> Client:
    """Signed in with a password, which was given so many minutes ago."""
    user = people.a_user("typist", password=people.PASSWORD)
    people.a_posting(Role.ADMINISTRATOR, people.federation(), user)
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "typist", people.PASSWORD)
    age_session(browser, proved=minutes)
    return browser


def held_fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def newcomers() -> list[str]:
    return list(User.objects.filter(username="newcomer").values_list("display_name", flat=True))


def test_a_fresh_proof_is_not_asked_for_again() -> None:
    assert (post(an_administrator(4.9), "/people/new", TYPED).status_code, newcomers()) == (200, ["王芳"])


def test_what_was_typed_goes_on_with_the_proof() -> None:
    browser = an_administrator()
    asked = post(browser, "/people/new", TYPED)
    kept = {name: held_fields(asked.content.decode())[name] for name in TYPED}
    before, old_id = newcomers(), browser.cookies["sessionid"].value
    sent = post(browser, "/people/new", {**kept, PASSWORD: people.PASSWORD})
    found = asked.status_code, kept, before, sent.status_code, newcomers()
    assert found == (401, TYPED, [], 200, ["王芳"])
    assert browser.cookies["sessionid"].value != old_id


def test_a_wrong_proof_changes_nothing_and_keeps_what_was_typed() -> None:
    browser = an_administrator()
    asked = post(browser, "/people/new", {**TYPED, PASSWORD: "wrong"})
    found = asked.status_code, 'value="王芳"' in asked.content.decode(), "wrong" in asked.content.decode()
    assert (*found, newcomers(), is_inside(browser)) == (401, True, False, [], True)


def test_the_sixth_guess_at_the_proof_is_locked() -> None:
    browser = an_administrator()
    answers = [post(browser, "/people/new", {**TYPED, PASSWORD: "wrong"}).status_code for _ in range(6)]
    assert answers == [401, 401, 401, 401, 429, 429]


def test_within_a_part_of_a_page_the_question_takes_the_place_of_the_page() -> None:
    asked = post(an_administrator(), "/people/new", TYPED, HTTP_HX_REQUEST="true")
    assert (asked.status_code, asked.headers["HX-Retarget"]) == (403, "#main")
    assert held_fields(asked.content.decode())["display_name"] == "王芳"


@pytest.mark.parametrize(("wanted", "url"), [("/people", "/people"), ("//evil.example", "/")])
def test_a_page_asked_for_is_shown_after_the_proof(wanted: str, url: str) -> None:
    browser = an_administrator()
    wrong = post(browser, "/prove", {"next": wanted, PASSWORD: "wrong"})
    right = post(browser, "/prove", {"next": wanted, PASSWORD: people.PASSWORD})
    kept = held_fields(wrong.content.decode())["next"]
    assert (wrong.status_code, kept, right.status_code, right.url) == (401, url, 302, url)


def test_the_password_after_a_time_out_is_not_kept_in_the_page_that_asks_for_a_proof() -> None:
    _user, seed = with_app("chief", Role.ADMINISTRATOR)
    browser = half_in("chief")
    second(browser, code(seed))
    age_session(browser, seen=16, proved=20)
    asked = post(browser, "/people/new", {**TYPED, AGAIN: RIGHT})
    kept = held_fields(asked.content.decode())
    assert (asked.status_code, kept["display_name"], newcomers()) == (401, "王芳", [])
    assert RIGHT not in asked.content.decode()
