"""A person with a telephone that shows codes, and what she does with it."""

import re
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from agencies import code_apps
from agencies.factors import CODE
from agencies.kinds import Role
from agencies.models import CodeApp, User
from tests import people
from tests.agencies.door import post, sign_in

RIGHT = people.PASSWORD


def somebody(username: str = "sumin", role: Role = Role.CASEWORKER) -> User:
    user = people.a_user(username, password=RIGHT)
    people.a_posting(role, people.federation(), user)
    return user


def with_app(username: str = "sumin", role: Role = Role.CASEWORKER) -> tuple[User, str]:
    """Somebody whose telephone knows this key."""
    user = somebody(username, role)
    app, seed = code_apps.new_app(user, "手机")
    CodeApp.objects.filter(pk=app.pk).update(confirmed_at=timezone.now())
    return user, seed


def code(seed: str, at: datetime | None = None) -> str:
    return code_apps.code_at(seed, at or timezone.now())


def half_in(username: str = "sumin") -> Client:
    """A browser in which the password was right."""
    browser = Client(enforce_csrf_checks=True)
    assert sign_in(browser, username, RIGHT).url == "/sign-in/second"
    return browser


def second(browser: Client, typed: str) -> Any:
    return post(browser, "/sign-in/second", {CODE: typed})


def codes_on(page: str) -> list[str]:
    return re.findall(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){5})</code>", page)


def key_on(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)
    assert found
    return found[1].replace(" ", "")
