"""A log line holds what is listed, whatever it was given."""

import json
import logging
import sys
from types import SimpleNamespace
from uuid import UUID

import pytest

from config.logs import JsonLines
from tests.attacks.record import Tried

SECRET = "王小明 13812345678"


def line(message: str, *args: object, **more: object) -> str:
    record = logging.LogRecord("room", logging.INFO, __file__, 1, message, args, more.pop("exc_info", None))
    for name, value in more.items():
        setattr(record, name, value)
    return JsonLines().format(record)


def test_numbers_and_ids_are_written() -> None:
    written = json.loads(line("%d deadlines of %s", 3, UUID(int=1)))
    assert written["event"] == "3 deadlines of 00000000-0000-0000-0000-000000000001"


def test_texts_are_not() -> None:
    assert json.loads(line("Not Found: %s", SECRET))["event"] == "Not Found: <text>"


def test_an_attribute_nobody_listed_is_not_written() -> None:
    assert set(json.loads(line("saved", name=SECRET))) == {"time", "level", "logger", "event"}


def test_a_request_shows_as_its_view_and_id() -> None:
    match = SimpleNamespace(view_name="casework:case")
    request = SimpleNamespace(method="GET", request_id="r1", resolver_match=match, GET={"q": SECRET})
    written = json.loads(line("answered", request=request))
    assert (written["method"], written["view"], written["request_id"]) == ("GET", "casework:case", "r1")


def test_an_exception_shows_as_its_class_and_frames() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        written = line("failed", exc_info=sys.exc_info())
    parsed = json.loads(written)
    assert (parsed["exception"], "13812345678" in written, len(parsed["frames"])) == ("ValueError", False, 1)


def test_line_ends_cannot_forge_a_line() -> None:
    assert "\n" not in line("first\r\nsecond")


@pytest.mark.attack("T95")
@pytest.mark.parametrize(
    "told", ["a\r\n{}", "\x1b[31mroot\x1b[0m", '","level":"CRITICAL","x":"', "\u2028b\x00\x85c"]
)
def test_whatever_stands_in_a_name_makes_one_line_that_says_nothing_of_it(told: str, tried: Tried) -> None:
    lines = [
        line(f"signed in {told}"),
        line("signed in %s", told),
        line("signed in", code=told),
        line("x", username=told),
    ]
    whole = [(one.isprintable(), one.isascii(), json.loads(one)["level"]) for one in lines]
    expected = [(True, True, "INFO")] * 4
    tried(request=f"a name of {told!r}", actor="anybody", expected=expected, got=whole)
    assert json.dumps(told)[1:-1] not in lines[1] + lines[3]
