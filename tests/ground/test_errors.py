"""What went wrong is told in Chinese, with an id to quote and nothing of the request."""

from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config import errors

SECRET = "13812345678"


def shown(view: Callable[..., HttpResponse], *more: Exception) -> tuple[int, bool, bool]:
    """(status, quotes the request id, repeats what was asked)."""
    request: HttpRequest = RequestFactory().get(f"/cases/?phone={SECRET}")
    request.request_id = "b1946ac9"  # type: ignore[attr-defined]
    request.actor = None  # type: ignore[attr-defined]
    answer = view(request, *more)
    text = answer.content.decode()
    return answer.status_code, "b1946ac9" in text, SECRET in text


@pytest.mark.parametrize(
    ("view", "more", "status"),
    [
        (errors.bad_request, (BadRequest(SECRET),), 400),
        (errors.forbidden, (PermissionDenied(SECRET),), 403),
        (errors.not_found, (Exception(SECRET),), 404),
        (errors.broken, (), 500),
    ],
)
def test_an_error_page(view: Callable[..., HttpResponse], more: tuple[Exception, ...], status: int) -> None:
    assert shown(view, *more) == (status, True, False)
