"""Uploads never touch the disk in clear text. What a view takes as evidence is sealed while it arrives.

Django parses a form before the view is called, so the view says beforehand, by `takes_files`, that it takes large ones.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from privacy.files import Arriving, TooLarge

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Files sent to this view by whom it lets in are sealed as they arrive; the outermost decorator."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class SealedUpload(UploadedFile):
    """A file that lies sealed already and can be kept by a row; `arriving` is None where it was too large."""

    def __init__(self, arriving: Arriving | None, name: str, kind: str, size: int) -> None:
        super().__init__(None, name, kind, size)
        self.arriving = arriving

    def close(self) -> None:
        """Nothing to close: LeftUploads ends what no row has kept."""


class LeftUploads:
    """At the end of every request, however it ended, what arrived and was kept by no row is gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        arrived: list[Arriving] = []
        request.arrived = arrived  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            for arriving in arrived:
                arriving.drop()


class SealingHandler(FileUploadHandler):
    """Seals chunk by chunk for a view that takes files; for any other keeps a small file in memory.

    What is too large is counted and dropped, so that the form can say so with everything that was typed.
    """

    chunk_size = 64 * 2**10

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.arriving: Arriving | None = None
        self.memory: BytesIO | None = None

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        most = settings.EVIDENCE_MOST_BYTES * settings.DATA_UPLOAD_MAX_NUMBER_FILES
        if content_length > most + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("the request is too large")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arriving, self.memory = None, None
        if self._is_expected():
            self.arriving = Arriving(limit=settings.EVIDENCE_MOST_BYTES)
            self.request.arrived.append(self.arriving)  # type: ignore[union-attr]
        elif getattr(self.request, "actor", None) is not None:
            self.memory = BytesIO()

    def _is_expected(self) -> bool:
        match, actor = getattr(self.request, "resolver_match", None), getattr(self.request, "actor", None)
        view = getattr(match, "func", None)
        return bool(getattr(view, "takes_files", False) and actor and actor.role in view.roles)  # type: ignore[union-attr]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.arriving is not None:
            try:
                self.arriving.write(raw_data)
            except TooLarge:
                self.arriving = None
        elif self.memory is not None:
            too_large = start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
            self.memory = None if too_large else self.memory
            if self.memory is not None:
                self.memory.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        name, kind = self.file_name or "", self.content_type or ""
        if self.arriving is not None or self._is_expected():
            return SealedUpload(self.arriving, name, kind, file_size)
        memory = self.memory or BytesIO()
        memory.seek(0)
        return InMemoryUploadedFile(memory, self.field_name, name, kind, file_size, self.charset)
