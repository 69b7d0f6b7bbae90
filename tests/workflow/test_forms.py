"""The form of a move, generated from its row."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.people import a_caseworker
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.sample.table import S
from workflow.forms import MoveForm, move_form
from workflow.when import Precision, When

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 5, 14, 30, tzinfo=ZONE)


def taking(**data: Any) -> MoveForm:
    return move_form(an_errand(), "take", a_caseworker(), data, now=NOW)


def test_it_asks_for_the_takes_then_for_the_time() -> None:
    form = move_form(an_errand(), "take", a_caseworker())
    assert list(form.fields) == ["number", "due_on", "happened_day", "happened_time", "rev", "key"]


def test_a_move_without_a_time_of_its_own_does_not_ask_for_it() -> None:
    form = move_form(force_state(an_errand(), S.DROPPED), "reopen", a_caseworker())
    assert list(form.fields) == ["rev", "key"]


def test_an_opening_asks_from_the_model_alone() -> None:
    form = move_form(Errand, "ask", a_caseworker())
    assert list(form.fields) == ["urgent", "wish", "happened_day", "happened_time", "key"]


def test_required_is_the_rule_and_the_mark_frees() -> None:
    form = move_form(an_errand(), "finish", a_caseworker())
    required = {name for name, field in form.fields.items() if field.required}
    assert required == {"number", "account", "paid"}


def test_a_sealed_column_starts_empty() -> None:
    errand = an_errand()
    errand.remark = "secret"
    form = move_form(errand, "finish", a_caseworker())
    assert (form["remark"].value(), form["number"].value()) == (None, "")


def test_typed_text_loses_its_hidden_marks_and_a_nul_is_refused_in_plain_words() -> None:
    data = {"number": "1\u202e2", "account": "她\u200b说", "paid": "True", "remark": "x"}
    form = move_form(an_errand(), "finish", a_caseworker(), data)
    assert (form.is_valid(), form.cleaned_data["number"], form.cleaned_data["account"]) == (
        True,
        "12",
        "她说",
    )
    form = move_form(
        an_errand(), "finish", a_caseworker(), {**data, "number": "1\0", "account": "a\0b", "remark": "\0"}
    )
    assert {name: "空字符，请重新输入" in str(told) for name, told in form.errors.items()} == dict.fromkeys(
        ("number", "account", "remark"), True
    )


def test_an_empty_answer_leaves_a_sealed_column_alone() -> None:
    data = {"number": "1", "account": "x", "paid": "True", "remark": ""}
    form = move_form(an_errand(), "finish", a_caseworker(), data)
    assert (form.is_valid(), "remark" in form.columns()) == (True, False)


@pytest.mark.parametrize(
    ("data", "when"),
    [
        ({}, When.instant(NOW)),
        (
            {"happened_day": "2026-03-04", "happened_time": "09:10"},
            When.instant(datetime(2026, 3, 4, 9, 10, tzinfo=ZONE)),
        ),
        ({"happened_day": "2026-03-04"}, When.day(datetime(2026, 3, 4, tzinfo=ZONE).date())),
        ({"happened_time": "08:00"}, When.instant(NOW.replace(hour=8, minute=0))),
        ({"happened_day": "2026-03-05"}, When(NOW.replace(hour=0, minute=0), NOW, Precision.DAY)),
    ],
)
def test_when_it_happened(data: dict[str, str], when: When) -> None:
    form = taking(**data)
    assert (form.is_valid(), form.happened()) == (True, when)


@pytest.mark.parametrize("day", ["2026-03-06", "1800-01-01", "2026-02-30", "yesterday"])
def test_a_day_that_cannot_be_is_told_at_the_field(day: str) -> None:
    assert list(taking(happened_day=day).errors) == ["happened_day"]


def test_a_time_later_today_is_refused() -> None:
    late = (NOW + timedelta(minutes=5)).strftime("%H:%M")
    assert list(taking(happened_time=late).errors) == ["happened_day"]


def test_two_drawings_of_a_form_have_different_keys() -> None:
    errand, worker = an_errand(), a_caseworker()
    first, second = (move_form(errand, "take", worker)["key"].value() for _ in range(2))
    assert first != second
