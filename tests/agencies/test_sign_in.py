"""Coming in: who is let in, who is slowed down, and what a stranger can learn."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, override_settings
from django.utils import timezone

from agencies import throttle
from agencies.actor import SYSTEM_USER_ID
from agencies.kinds import Role
from agencies.models import SignInAttempt, User, WatchAlert
from tests import people
from tests.agencies.counting import CountingHasher
from tests.agencies.door import INSIDE, is_inside, post, sign_in

pytestmark = pytest.mark.django_db
RIGHT, WRONG = people.PASSWORD, "Wrong-river-07"


def somebody(username: str = "sumin", role: Role = Role.CASEWORKER) -> User:
    user = people.a_user(username, password=RIGHT)
    people.a_posting(role, people.federation(), user)
    return user


def wrong_tries(n: int, username: str = "sumin", address: str = "10.1.{}.{}") -> None:
    """`n` wrong guesses from n addresses, as the table remembers them."""
    now = timezone.now()
    for i in range(n):
        throttle.remember(username, address.format(i // 250, i % 250), False, now)


def test_a_right_password_opens_the_page_that_was_asked_for(visitor: Client) -> None:
    somebody()
    answer = sign_in(visitor, "sumin", RIGHT, next=INSIDE)
    assert (answer.status_code, answer.url) == (302, INSIDE)


@pytest.mark.parametrize("typed", ["SUMIN", " sumin ", "ｓｕｍｉｎ", "su min", "Ｓumin"])
def test_a_name_is_the_same_name_however_it_is_typed(visitor: Client, typed: str) -> None:
    somebody()
    assert sign_in(visitor, typed, RIGHT).status_code == 302


def test_a_nul_is_refused_in_words_that_are_true(visitor: Client) -> None:
    answer = sign_in(visitor, "su\0min", RIGHT)
    assert (answer.status_code, "空字符，请重新输入" in answer.content.decode()) == (422, True)


@pytest.mark.attack("T39")
def test_variants_of_a_name_share_one_counter(visitor: Client, tried: Any) -> None:
    somebody()
    for typed in ("sumin", "SUMIN", "ｓｕｍｉｎ", " sumin", "su min"):
        last = sign_in(visitor, typed, WRONG)
    tried(
        request="five spellings of one name, wrong password",
        actor="guesser",
        expected=429,
        got=last.status_code,
    )


@pytest.mark.attack("T36")
@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_TRUE_CLIENT_IP"]
)
def test_a_changing_address_header_does_not_lift_the_lock(visitor: Client, header: str, tried: Any) -> None:
    somebody()
    answers = [sign_in(visitor, "sumin", WRONG, **{header: f"1.2.3.{i}"}).status_code for i in range(6)]
    expected = [401, 401, 401, 401, 429, 429]
    tried(request=f"six wrong passwords, {header} changing", actor="guesser", expected=expected, got=answers)


def test_the_lock_holds_against_the_right_password_and_names_the_wait(visitor: Client) -> None:
    somebody()
    for _ in range(5):
        sign_in(visitor, "sumin", WRONG)
    answer = sign_in(visitor, "sumin", RIGHT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_the_lock_is_over_after_a_quarter_of_an_hour(visitor: Client) -> None:
    somebody()
    for _ in range(5):
        sign_in(visitor, "sumin", WRONG)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(visitor, "sumin", RIGHT).status_code == 302


def test_a_locked_pair_leaves_the_same_name_free_elsewhere(visitor: Client) -> None:
    somebody()
    for _ in range(6):
        sign_in(visitor, "sumin", WRONG, REMOTE_ADDR="10.9.9.9")
    assert sign_in(visitor, "sumin", RIGHT, REMOTE_ADDR="10.0.0.7").status_code == 302


@pytest.mark.attack("T37")
def test_many_addresses_guessing_one_name_are_slowed_together(visitor: Client, tried: Any) -> None:
    somebody()
    wrong_tries(20)
    answer = sign_in(visitor, "sumin", WRONG, REMOTE_ADDR="10.200.0.1")
    found = answer.status_code, int(answer.headers["Retry-After"]) > 10, WatchAlert.objects.get().rule
    expected = (429, True, "guessed_name")
    tried(request="20 wrong guesses from 20 addresses", actor="botnet", expected=expected, got=found)


def test_a_slowed_guess_is_not_looked_at_even_if_it_is_right(visitor: Client) -> None:
    somebody()
    wrong_tries(20)
    assert sign_in(visitor, "sumin", RIGHT, REMOTE_ADDR="10.200.0.1").status_code == 429


@pytest.mark.attack("T37")
def test_a_colleague_at_her_own_desk_is_not_slowed_by_guessers(visitor: Client, tried: Any) -> None:
    user = somebody()
    throttle.remember(user.username, "10.0.0.7", True, timezone.now() - timedelta(days=29))
    wrong_tries(100)
    got = sign_in(visitor, "sumin", RIGHT, REMOTE_ADDR="10.0.0.7").status_code
    tried(
        request="right password after 100 wrong ones elsewhere",
        actor="the owner at her desk",
        expected=302,
        got=got,
    )


def test_a_desk_not_used_for_a_month_is_strange_again() -> None:
    now = timezone.now()
    throttle.remember("sumin", "10.0.0.7", True, now - timedelta(days=31))
    wrong_tries(20)
    assert throttle.wait_for("sumin", "10.0.0.7", now) > 0


@pytest.mark.attack("T38")
def test_a_spray_over_many_names_slows_its_address(visitor: Client, tried: Any) -> None:
    for i in range(30):
        throttle.remember(f"name{i}", "10.66.0.1", False, timezone.now())
    got = sign_in(visitor, "sumin", WRONG, REMOTE_ADDR="10.66.0.1").status_code
    tried(request="one guess at each of 30 names", actor="one address", expected=429, got=got)


def test_the_pause_grows_with_the_guesses_and_ends_at_five_minutes() -> None:
    now = timezone.now()
    pauses = []
    for _ in range(3):
        wrong_tries(20)
        pauses.append(throttle.wait_for("sumin", "10.200.0.1", now))
    assert pauses == [15, 300, 300]


def test_the_slow_down_is_over_after_an_hour() -> None:
    wrong_tries(50)
    assert throttle.wait_for("sumin", "10.200.0.1", timezone.now() + timedelta(minutes=61)) == 0


def what_is_seen(answer: Any, username: str) -> tuple[int, str, list[str]]:
    body = answer.content.decode().replace(username, "NAME")
    body = re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken":)[ ="]*[A-Za-z0-9]+', "TOKEN", body)
    return answer.status_code, body, sorted(answer.headers)


@pytest.mark.attack("T40")
@pytest.mark.parametrize("case", ["closed", "no password", "system", "one-time password too old"])
def test_a_stranger_cannot_tell_a_name_that_exists(visitor: Client, case: str, tried: Any) -> None:
    user = somebody()
    password = WRONG
    if case == "closed":
        User.objects.update(is_active=False)
        password = RIGHT
    if case == "no password":
        user.set_unusable_password()
        user.save()
    if case == "one-time password too old":
        User.objects.update(must_change_password=True, password_changed_at=timezone.now() - timedelta(days=4))
        password = RIGHT
    name = "system" if case == "system" else "sumin"
    known, unknown = sign_in(visitor, name, password), sign_in(visitor, "nobody", password)
    seen, expected = what_is_seen(known, name), what_is_seen(unknown, "nobody")
    tried(request=f"sign-in, {case}", actor="stranger", expected=True, got=seen == expected)


@pytest.mark.attack("T40")
def test_a_wrong_password_and_an_unknown_name_look_the_same_up_to_the_lock(
    visitor: Client, tried: Any
) -> None:
    somebody()
    known = [what_is_seen(sign_in(visitor, "sumin", WRONG), "sumin") for _ in range(6)]
    unknown = [what_is_seen(sign_in(visitor, "nobody", WRONG), "nobody") for _ in range(6)]
    tried(
        request="6 wrong passwords, known and unknown name",
        actor="stranger",
        expected=True,
        got=known == unknown,
    )


@pytest.mark.attack("T40")
@override_settings(PASSWORD_HASHERS=["tests.agencies.counting.CountingHasher"])
def test_every_refusal_costs_one_hash_whoever_is_named(visitor: Client, tried: Any) -> None:
    somebody()
    somebody("closed")
    User.objects.filter(username="closed").update(is_active=False)
    people.a_posting(Role.OPERATOR, people.federation(), people.a_user("keyless"))
    costs = {}
    for name in ("sumin", "nobody", "closed", "keyless", "system"):
        before = CountingHasher.count
        sign_in(visitor, name, WRONG)
        costs[name] = CountingHasher.count - before
    expected = dict.fromkeys(costs, 1)
    tried(request="sign-in; hashes computed by kind of name", actor="stranger", expected=expected, got=costs)


def test_the_system_account_is_there_and_cannot_sign_in(visitor: Client) -> None:
    system = User.objects.get(pk=SYSTEM_USER_ID)
    assert (system.is_active, system.has_usable_password(), system.postings.count()) == (False, False, 0)


def test_without_a_posting_in_force_the_right_password_is_not_enough(visitor: Client) -> None:
    people.a_user("sumin", password=RIGHT)
    assert (sign_in(visitor, "sumin", RIGHT).status_code, is_inside(visitor)) == (403, False)


@pytest.mark.attack("T50")
@override_settings(PASSWORD_HASHERS=["agencies.hashers.Argon2Hasher"])
def test_a_megabyte_of_password_is_wrong_without_being_hashed(visitor: Client, tried: Any) -> None:
    somebody()
    began = timezone.now()
    answer = sign_in(visitor, "sumin", "x" * 900_000)
    found = answer.status_code, (timezone.now() - began).total_seconds() < 1
    tried(request="sign-in with 900 kB of password", actor="anybody", expected=(401, True), got=found)


@override_settings(PASSWORD_HASHERS=["agencies.hashers.Argon2Hasher"])
def test_passwords_are_stored_as_argon2id() -> None:
    assert somebody().password.split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]


@pytest.mark.attack("T48")
def test_a_sign_in_without_the_pages_token_is_refused(tried: Any) -> None:
    somebody()
    form = {"username": "sumin", "password": RIGHT}
    got = Client(enforce_csrf_checks=True).post("/sign-in", form).status_code
    tried(request="POST /sign-in without token", actor="foreign page", expected=403, got=got)


@pytest.mark.attack("T48")
def test_a_sign_out_without_the_pages_token_is_refused(tried: Any) -> None:
    inside = people.signed_in(Client(enforce_csrf_checks=True), people.an_operator())
    found = inside.post("/sign-out").status_code, is_inside(inside)
    tried(request="POST /sign-out without token", actor="foreign page", expected=(403, True), got=found)


@pytest.mark.attack("T41")
def test_the_session_gets_a_new_id_at_sign_in(visitor: Client, tried: Any) -> None:
    somebody()
    visitor.cookies["sessionid"] = planted = "a" * 32
    sign_in(visitor, "sumin", RIGHT)
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    found = visitor.cookies["sessionid"].value != planted, is_inside(stranger)
    tried(
        request="sign-in under a planted session id",
        actor="who planted it",
        expected=(True, False),
        got=found,
    )


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "\\\\evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)",
     "/%0d%0a//evil", "/ok\r\nX: y", "///evil.example", " //evil.example", "evil", "http:evil.example"],
)  # fmt: skip
def test_after_sign_in_the_way_leads_to_a_page_of_ours(visitor: Client, wanted: str) -> None:
    somebody()
    url = sign_in(visitor, "sumin", RIGHT, next=wanted).url
    assert url in ("/", "/%0d%0a//evil")


def test_nothing_typed_at_the_door_is_kept_by_the_lock(visitor: Client) -> None:
    somebody()
    sign_in(visitor, "sumin", WRONG, next="/?q=secret")
    attempt = AccessAttempt.objects.get()
    assert (attempt.post_data, attempt.get_data) == ("", "")


def test_names_with_control_characters_are_simply_wrong(visitor: Client) -> None:
    answers = [sign_in(visitor, name, WRONG).status_code for name in ("a\0b", "x" * 10_000, "‮abc", "㐂" * 70)]
    assert answers == [422, 401, 401, 401]


def test_attempts_older_than_thirty_days_are_forgotten() -> None:
    now = timezone.now()
    throttle.remember("old", "10.0.0.1", False, now - timedelta(days=31))
    throttle.remember("sumin", "10.0.0.1", True, now)
    assert list(SignInAttempt.objects.values_list("username", flat=True)) == ["sumin"]


def test_somebody_with_two_postings_says_where_she_works_now(visitor: Client) -> None:
    user = somebody()
    people.a_posting(Role.AUDITOR, people.federation(), user)
    lead = people.a_posting(Role.LEAD, people.superior_federation(), user)
    first = sign_in(visitor, "sumin", RIGHT, next=INSIDE)
    before = is_inside(visitor)
    chosen = post(visitor, "/posting", {"posting": str(lead.pk)})
    page = visitor.get(INSIDE)
    assert (first.url, before, chosen.url, page.wsgi_request.actor.posting_id) == (  # type: ignore[attr-defined]
        "/posting", False, INSIDE, lead.pk,
    )  # fmt: skip


def test_nobody_acts_in_somebody_elses_posting(visitor: Client) -> None:
    user = somebody()
    people.a_posting(Role.AUDITOR, people.federation(), user)
    other = people.a_posting(Role.LEAD, people.federation())
    sign_in(visitor, "sumin", RIGHT)
    answer = post(visitor, "/posting", {"posting": str(other.pk)})
    assert (answer.status_code, is_inside(visitor)) == (200, False)
