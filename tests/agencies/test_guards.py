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
    public = {pattern.name for pattern in urls.urlpatterns if pattern.callback.roles == ()}
    assert public == {"sign_in", "choose_posting", "sign_out", "renew", "extend"}


def an_actor(role: Role, kind: AgencyKind) -> Actor:
    return Actor(SYSTEM.user_id, None, None, kind, role)


FED, POL, COURT = AgencyKind.FEDERATION, AgencyKind.POLICE, AgencyKind.COURT
O, C, L, LI, S, AU, AD = (
    Role.OPERATOR, Role.CASEWORKER, Role.LEAD, Role.LIAISON, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR,
)  # fmt: skip
WORKING = {(O, FED), (C, FED), (L, FED), (LI, POL), (LI, COURT), (S, FED), (AU, FED), (AD, FED)}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        (who.operator, {(O, FED)}),
        (who.caseworker, {(C, FED), (L, FED)}),
        (who.lead, {(L, FED)}),
        (who.federation, {(O, FED), (C, FED), (L, FED)}),
        (who.liaison, {(LI, POL), (LI, COURT)}),
        (who.police, {(LI, POL)}),
        (who.court, {(LI, COURT)}),
        (who.supervisor, {(S, FED)}),
        (who.auditor, {(AU, FED)}),
        (who.administrator, {(AD, FED)}),
        (who.committee, set()),
        (who.nobody, set()),
        (who.police | who.lead, {(LI, POL), (L, FED)}),
        (who.federation & who.lead, {(L, FED)}),
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
        "_auth_user_id", "_auth_user_backend", "_auth_user_hash", "epoch", "posting", "began", "seen",
    }  # fmt: skip


def test_a_trusted_proxys_header_is_believed_only_when_named(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_REAL_IP="192.0.2.7")
    before = client_address(request)
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    assert (before, client_address(request)) == ("10.0.0.1", "192.0.2.7")
