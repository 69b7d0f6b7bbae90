"""The pages for what went wrong. They show a request id to quote, and nothing of the request."""

import errno
import sys

from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# What stands between us and the record, not in our code: the database away, read-only, full, refusing; the disk full.
AWAY = (OperationalError, InternalError, InterfaceError)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
FORBIDDEN = "42501"


def _page(request: HttpRequest, status: int) -> HttpResponse:
    context = {"request_id": getattr(request, "request_id", "")}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def not_allowed(request: HttpRequest) -> str:
    """For a page that answers a form and is loaded anew: it has no address of its own (config/static/js/forget.js)."""
    return render_to_string("405.html", {"request_id": getattr(request, "request_id", "")}, request)


def broken(request: HttpRequest) -> HttpResponse:
    """503 where something we stand on has gone, 500 where we do not know."""
    return away(request) if is_away(sys.exc_info()[1]) else _page(request, 500)


def is_away(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    if isinstance(error, ProgrammingError):
        return getattr(error.__cause__, "sqlstate", "") == FORBIDDEN
    return isinstance(error, AWAY)


def away(request: HttpRequest) -> HttpResponse:
    """Drawn without anything that would ask the database: no messages, nobody signed in."""
    text = render_to_string("503.html", {"request_id": getattr(request, "request_id", "")})
    return HttpResponse(text, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
