"""Postings that nobody changes behind us, networks, open sessions, and two administrators."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from agencies import resets, services
from agencies.kinds import Role
from agencies.marks import is_genuine
from agencies.models import FactorReset, Network, OpenSession, Posting, User, WatchAlert
from agencies.selectors import actor_of
from tests import people
from tests.agencies.door import is_inside, post, sign_in
from tests.agencies.keeper import RIGHT, code, half_in, second, somebody, with_app

pytestmark = pytest.mark.django_db
OFFICE, HOME = "10.12.3.4", "203.0.113.9"


def by_sql(sql: str, *values: Any) -> None:
    """As somebody with the database and without the keys."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.attack("T17")
@pytest.mark.parametrize(
    "change", ["agency_id = %s", "role = 'lead'", "starts = starts - interval '1 day'", "mark = ''"]
)
def test_a_posting_changed_in_the_database_counts_for_nothing(change: str, tried: Any) -> None:
    user = somebody()
    inside = people.signed_in(Client(), actor_of(user.postings.get()))
    values = [people.another_federation().pk] if "%s" in change else []
    by_sql(f"update agencies_posting set {change} where user_id = %s", *values, user.pk)
    tried(
        request=f"update agencies_posting set {change}",
        actor="database without keys",
        expected=False,
        got=is_inside(inside),
    )
    got = sign_in(Client(enforce_csrf_checks=True), "sumin", RIGHT).status_code
    tried(request="POST /sign-in", actor="whoever gains by it", expected=403, got=got)
    assert [(alarm.rule, alarm.user) for alarm in WatchAlert.objects.all()] == [("changed_posting", user.pk)]


@pytest.mark.attack("T17")
def test_a_posting_made_in_the_database_counts_for_nothing(tried: Any) -> None:
    user = somebody()
    by_sql(
        "insert into agencies_posting (id, user_id, agency_id, role, starts, mark)"
        " select gen_random_uuid(), user_id, agency_id, 'administrator', starts, mark from agencies_posting"
        " where user_id = %s", user.pk,
    )  # fmt: skip
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, "sumin", RIGHT)
    tried(
        request="insert into agencies_posting",
        actor="database without keys",
        expected=404,
        got=browser.get("/people").status_code,
    )


def test_a_posting_ended_by_an_administrator_is_genuine_still() -> None:
    posting = people.posting_of(people.an_operator())
    services.end_posting(
        actor=people.an_administrator(), posting=posting, now=timezone.now() + timedelta(days=1)
    )
    assert is_genuine(Posting.objects.get(pk=posting.pk))


@pytest.mark.attack("T49")
def test_outside_the_agencys_network_nobody_gets_in_or_stays_in(tried: Any) -> None:
    user = somebody()
    inside = Client(enforce_csrf_checks=True)
    sign_in(inside, "sumin", RIGHT, REMOTE_ADDR=OFFICE)
    Network.objects.create(agency=user.postings.get().agency, cidr="10.12.0.0/16")
    here = inside.get("/password", REMOTE_ADDR=OFFICE).status_code
    there = inside.get("/password", REMOTE_ADDR=HOME, HTTP_X_FORWARDED_FOR=OFFICE).status_code
    tried(request="GET /password from the office", actor="caseworker", expected=200, got=here)
    tried(
        request="GET /password with the same cookie from elsewhere",
        actor="thief of the session",
        expected=302,
        got=there,
    )
    after = inside.get("/password", REMOTE_ADDR=OFFICE).status_code
    tried(
        request="GET /password from the office afterwards",
        actor="the session is over",
        expected=302,
        got=after,
    )
    got = sign_in(Client(enforce_csrf_checks=True), "sumin", RIGHT, REMOTE_ADDR=HOME).status_code
    tried(request="POST /sign-in from elsewhere", actor="caseworker", expected=403, got=got)


def an_administrator(username: str = "guanli") -> tuple[User, Client]:
    user, browser = somebody(username, Role.ADMINISTRATOR), Client(enforce_csrf_checks=True)
    sign_in(browser, username, RIGHT, REMOTE_ADDR=OFFICE)
    return user, browser


@pytest.mark.parametrize(
    ("typed", "status", "kept"),
    [("192.168.0.0/24", 422, []), ("not a network", 422, []), ("10.12.3.4/16", 422, []),
     ("10.12.0.0/16\n192.168.0.0/24", 302, ["10.12.0.0/16", "192.168.0.0/24"]), ("", 302, [])],
)  # fmt: skip
def test_a_list_that_would_shut_out_its_writer_is_not_saved(typed: str, status: int, kept: list[str]) -> None:
    user, browser = an_administrator()
    path = f"/agencies/{user.postings.get().agency_id}/networks"
    answer = post(browser, path, {"networks": typed}, REMOTE_ADDR=OFFICE)
    assert (answer.status_code, list(Network.objects.values_list("cidr", flat=True))) == (status, kept)


def test_one_ends_ones_own_session_elsewhere_and_nobody_elses() -> None:
    somebody()
    somebody("other")
    here, there, other = (Client(enforce_csrf_checks=True) for _ in range(3))
    for browser, name in ((here, "sumin"), (there, "sumin"), (other, "other")):
        sign_in(
            browser, name, RIGHT, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"
        )
    page = here.get("/security").content.decode()
    rows = {browser: browser.session["row"] for browser in (there, other)}
    ended = [post(here, f"/security/sessions/{row}/end").status_code for row in rows.values()]
    assert (page.count("Chrome · Windows"), ended) == (2, [302, 404])
    assert [is_inside(browser) for browser in (here, there, other)] == [True, False, True]


def test_an_administrator_ends_all_sessions_of_a_person() -> None:
    user, (_admin, browser) = somebody(), an_administrator()
    hers = Client(enforce_csrf_checks=True)
    sign_in(hers, "sumin", RIGHT)
    post(browser, f"/people/{user.pk}/sessions/end", REMOTE_ADDR=OFFICE)
    assert (is_inside(hers), OpenSession.objects.filter(user=user).count()) == (False, 0)


def test_two_administrators_take_lost_second_steps_away_and_the_person_is_told() -> None:
    (user, seed), (_one, first), (_two, other) = with_app(), an_administrator(), an_administrator("guanli2")
    hers = half_in()
    second(hers, code(seed))
    post(first, f"/people/{user.pk}/factors", {"reason": "lost"}, REMOTE_ADDR=OFFICE)
    reset = FactorReset.objects.get()
    path = f"/people/factors/{reset.pk}"
    alone = post(first, path, {"approve": "yes"}, REMOTE_ADDR=OFFICE).status_code
    before = user.code_apps.count()
    post(other, path, {"approve": "yes"}, REMOTE_ADDR=OFFICE)
    assert (alone, before, user.code_apps.count(), is_inside(hers)) == (403, 1, 0, False)
    again = Client(enforce_csrf_checks=True)
    assert sign_in(again, "sumin", RIGHT).url == "/"
    told = ["两名管理员已解除" in again.get("/password").content.decode() for _ in range(2)]
    reset.refresh_from_db()
    assert (told, reset.asked_by.username, reset.decided_by and reset.decided_by.username) == (
        [True, False],
        "guanli",
        "guanli2",
    )


@pytest.mark.parametrize("who", ["herself", "another agency", "not an administrator"])
def test_nobody_else_takes_second_steps_away(who: str) -> None:
    user, _seed = with_app(role=Role.ADMINISTRATOR)
    reset = resets.ask(actor=people.an_administrator(), user=user, reason="lost")
    actors = {
        "herself": actor_of(user.postings.get()),
        "another agency": people.an_administrator(people.another_federation()),
        "not an administrator": people.a_lead(),
    }
    with pytest.raises(PermissionDenied):
        resets.decide(actor=actors[who], reset=reset, approve=True)
    assert user.code_apps.count() == 1


@pytest.mark.attack("T36")
def test_each_lock_of_a_name_at_an_address_lasts_longer(tried: Any) -> None:
    somebody()
    browser, waits = Client(enforce_csrf_checks=True), []
    for _ in range(3):
        got = [sign_in(browser, "sumin", "wrong", HTTP_X_REAL_IP=f"1.2.3.{i}") for i in range(6)]
        waits.append((got[4].headers["Retry-After"], got[5].headers["Retry-After"]))
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=25))
    expected = [("900", "900"), ("7200", "7200"), ("86400", "86400")]
    tried(
        request="POST /sign-in, 3 × 6 wrong passwords, X-Real-IP rotating",
        actor="guesser",
        expected=expected,
        got=waits,
    )
