"""Ties what a request reads to its id, and writes the same reading down once per request."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from privacy.request import request_scope


class RequestIdMiddleware:
    """Takes the id our outer middleware gave the request, never the client's; or gives one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = getattr(request, "request_id", None)
        with request_scope(UUID(given) if given else None) as reads:
            reads.proved = False  # until whoever knows the session says otherwise
            response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", reads.id.hex)
        return response
