"""What a browser is told with every answer, and what it, or somebody pretending to be one, is refused."""

import importlib
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from config import errors
from config.settings import base
from tests.attacks.door import typed
from tests.attacks.record import Tried
from tests.casework.cases import NAME, a_case
from tests.mandatory_report.reports import FORM, ground
from tests.people import a_caseworker, a_policeman, an_operator, signed_in

pytestmark = pytest.mark.django_db
RAISED = {"400": BadRequest, "403": PermissionDenied, "500": ValueError, "503": OperationalError}
LEAST = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "connect-src": "'self'",
    "form-action": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'",
}  # fmt: skip


def raising(request: HttpRequest, status: str) -> HttpResponse:
    """Errors of every kind, as a view of ours would meet them."""
    if status == "413":
        return HttpResponse(str(len(request.POST)))
    raise RAISED[status](NAME)


handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.broken,
)
urlpatterns = [path("raised/<str:status>", raising), path("", include("config.urls"))]


def policy(answer: Any) -> dict[str, str]:
    rules = (rule.strip().partition(" ") for rule in answer["Content-Security-Policy"].split(";"))
    return {name: words for name, _space, words in rules}


def missing(answer: Any) -> list[str]:
    """What should stand in the head of every answer and does not."""
    rules, head = policy(answer), answer.headers
    said = {
        "Permissions-Policy": "camera=()", "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
        "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
        "X-Request-ID": "", "X-Frame-Options": "DENY",
    }  # fmt: skip
    without = [name for name, word in said.items() if word not in head.get(name, "—")]
    loose = [word for word in ("unsafe", "http", "*", "blob:") if word in head["Content-Security-Policy"]]
    return without + loose + [name for name, word in LEAST.items() if rules.get(name) != word] + [
        name for name in ("Server", "X-Powered-By") if head.get(name)
    ]  # fmt: skip


@pytest.mark.attack("T54", "T62", "T65")
@pytest.mark.urls(__name__)
def test_every_answer_carries_the_policy_and_is_kept_by_nobody(tried: Tried) -> None:
    case = a_case(worker := a_caseworker())
    outside, inside = Client(raise_request_exception=False), Client(raise_request_exception=False)
    signed_in(inside, worker)
    long = {"text": "x" * (base.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    asked: list[tuple[int, str, dict[str, Any]]] = [
        (400, "/raised/400", {}), (403, "/raised/403", {}), (404, "/nothing/", {}), (500, "/raised/500", {}),
        (503, "/raised/503", {}), (405, "/cases/search/", {}),
        (400, "/raised/413", long), (400, "/sign-in", {"HTTP_HOST": "evil.test"}),
    ]  # fmt: skip
    for name, client in (("nobody", outside), ("caseworker", inside)):
        for status, address, more in asked:
            answer = client.post(address, more) if "text" in more else client.get(address, **more)
            got = (answer.status_code, missing(answer), NAME in answer.content.decode())
            tried(request=address, actor=name, expected=(status, [], False), got=got)
    for address in (
        case.get_absolute_url(),
        "/cases/",
        "/cases/today/",
        "/sign-in",
        "/report/",
        "/law",
        "/healthz",
    ):
        answer = (inside if address != "/sign-in" else outside).get(address)
        tried(
            request=f"GET {address[:7]}…",
            actor="caseworker",
            expected=(200, []),
            got=(answer.status_code, missing(answer)),
        )
    trusted = [
        policy(client.get("/report/")).get("require-trusted-types-for") for client in (outside, inside)
    ]
    tried(request="GET /report/", actor="nobody, caseworker", expected=["'script'", None], got=trusted)


@pytest.mark.attack("T62")
def test_a_page_named_like_a_picture_is_not_there_and_one_address_is_two_pages(tried: Tried) -> None:
    case = a_case(worker := a_caseworker())
    hers, his = signed_in(Client(), worker), signed_in(Client(), a_policeman())
    for ending in ("x.css", "x.js", ".png", "%2f..%2fstatic/x.css", "x.css?v=1"):
        got = hers.get(f"{case.get_absolute_url()}{ending}").status_code
        tried(request=f"GET /cases/<id>/{ending}", actor="caseworker", expected=404, got=got)
    answers = [hers.get(case.get_absolute_url()), his.get(case.get_absolute_url())]
    seen = [(one.status_code, "no-store" in one["Cache-Control"], "Cookie" in one["Vary"]) for one in answers]
    tried(
        request="GET /cases/<id>/ twice",
        actor="caseworker, police",
        expected=[(200, True, True), (404, True, True)],
        got=seen,
    )


@pytest.mark.attack("T47")
def test_cookies_bear_their_flags_and_a_session_in_the_address_opens_nothing(
    tried: Tried, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = an_operator()
    key = signed_in(Client(), worker).cookies["sessionid"].value
    for address in (f"/cases/?sessionid={key}", f"/cases/;sessionid={key}", f"/cases/?session_key={key}"):
        answer = Client().get(address, headers={"X-Session-ID": key, "Authorization": f"Session {key}"})
        tried(
            request=f"GET {address[:12]}…",
            actor="who found a session",
            expected=True,
            got=answer.status_code in {302, 404},
        )
    monkeypatch.setenv("ALLOWED_HOSTS", "testserver")
    monkeypatch.setenv("SECRET_KEY", settings.SECRET_KEY)
    real = importlib.import_module("config.settings.production")
    for name in dir(real):
        if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "SECURE_")):
            setattr(settings, name, getattr(real, name))
    client = Client(headers={"X-Forwarded-Proto": "https"})
    page = client.get("/sign-in", secure=True)
    answer = client.post("/sign-in", typed(worker), secure=True)
    for name, cookie in {**page.cookies, **answer.cookies}.items():
        flags = (name[:7], cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"])
        tried(
            request=f"Set-Cookie: {name}",
            actor="operator",
            expected=("__Host-", True, "/", "", "Strict"),
            got=flags,
        )
    session = answer.cookies["__Host-session"]
    tried(
        request="HttpOnly, HSTS",
        actor="operator",
        expected=(True, True),
        got=(session["httponly"], "max-age=31536000" in answer["Strict-Transport-Security"]),
    )


@pytest.mark.attack("T75")
def test_leaving_quickly_ends_what_is_known_of_the_visitor(tried: Tried) -> None:
    ground()
    inside = signed_in(Client(), an_operator())
    page = inside.get(FORM).content.decode()
    answer = inside.post("/leave")
    got = (answer.status_code, answer["Clear-Site-Data"], inside.get("/desk/").status_code)
    tried(
        request="POST /leave",
        actor="operator at the public form",
        expected=(204, '"cache", "storage"', 302),
        got=got,
    )
    told = "请自行清除" in page and 'href="https://www.weather.com.cn/"' in page
    forged = Client(enforce_csrf_checks=True).post("/leave").status_code
    tried(
        request="the page says what stays; POST /leave from elsewhere",
        actor="visitor",
        expected=(True, 403),
        got=(told, forged),
    )
