"""What a report of an unexpected error may hold: the class, the frames, the request id."""

from traceback import extract_tb

from django.http import HttpRequest
from django.utils.html import format_html
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


class NothingPersonal(SafeExceptionReporterFilter):
    """No settings, no posted data, no local variables, whatever DEBUG says."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_safe_settings(self) -> dict[str, object]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, object]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, object]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: object) -> list[object]:  # type: ignore[override]
        return []


class BareReporter(ExceptionReporter):
    """Django's report shows the query string and the exception's text: a failed INSERT quotes the row."""

    def get_traceback_text(self) -> str:  # type: ignore[override]
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(self.tb)]
        name = self.exc_type.__qualname__ if self.exc_type else "Exception"
        return "\n".join([f"{name} · {getattr(self.request, 'request_id', '')}", *frames])

    def get_traceback_html(self) -> str:  # type: ignore[override]
        return format_html("<pre>{}</pre>", self.get_traceback_text())
