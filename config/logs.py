"""Logs as JSON lines. Only what is listed here is written: a list of the allowed, not of the forbidden."""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import UUID

EXTRAS = ("request_id", "status_code", "task", "task_id", "code")
CELERY_WORDS = {"name": "task", "id": "task_id"}


def _plain(value: object) -> object:
    """Numbers and ids as they are; any text, even a harmless one, as a placeholder."""
    return value if isinstance(value, int | float | UUID) or value is None else "<text>"


def _message(record: logging.LogRecord) -> str:
    """The message with its text arguments left out."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    try:
        if isinstance(record.args, Mapping):
            return record.msg % {key: _plain(value) for key, value in record.args.items()}
        return record.msg % tuple(map(_plain, record.args)) if record.args else record.msg
    except (TypeError, ValueError):
        return record.msg


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """The line's content: no query string, no posted data, no SQL, no exception text."""
    line: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _message(record),
    }
    line |= {name: str(getattr(record, name)) for name in EXTRAS if hasattr(record, name)}
    if isinstance(record.args, Mapping):
        line |= {ours: str(record.args[word]) for word, ours in CELERY_WORDS.items() if word in record.args}
    request = getattr(record, "request", None)
    if request is not None:
        line["request_id"] = getattr(request, "request_id", "")
        line["method"] = getattr(request, "method", "")
        line["view"] = getattr(getattr(request, "resolver_match", None), "view_name", "")
    if record.exc_info and record.exc_info[0]:
        line["exception"] = record.exc_info[0].__qualname__
        line["frames"] = _frames(record.exc_info[2])
    return line


class JsonLines(logging.Formatter):
    """One JSON object per line; line ends inside values are escaped by JSON itself."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields(record), ensure_ascii=True, default=lambda _: "<text>")
