"""What every answer carries: a request id to quote, and no permission the pages do not need."""

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from agencies import wall
from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role

POLICY = ", ".join(f"{power}=()" for power in ("camera", "geolocation", "microphone", "payment", "usb"))


class RequestIdMiddleware:
    """Gives the request an id of our own making; one sent by the client is never taken over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        response.headers["Permissions-Policy"] = POLICY
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
