"""What every answer carries: a request id to quote, and no permission the pages do not need."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

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
