"""What a person does at the door, in one line each."""

from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import session as sessions

SIGN_IN = "/sign-in"
INSIDE = "/password"  # a page that every posted person may see


TOKEN = "t" * 32


def post(client: Client, path: str, data: dict[str, Any] | None = None, **headers: str) -> Any:
    """A form sent from one of our own pages."""
    if "csrftoken" not in client.cookies:
        client.cookies["csrftoken"] = TOKEN
    token = client.cookies["csrftoken"].value
    return client.post(path, {**(data or {}), "csrfmiddlewaretoken": token}, **headers)  # type: ignore[arg-type]


def sign_in(client: Client, username: str, password: str, **more: Any) -> Any:
    fields = {name: more.pop(name) for name in ("next",) if name in more}
    return post(client, SIGN_IN, {"username": username, "password": password, **fields}, **more)


def is_inside(client: Client) -> bool:
    return bool(client.get(reverse("agencies:password")).status_code == 200)


def age_session(client: Client, **minutes: float) -> None:
    """Move the times stamped in this client's session into the past: age_session(client, seen=16)."""
    session = client.session
    for key, past in minutes.items():
        session[key] = session[key] - past * 60
    session.save()


def prove(client: Client) -> None:
    """As if this person had just proved once more who she is."""
    if settings.SESSION_COOKIE_NAME in client.cookies:
        session = client.session
        sessions.prove(session, timezone.now())
        session.save()
