"""A crowd at the door, and a password that was only lent."""

import resource
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from agencies import services
from agencies.hashers import Argon2Hasher
from agencies.kinds import Role
from agencies.models import User
from agencies.sign_in import AT_ONCE
from tests import people
from tests.agencies.door import INSIDE, is_inside, post, sign_in
from tests.agencies.keeper import RIGHT, somebody

pytestmark = pytest.mark.django_db


@pytest.mark.attack("T50")
@pytest.mark.django_db(transaction=True)
@override_settings(PASSWORD_HASHERS=["agencies.hashers.Argon2Hasher"])
def test_two_hundred_sign_ins_at_once_take_the_memory_of_four(
    monkeypatch: pytest.MonkeyPatch, tried: Any
) -> None:
    """Twenty-five with 256 signs, which are hashed; the others with 300 kB, which are not. One who may enter does meanwhile."""
    somebody()
    hashing, most, lock = 0, 0, Lock()
    real = Argon2Hasher.encode

    def watched(self: Any, password: str, salt: str) -> str:
        nonlocal hashing, most
        with lock:
            hashing += 1
            most = max(most, hashing)
        try:
            return str(real(self, password, salt))
        finally:
            with lock:
                hashing -= 1

    def guess(number: int) -> int:
        try:
            password = "x" * (300_000 if number % 8 else 256)
            address = f"10.3.{number // 100}.{number % 100}"
            return int(sign_in(Client(), f"name{number}", password, REMOTE_ADDR=address).status_code)
        finally:
            connection.close()

    monkeypatch.setattr(Argon2Hasher, "encode", watched)
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with ThreadPoolExecutor(40) as crowd:
        waiting = [crowd.submit(guess, number) for number in range(200)]
        inside = sign_in(Client(), "sumin", RIGHT).status_code
        statuses = {one.result() for one in waiting}
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began) // 1024
    tried(
        request="200 sign-ins at once, passwords of 256 signs and of 300 kB",
        actor="a crowd; and one who may enter",
        expected=(True, True, 302, True),
        got=(most <= AT_ONCE, statuses <= {401, 429}, inside, grown < 1024),
    )


@pytest.mark.attack("T46")
def test_a_one_time_password_is_good_once_and_at_our_own_address(tried: Any) -> None:
    user = people.a_user("sumin")
    people.a_posting(Role.CASEWORKER, people.federation(), user)
    told = services.reset_password(actor=people.an_administrator(), user=user)
    hers, thief = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    found = {"by a foreign host name": sign_in(thief, "sumin", told, HTTP_HOST="evil.example").status_code}
    forwarded = sign_in(thief, "sumin", told, HTTP_X_FORWARDED_HOST="evil.example", next="//evil.example/")
    found["with a foreign host as the way on"] = forwarded.url
    found["a page before a new password is set"] = thief.get("/cases/").url  # type: ignore[attr-defined]
    sign_in(hers, "sumin", told)
    new = {"old": told, "new": "Stille-river-2026", "again": "Stille-river-2026"}
    found["the new password"] = post(hers, INSIDE, new).status_code
    found["the same once more"] = sign_in(Client(enforce_csrf_checks=True), "sumin", told).status_code
    found["the thief's session"] = is_inside(thief)
    expected = {
        "by a foreign host name": 400, "with a foreign host as the way on": "/",
        "a page before a new password is set": "/password", "the new password": 302, "the same once more": 401,
        "the thief's session": False,
    }  # fmt: skip
    tried(request="a one-time password", actor="whoever overheard it", expected=expected, got=found)


@pytest.mark.attack("T46")
def test_a_one_time_password_is_good_for_three_days_and_dies_with_the_next(tried: Any) -> None:
    user = people.a_user("sumin")
    people.a_posting(Role.CASEWORKER, people.federation(), user)
    chief = people.an_administrator()
    first = services.reset_password(actor=chief, user=user)
    told = services.reset_password(actor=chief, user=user)
    found = {"the one before": sign_in(Client(enforce_csrf_checks=True), "sumin", first).status_code}
    for name, days in (("on the third day", 2.9), ("after it", 3.1)):
        User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=days))
        found[name] = sign_in(Client(enforce_csrf_checks=True), "sumin", told).status_code
    services.set_active(actor=chief, user=user, active=False)
    found["of a closed account"] = sign_in(Client(enforce_csrf_checks=True), "sumin", told).status_code
    expected = {"the one before": 401, "on the third day": 302, "after it": 401, "of a closed account": 401}
    tried(request="a one-time password out of date", actor="whoever found it", expected=expected, got=found)
