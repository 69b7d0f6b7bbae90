"""What every answer carries: a request id to quote, no copy kept, and no power the pages do not need."""

from collections.abc import Callable
from uuid import uuid4

from csp.constants import NONE
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from agencies import wall
from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from config.errors import not_allowed

# What our own pages do themselves: a film is watched whole, a passkey is made and shown.
OWN = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get")
OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "clipboard-write", "display-capture",
    "encrypted-media", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access",
    "sync-xhr", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join([f"{power}=()" for power in OFF] + [f"{power}=(self)" for power in OWN])
# An empty name keeps the server from giving its own.
ISOLATED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Server": "",
}
# No text becomes script on a page without htmx, which writes what it fetches itself (docs/adr/0019).
TRUSTED = {"require-trusted-types-for": ["'script'"], "trusted-types": [NONE]}


class RequestIdMiddleware:
    """Gives the request an id of our own making; one sent by the client is never taken over.

    It stands outside all that can refuse a request, so that a refusal carries the same. Only static files, which say
    so themselves, are kept by anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        response.headers["Permissions-Policy"] = POLICY
        for name, value in ISOLATED.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code == 405 and request.method == "GET":
            response.content = not_allowed(request)
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            response.headers["Content-Length"] = str(len(response.content))
        if getattr(request, "actor", None) is None:
            response._csp_update = TRUSTED  # type: ignore[attr-defined]
        return response


class WallMiddleware:
    """One transaction per request in which the database knows for whom it is asked, and nothing is known after it.

    It comes inside the conversion of exceptions to answers: what was written before an answer, even before a refusal,
    stays written. A process of liaisons or of statistics hears nobody else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = getattr(request, "actor", None)
        if actor is not None and not hears(settings.PROCESS, actor):
            raise Http404
        if not wall.stands():
            return self.get_response(request)
        with transaction.atomic():
            wall.tell(actor)
            response = self.get_response(request)
            if wall.is_broken():
                transaction.set_rollback(True)
            return response


def hears(process: str, actor: Actor) -> bool:
    """Which people a process works for."""
    match process:
        case "liaison":
            return actor.role == Role.LIAISON
        case "statistics":
            return actor.role == Role.SUPERVISOR or actor.kind in (
                AgencyKind.STATISTICS,
                AgencyKind.COMMITTEE_OFFICE,
            )
        case "desk":
            return actor.role != Role.LIAISON
        case _:
            return True
