"""Giving a file out: as an attachment under a name that says nothing, in a sandbox, whole or a part of it."""

import re
from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from casework.media import ENDINGS
from casework.services.evidence import OpenedFile
from privacy.filereader import SealedReader

RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


def attachment(file: OpenedFile, stem: str) -> HttpResponse:
    """The whole file. Every chunk is checked before the first byte leaves."""
    for _piece in file.content.pieces(0, file.content.size):
        pass
    return _given(file, stem, 0, file.content.size)


def in_parts(request: HttpRequest, file: OpenedFile, stem: str) -> HttpResponse:
    """What the Range header asks for (RFC 9110, 14): 206, 416, or all of it where there is none we know."""
    size, asked = file.content.size, RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return attachment(file, stem)
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        file.content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = _given(file, stem, start, stop)
    response.status_code, response["Content-Range"] = 206, f"bytes {start}-{stop - 1}/{size}"
    return response


def _given(file: OpenedFile, stem: str, start: int, stop: int) -> HttpResponse:
    sent = StreamingHttpResponse(_closing(file.content, start, stop), content_type=file.media_type)
    response = cast(HttpResponse, sent)
    response["Content-Length"] = str(stop - start)
    ending = ENDINGS.get(file.media_type, "bin")
    response["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "no-store"
    response["Accept-Ranges"] = "bytes"
    return response


def _closing(content: SealedReader, start: int, stop: int) -> Iterator[bytes]:
    with content:
        yield from content.pieces(start, stop)
