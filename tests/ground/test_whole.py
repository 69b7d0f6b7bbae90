"""A request whose body ends before its length is not acted upon."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError

from config.whole import Whole


def request(body: bytes, length: int) -> WSGIRequest:
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(length),
            "wsgi.input": Whole(BytesIO(body), length),
        }
    )


def test_a_whole_form_is_read_and_half_a_form_is_none() -> None:
    assert request(b"text=all", 8).POST == {"text": ["all"]}
    with pytest.raises(UnreadablePostError):
        _ = request(b"text=ha", 40).POST


def test_a_stream_that_gives_little_at_a_time_is_read_to_its_end_and_no_further() -> None:
    class Slow(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 3))

    stream = Whole(Slow(b"0123456789next"), 10)
    assert (stream.read(4), stream.readline(2), stream.read(), stream.read(5)) == (
        b"0123",
        b"45",
        b"6789",
        b"",
    )
