"""What a stopwatch tells: whether a name exists at the door, whether a number is known to who may look it up."""

from collections.abc import Iterator
from typing import Any

from django.test import override_settings

from agencies.backends import StaffBackend
from agencies.models import User
from casework.models import Person
from privacy.search import find_people
from scenarios.bench.fill import Town
from scenarios.bench.race import Row, Work, race

HASHER = "agencies.hashers.Argon2Hasher"
WRONG, NOBODY = "not-the-password-of-anybody", "nobody-has-this-name"
# Of the same length as a mobile number of ours, in a range that was never given out.
UNKNOWN = "1000{:07d}"


def rows(town: Town, rounds: int) -> Iterator[Row]:
    actor, phones = town.cast.caseworker, town.phones
    name = _with_a_password(actor)

    def sign_in(username: str) -> Work:
        return lambda i: StaffBackend().authenticate(None, username=username, password=f"{WRONG}{i}")

    def look_up(number: Any) -> Work:
        return lambda i: find_people(
            Person.objects.visible_to(actor).select_related("case"), number(i), actor=actor
        )

    with override_settings(PASSWORD_HASHERS=[HASHER]):
        yield race(
            "Wrong password: a name that exists, to one that does not", sign_in(name), sign_in(NOBODY), rounds=rounds,
            target=1.05, note="With the hasher of production. 0.95 would tell as much as 1.05.",
        )  # fmt: skip
    yield race(
        "Look-up of a number that is known, to one that is not", look_up(lambda i: phones[i % len(phones)]),
        look_up(UNKNOWN.format), rounds=rounds, target=2,
        note="For who may search: the answer says it anyway. Everybody else gets one refusal before any question.",
    )  # fmt: skip


def _with_a_password(actor: Any) -> str:
    user = User.objects.get(pk=actor.user_id)
    with override_settings(PASSWORD_HASHERS=[HASHER]):
        user.set_password("the right one, whichever")
        user.save()
    return user.username
