"""The second step: what opens, what does not, and what a guesser meets."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from agencies import code_apps, factors, recovery, session
from agencies.factors import CODE
from agencies.models import CodeApp, FactorTries, RecoveryCode, User, WatchAlert
from agencies.sign_in import NotSignedIn
from tests.agencies.door import age_session, is_inside, post, sign_in
from tests.agencies.keeper import RIGHT, code, codes_on, half_in, key_on, second, somebody, with_app

pytestmark = pytest.mark.django_db
SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def adds_an_app(browser: Client) -> tuple[str, Any]:
    """The key shown, and the answer to its first code."""
    seed = key_on(post(browser, "/security/app", {"name": "手机"}).content.decode())
    return seed, post(browser, "/security/app/confirm", {"code": code(seed)})


@pytest.mark.parametrize(
    ("second", "shown"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(second: int, shown: str) -> None:
    at = timezone.datetime.fromtimestamp(second, tz=timezone.get_current_timezone())  # type: ignore[attr-defined]
    assert code_apps.code_at(SEED, at) == shown


def test_an_app_is_added_and_from_then_on_asked_for() -> None:
    somebody()
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "sumin", RIGHT)
    old_id = browser.cookies["sessionid"].value
    seed, answer = adds_an_app(browser)
    on_paper = codes_on(answer.content.decode())
    assert (len(on_paper), browser.cookies["sessionid"].value != old_id) == (10, True)
    assert seed not in str(CodeApp.objects.values().get())
    assert second(half_in(), code(seed, timezone.now() + timedelta(seconds=30))).url == "/"


def test_a_key_whose_first_code_was_wrong_is_not_asked_for() -> None:
    user = somebody()
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "sumin", RIGHT)
    post(browser, "/security/app", {"name": "手机"})
    answer = post(browser, "/security/app/confirm", {"code": "000000"})
    assert (answer.status_code, factors.has_any(user)) == (401, False)


def test_a_new_second_step_asks_for_a_proof_first() -> None:
    somebody()
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "sumin", RIGHT)
    age_session(browser, proved=6)
    assert post(browser, "/security/app", {"name": "手机"}).status_code == 401


@pytest.mark.attack("T42")
def test_nothing_opens_between_password_and_second_step(tried: Any) -> None:
    with_app()
    browser = half_in()
    for path in ("/", "/password", "/security", "/cases/", "/posting", "/people"):
        got = browser.get(path).headers.get("Location", "opened")
        tried(
            request=f"GET {path}",
            actor="password right, no second step",
            expected=True,
            got=got.startswith("/sign-in"),
        )
    kept = post(browser, "/renew", {"password": RIGHT}).status_code
    tried(request="POST /renew", actor="password right, no second step", expected=409, got=kept)


@pytest.mark.attack("T41", "T42")
def test_the_second_step_opens_under_a_new_session_id_and_once_only(tried: Any) -> None:
    _user, seed = with_app()
    browser = half_in()
    before, typed = browser.cookies["sessionid"].value, code(seed)
    right = second(browser, typed).status_code
    old = Client()
    old.cookies["sessionid"] = before
    tried(request="POST /sign-in/second, right code", actor="caseworker", expected=302, got=right)
    tried(
        request="GET /password with the id of before",
        actor="thief of the first id",
        expected=False,
        got=is_inside(old),
    )
    again = second(half_in(), typed).status_code
    tried(
        request="POST /sign-in/second, the same code again",
        actor="who read it over her shoulder",
        expected=401,
        got=again,
    )
    assert is_inside(browser)


@pytest.mark.attack("T42")
def test_neither_anothers_code_nor_an_old_one_nor_one_to_come_opens(tried: Any) -> None:
    _user, seed = with_app()
    _other, other_seed = with_app("other")
    now = timezone.now()
    late, early = now - timedelta(seconds=61), now + timedelta(seconds=61)
    for what, typed in (
        ("another's", code(other_seed)),
        ("old", code(seed, late)),
        ("to come", code(seed, early)),
        ("none", ""),
    ):
        got = second(half_in(), typed).status_code
        tried(request=f"POST /sign-in/second, {what} code", actor="caseworker", expected=401, got=got)


@pytest.mark.attack("T42")
def test_a_code_on_paper_opens_once(tried: Any) -> None:
    user, _seed = with_app()
    first, *_rest = recovery.new_codes(user)
    got = [second(half_in(), typed).status_code for typed in (first.upper(), first)]
    tried(
        request="POST /sign-in/second, recovery code twice", actor="caseworker", expected=[302, 401], got=got
    )
    assert (recovery.left(user), first in str(list(RecoveryCode.objects.values()))) == (9, False)


@pytest.mark.attack("T43")
def test_guessing_codes_locks_the_step_for_longer_each_time(tried: Any) -> None:
    user, seed = with_app()
    browser, waits = half_in(), []
    for _ in range(3):
        got = [second(browser, "000000") for _ in range(5)]
        waits.append(int(got[4].headers["Retry-After"]))
        FactorTries.objects.update(locked_until=timezone.now())
    tried(
        request="15 wrong codes",
        actor="guesser with the password",
        expected=[900, 7200, 86400],
        got=waits,
    )
    FactorTries.objects.update(locked_until=timezone.now() + timedelta(minutes=1))
    held = second(browser, code(seed)).status_code
    tried(request="the right code while locked", actor="guesser with the password", expected=429, got=held)
    assert WatchAlert.objects.get().user == user.pk


@pytest.mark.attack("T43")
@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_codes_at_once_five_are_looked_at(tried: Any) -> None:
    user, _seed = with_app()
    looked_at: list[int] = []

    def guess(number: int) -> None:
        request = RequestFactory().post("/", {CODE: f"{number:06}"})
        try:
            factors.check(request, user, timezone.now())
        except NotSignedIn as refusal:
            looked_at.append(refusal.wait)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(guess, range(100)))
    found = FactorTries.objects.get().wrong, len(looked_at), sum(not wait for wait in looked_at)
    tried(request="100 codes at once", actor="guesser with the password", expected=(5, 100, 4), got=found)


def test_half_way_in_is_over_after_ten_minutes() -> None:
    _user, seed = with_app()
    browser = half_in()
    age_session(browser, began=10)
    assert (second(browser, code(seed)).url, is_inside(browser)) == ("/sign-in", False)


def test_a_time_out_ends_with_the_password_but_proves_nothing_new() -> None:
    _user, seed = with_app()
    browser = half_in()
    second(browser, code(seed))
    age_session(browser, seen=16, proved=16)
    renewed = post(browser, "/renew", {"password": RIGHT}).status_code
    asked = post(browser, "/security/recovery").status_code
    assert (renewed, is_inside(browser), asked) == (204, True, 401)


def test_a_proof_in_the_middle_of_work_is_the_second_step_and_not_the_password() -> None:
    from_password = {"huhang-proof-password": RIGHT}
    _user, seed = with_app()
    browser = half_in()
    second(browser, code(seed))
    age_session(browser, proved=6)
    by_password = post(browser, "/security/recovery", from_password).status_code
    shown = code(seed, timezone.now() + timedelta(seconds=30))
    by_code = post(browser, "/security/recovery", {CODE: shown})
    assert (by_password, by_code.status_code, len(codes_on(by_code.content.decode()))) == (401, 200, 10)


@override_settings(SECURITY_PROFILE="djcp3")
def test_where_a_second_step_is_demanded_nothing_opens_without_one() -> None:
    somebody()
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "sumin", RIGHT)
    shut = browser.get("/cases/").headers["Location"]
    seed, _answer = adds_an_app(browser)
    opened = browser.get("/cases/").status_code
    last = post(browser, f"/security/{CodeApp.objects.get().pk}/remove").status_code
    assert (shut, opened, last, bool(seed)) == ("/security", 200, 409, True)


def test_a_second_step_can_be_taken_away_where_none_is_demanded() -> None:
    user, seed = with_app()
    browser = half_in()
    second(browser, code(seed))
    post(browser, f"/security/{CodeApp.objects.get().pk}/remove")
    assert (factors.has_any(user), session.has_factor(browser.session)) == (False, False)


def test_nobody_takes_anothers_second_step_away() -> None:
    with_app("other")
    somebody()
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "sumin", RIGHT)
    gone = post(browser, f"/security/{CodeApp.objects.get().pk}/remove").status_code
    assert (gone, User.objects.get(username="other").code_apps.count()) == (404, 1)
