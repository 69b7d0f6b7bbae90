"""A report of an unexpected error holds no data of the request."""

import sys

from django.test import RequestFactory
from django.views.debug import get_default_exception_reporter_filter, get_exception_reporter_class

SECRET = "13812345678"


def test_neither_query_nor_post_nor_locals_nor_text_are_reported() -> None:
    request = RequestFactory().post(f"/desk/?q={SECRET}", {"phone": SECRET})
    try:
        local = SECRET
        raise ValueError(f"Key (phone)=({local}) already exists")
    except ValueError:
        reporter = get_exception_reporter_class(request)(request, *sys.exc_info())
    shown = reporter.get_traceback_text() + reporter.get_traceback_html()
    assert (SECRET in shown, "ValueError" in shown) == (False, True)


def test_settings_and_cookies_are_not_reported() -> None:
    kept = get_default_exception_reporter_filter()
    assert (kept.get_safe_settings(), kept.get_safe_request_meta(None)) == ({}, {})
