"""Every address of this room says who may come in; the words of permission mean what they say."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep
from typing import Any

import pytest
from django.test import Client, RequestFactory

from agencies import sign_in, urls, who
from agencies.actor import SYSTEM, Actor
from agencies.address import client_address
from agencies.kinds import AgencyKind, Role
from agencies.sign_in import NotSignedIn, hashing
from tests import people


def test_every_address_says_who_may_come_in() -> None:
    silent = [pattern.name for pattern in urls.urlpatterns if not hasattr(pattern.callback, "roles")]
    assert silent == []


def test_only_the_door_itself_is_open_to_anybody() -> None:
    public = {pattern.name for pattern in urls.urlpatterns if getattr(pattern.callback, "roles", None) == ()}
    assert public == {
        "sign_in", "second_step", "passkey_question", "choose_posting", "sign_out", "renew", "extend", "leave",
        "provider", "provider_back",
    }  # fmt: skip


def an_actor(role: Role, kind: AgencyKind) -> Actor:
    return Actor(SYSTEM.user_id, None, None, kind, role)


OPERATOR, CASEWORKER, LEAD, SUPERVISOR, AUDITOR, ADMINISTRATOR = (
    (role, AgencyKind.FEDERATION)
    for role in (Role.OPERATOR, Role.CASEWORKER, Role.LEAD, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR)
)
POLICE, COURT = (Role.LIAISON, AgencyKind.POLICE), (Role.LIAISON, AgencyKind.COURT)
WORKING = {OPERATOR, CASEWORKER, LEAD, SUPERVISOR, AUDITOR, ADMINISTRATOR, POLICE, COURT}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        (who.operator, {OPERATOR}),
        (who.caseworker, {CASEWORKER, LEAD}),
        (who.lead, {LEAD}),
        (who.federation, {OPERATOR, CASEWORKER, LEAD}),
        (who.liaison, {POLICE, COURT}),
        (who.police, {POLICE}),
        (who.court, {COURT}),
        (who.supervisor, {SUPERVISOR}),
        (who.auditor, {AUDITOR}),
        (who.administrator, {ADMINISTRATOR}),
        (who.committee, set()),
        (who.nobody, set()),
        (who.police | who.lead, {POLICE, LEAD}),
        (who.federation & who.lead, {LEAD}),
    ],
    ids=lambda value: getattr(value, "words", ""),
)
def test_a_word_of_permission_means(word: who.Who, meant: set[tuple[Role, AgencyKind]]) -> None:
    assert {pair for pair in WORKING if word(an_actor(*pair))} == meant


def test_the_system_is_only_the_system() -> None:
    assert [word(SYSTEM) for word in (who.system, who.federation, who.liaison, who.administrator)] == [
        True, False, False, False,
    ]  # fmt: skip


def test_no_more_than_four_passwords_are_hashed_at_once() -> None:
    lock, now_inside, most = Lock(), 0, 0

    def one(_: int) -> None:
        nonlocal now_inside, most
        with hashing(patience=10):
            with lock:
                now_inside += 1
                most = max(most, now_inside)
            sleep(0.01)
            with lock:
                now_inside -= 1

    with ThreadPoolExecutor(20) as crowd:
        list(crowd.map(one, range(40)))
    assert most == sign_in.AT_ONCE


def test_who_waits_too_long_for_a_hash_is_told_to_come_back() -> None:
    def refused(_: Any = None) -> int:
        with pytest.raises(NotSignedIn) as refusal, hashing(patience=0.01):
            pass
        return refusal.value.wait

    def nested(depth: int) -> int:
        if depth == 0:
            return refused()
        with hashing(patience=1):
            return nested(depth - 1)

    assert nested(sign_in.AT_ONCE) == sign_in.COME_BACK


@pytest.mark.django_db
def test_a_session_of_ours_names_nobody() -> None:
    client = people.signed_in(Client(), people.an_operator())
    assert set(client.session.keys()) == {
        "_auth_user_id", "_auth_user_backend", "_auth_user_hash", "epoch", "posting", "began", "seen", "proved", "row",
    }  # fmt: skip


def test_a_trusted_proxys_header_is_believed_only_when_named(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_REAL_IP="192.0.2.7")
    before = client_address(request)
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    assert (before, client_address(request)) == ("10.0.0.1", "192.0.2.7")
