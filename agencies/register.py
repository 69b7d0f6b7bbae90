"""The reading register and requests: from where they came, what was refused, and nothing where it cannot be written."""

import logging
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agencies.actor import Actor
from agencies.address import client_address
from agencies.watch import too_much
from privacy.audit import Action, Outcome, record_refusal
from privacy.errors import Unrecorded
from privacy.request import Reads, current

log = logging.getLogger(__name__)
REFUSALS = {403: Outcome.DENIED, 404: Outcome.DENIED, 409: Outcome.REFUSED, 429: Outcome.SLOWED}


class RegisterMiddleware:
    """Stands inside ActorMiddleware. Every refusal to somebody who is signed in is a row, before it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = current()
        if reads is not None:
            reads.session = getattr(request.session, "session_key", None) or ""
            reads.address = client_address(request) or ""
        response = self.get_response(request)
        if response.status_code not in REFUSALS or not _is_somebodys(request):
            return response
        try:
            _write_down(request, response.status_code, reads)
        except Unrecorded as failure:
            return _closed(request, failure)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Before an object is reached at all: has this person opened, or been refused, too many just now?"""
        if (reads := current()) and request.resolver_match:
            reads.place = request.resolver_match.view_name[:64]
        searching = getattr(view, "looks_up", False)
        reaching = searching or any(isinstance(value, UUID) for value in kwargs.values())
        if not _is_somebodys(request) or not reaching:
            return None
        limit = too_much(cast(Any, request).actor, timezone.now(), searching=searching)
        if limit is None or not settings.WATCH_SLOWS:
            return None
        response = render(request, "agencies/slowed.html", _context(request), status=429)
        response.headers["Retry-After"] = str(int(limit.during.total_seconds()))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _closed(request, exception) if isinstance(exception, Unrecorded) else None


def _is_somebodys(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is not None and request.resolver_match is not None


def _write_down(request: HttpRequest, status: int, reads: Reads | None) -> None:
    asked = [value for value in request.resolver_match.kwargs.values() if isinstance(value, UUID)]  # type: ignore[union-attr]
    record_refusal(
        actor=cast(Actor, request.actor),  # type: ignore[attr-defined]
        action=Action.OPEN if request.method in ("GET", "HEAD") else Action.MOVE,
        outcome=REFUSALS[status],
        object_ids=asked,
        owner=reads.owner if reads else None,
        table=reads.table if reads else "",
    )


def _closed(request: HttpRequest, failure: Exception) -> HttpResponse:
    """Not a word of what was asked for, and none of why."""
    log.error("the register cannot be written", extra={"code": f"unrecorded.{failure}"})
    response = render(request, "503.html", _context(request), status=503)
    response.headers["Retry-After"] = "60"
    return response


def _context(request: HttpRequest) -> dict[str, str]:
    return {"request_id": getattr(request, "request_id", "")}
