"""Staying in: for how long, until what, and what is kept when it ends."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from agencies import services
from agencies import session as sessions
from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency, OpenSession, Posting, User
from agencies.waiting import AGAIN
from tests import people
from tests.agencies.door import INSIDE, age_session, is_inside, post, sign_in

pytestmark = pytest.mark.django_db
NEW = "Another-stone-42"


def inside(actor: Actor) -> Client:
    return people.signed_in(Client(enforce_csrf_checks=True), actor)


def a_typist(role: Role = Role.ADMINISTRATOR) -> Client:
    """Somebody with a real password who is signed in and typing."""
    user = people.a_user("typist", password=people.PASSWORD)
    people.a_posting(role, people.federation(), user)
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "typist", people.PASSWORD)
    return browser


def test_each_request_asks_once_who_acts(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    browser = inside(people.an_operator())
    with django_assert_num_queries(2):  # the session, and the posting with its user and agency
        browser.get(INSIDE)


@pytest.mark.parametrize(
    ("actor", "minutes", "good"),
    [("an_operator", 14.5, True), ("an_operator", 15, False),
     ("a_policeman", 9.5, True), ("a_policeman", 10, False)],
)  # fmt: skip
def test_a_session_left_alone_closes(actor: str, minutes: float, good: bool) -> None:
    browser = inside(getattr(people, actor)())
    age_session(browser, seen=minutes)
    assert is_inside(browser) is good


def test_a_session_ends_after_eight_hours_of_work() -> None:
    browser = inside(people.an_operator())
    age_session(browser, began=8 * 60)
    assert is_inside(browser) is False


def test_working_keeps_a_session_open() -> None:
    browser = inside(people.an_operator())
    for _ in range(3):
        age_session(browser, seen=14)
        browser.get(INSIDE)
    assert is_inside(browser) is True


@pytest.mark.attack("T44")
def test_polling_in_the_background_does_not_keep_it_open(tried: Any) -> None:
    browser = inside(people.an_operator())
    for _ in range(3):
        age_session(browser, seen=6)
        last = browser.get(INSIDE, headers={"X-Background": "1"})
    tried(
        request="background requests for 18 minutes",
        actor="a page left alone",
        expected=302,
        got=last.status_code,
    )


@pytest.mark.attack("T44")
@pytest.mark.parametrize(
    ("who", "past"), [("operator", {"seen": 15}), ("liaison", {"seen": 10}), ("operator", {"began": 480})]
)
def test_a_session_past_its_limit_is_not_kept_alive_by_polling(
    who: str, past: dict[str, float], tried: Any
) -> None:
    browser = inside(people.an_operator() if who == "operator" else people.a_policeman())
    row = OpenSession.objects.get()
    got = [browser.get(INSIDE, headers={"X-Background": "1"}).status_code]
    age_session(browser, **past)
    got += [browser.get(INSIDE, headers={"X-Background": "1"}).status_code for _ in range(2)]
    got += [post(browser, "/extend").status_code, browser.get(INSIDE).status_code]
    unmoved = OpenSession.objects.get().seen == row.seen
    tried(
        request=f"background requests, a key and a click at the limit {past}",
        actor=f"page of a {who}, left alone",
        expected=([200, 302, 302, 401, 302], True),
        got=(got, unmoved),
    )


def test_any_key_keeps_it_open() -> None:
    browser = inside(people.an_operator())
    age_session(browser, seen=14)
    first = post(browser, "/extend").status_code
    age_session(browser, seen=14)
    assert (first, is_inside(browser)) == (204, True)


def test_a_key_pressed_too_late_does_not_open_it_again() -> None:
    browser = inside(people.an_operator())
    age_session(browser, seen=15)
    assert (post(browser, "/extend").status_code, is_inside(browser)) == (401, False)


def test_the_idle_limit_is_a_matter_of_the_time_passed_in() -> None:
    now = timezone.now()
    posting = people.posting_of(people.an_operator())
    session = Client().session
    sessions.stamp(session, posting.user, now, posting)
    later = [now + timedelta(minutes=m) for m in (14, 15)]
    assert [sessions.is_over(session, Role.OPERATOR, at) for at in later] == [False, True]


@pytest.mark.attack("T13", "T14")
@pytest.mark.parametrize("what", ["posting ended", "account closed", "password reset", "role given"])
def test_what_an_administrator_changes_ends_every_session_at_once(what: str, tried: Any) -> None:
    operator, administrator = people.an_operator(), people.an_administrator()
    posting = people.posting_of(operator)
    browsers = [inside(operator), inside(operator)]
    if what == "posting ended":
        services.end_posting(actor=administrator, posting=posting, now=timezone.now())
    if what == "account closed":
        services.set_active(actor=administrator, user=posting.user, active=False)
    if what == "password reset":
        services.reset_password(actor=administrator, user=posting.user)
    if what == "role given":
        services.give_posting(
            actor=administrator, user=posting.user, agency=posting.agency, role=Role.CASEWORKER
        )
    got = [is_inside(browser) for browser in browsers]
    tried(
        request=f"GET {INSIDE} after: {what}",
        actor="operator, two open sessions",
        expected=[False, False],
        got=got,
    )


def test_a_posting_that_ran_out_overnight_ends_the_session() -> None:
    operator = people.an_operator()
    browser = inside(operator)
    Posting.objects.update(starts=timezone.now() - timedelta(2), ends=timezone.now())
    assert (is_inside(browser), Session.objects.count()) == (False, 0)


def test_an_agency_taken_out_of_use_ends_the_sessions_of_its_people() -> None:
    browser = inside(people.a_policeman())
    Agency.objects.update(is_active=False)
    assert is_inside(browser) is False


def test_a_password_changed_behind_our_back_ends_the_session() -> None:
    operator = people.an_operator()
    browser = inside(operator)
    user = User.objects.get(pk=operator.user_id)
    user.set_password(NEW)
    user.save()
    assert is_inside(browser) is False


def test_changing_ones_password_ends_the_others_and_keeps_this_one() -> None:
    here, there = a_typist(), Client(enforce_csrf_checks=True)
    sign_in(there, "typist", people.PASSWORD)
    old_id = here.cookies["sessionid"].value
    post(here, "/password", {"old": people.PASSWORD, "new": NEW, "again": NEW})
    assert (is_inside(here), is_inside(there), here.cookies["sessionid"].value == old_id) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("wrong", NEW, NEW), (people.PASSWORD, NEW, "different"), (people.PASSWORD, "short1A", "short1A"),
     (people.PASSWORD, "alllowercase", "alllowercase"), (people.PASSWORD, "Aa1" * 100, "Aa1" * 100),
     (people.PASSWORD, people.PASSWORD, people.PASSWORD), (people.PASSWORD, "Typist-123", "Typist-123")],
)  # fmt: skip
def test_a_poor_new_password_is_refused(old: str, new: str, again: str) -> None:
    answer = post(a_typist(), "/password", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422


def test_a_long_sentence_is_a_good_password() -> None:
    sentence = "黄昏时分河边的白桦树一共有七棵"
    answer = post(
        a_typist(), "/password", {"old": people.PASSWORD, "new": sentence + "呢", "again": sentence + "呢"}
    )
    assert answer.status_code == 302


def test_signing_out_everywhere_ends_every_session() -> None:
    here, there = a_typist(), Client(enforce_csrf_checks=True)
    sign_in(there, "typist", people.PASSWORD)
    post(here, "/sign-out", {"everywhere": "yes"})
    assert (is_inside(here), is_inside(there)) == (False, False)


@pytest.mark.attack("T45")
def test_signing_out_here_leaves_the_other_machine_alone(tried: Any) -> None:
    here, there = a_typist(), Client(enforce_csrf_checks=True)
    sign_in(there, "typist", people.PASSWORD)
    kept = here.cookies["sessionid"].value
    answer = post(here, "/sign-out")
    replay = Client()
    replay.cookies["sessionid"] = kept
    found = is_inside(here), is_inside(there), is_inside(replay), answer.headers["Clear-Site-Data"]
    expected = (False, True, False, '"cache", "storage"')
    tried(
        request="the cookie of before signing out", actor="thief of the cookie", expected=expected, got=found
    )


@pytest.mark.attack("T48")
def test_a_liaisons_second_sign_in_ends_the_first(tried: Any) -> None:
    user = people.a_user("police", password=people.PASSWORD)
    people.a_posting(Role.LIAISON, people.police(), user)
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    sign_in(first, "police", people.PASSWORD)
    sign_in(second, "police", people.PASSWORD)
    found = is_inside(first), is_inside(second)
    tried(request="a second sign-in of a liaison", actor="liaison", expected=(False, True), got=found)


def test_no_page_of_ours_stays_in_a_browsers_memory() -> None:
    browser = inside(people.an_operator())
    answers = [browser.get(INSIDE), browser.get("/people"), Client().get("/sign-in")]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 3


def test_a_form_sent_too_late_is_held_and_goes_through_with_the_password() -> None:
    browser = a_typist()
    age_session(browser, seen=16)
    typed = {"username": "newcomer", "display_name": "新同事 王芳"}
    held = post(browser, "/people/new", typed)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', held.content.decode()))
    kept = {name: fields[name] for name in typed}
    sent = post(browser, "/people/new", {**kept, AGAIN: people.PASSWORD})
    made = User.objects.filter(username="newcomer").values_list("display_name", flat=True)
    assert (held.status_code, kept, sent.status_code, list(made)) == (401, typed, 200, ["新同事 王芳"])


def test_a_held_form_stays_held_while_the_password_is_wrong() -> None:
    browser = a_typist()
    age_session(browser, seen=16)
    answer = post(browser, "/people/new", {"display_name": "王芳", AGAIN: "wrong"})
    found = answer.status_code, 'value="王芳"' in answer.content.decode(), is_inside(browser)
    assert found == (401, True, False)


def test_what_a_held_form_says_is_not_kept_by_the_lock() -> None:
    browser = a_typist()
    age_session(browser, seen=16)
    post(browser, "/people/new", {"display_name": "王芳", AGAIN: "wrong"})
    assert AccessAttempt.objects.values_list("post_data", flat=True).get() == ""


def test_a_stranger_at_the_held_form_is_locked_out_after_five_guesses() -> None:
    browser = a_typist()
    age_session(browser, seen=16)
    answers = [post(browser, "/people/new", {AGAIN: "wrong"}).status_code for _ in range(6)]
    assert answers == [401, 401, 401, 401, 429, 429]


def test_the_password_again_does_not_help_where_there_is_no_session() -> None:
    people.a_user("typist", password=people.PASSWORD)
    answer = post(Client(enforce_csrf_checks=True), "/people/new", {AGAIN: people.PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/sign-in?next=%2F")


def test_the_dialog_lets_the_same_person_go_on_with_the_pages_own_token() -> None:
    browser = a_typist()
    old_id, token = browser.cookies["sessionid"].value, browser.cookies["csrftoken"].value
    age_session(browser, seen=16)
    wrong = post(browser, "/renew", {"password": "wrong"}).status_code
    right = post(browser, "/renew", {"password": people.PASSWORD}).status_code
    same_token = browser.cookies["csrftoken"].value == token
    found = wrong, right, is_inside(browser), same_token, browser.cookies["sessionid"].value == old_id
    assert found == (401, 204, True, True, False)


def test_the_dialog_does_not_open_a_session_that_was_taken_away() -> None:
    browser = a_typist()
    age_session(browser, seen=16)
    services.end_sessions(user_id=User.objects.get(username="typist").pk)
    assert post(browser, "/renew", {"password": people.PASSWORD}).status_code == 409


@pytest.mark.parametrize(("minutes", "event"), [(16, "renew-needed"), (0, "sign-in-needed")])
def test_a_part_of_a_page_asks_for_the_password_in_place(minutes: int, event: str) -> None:
    browser = a_typist() if minutes else Client()
    if minutes:
        age_session(browser, seen=minutes)
    answer = browser.get("/people", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Trigger"], answer.content) == (401, event, b"")


def test_a_page_asked_for_too_late_is_shown_after_sign_in() -> None:
    browser = a_typist()
    age_session(browser, seen=16)
    asked = browser.get("/people").headers["Location"]
    page = browser.get(asked)
    answer = sign_in(browser, "typist", people.PASSWORD, next="/people")
    assert (asked, page.status_code, answer.url) == ("/sign-in?next=%2Fpeople", 200, "/people")
