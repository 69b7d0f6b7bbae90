"""What a no-contact order needs: one refusal each."""

from typing import Any

import pytest

from tests.no_contact_order.orders import ASKED, asked, drafted, in_days, in_force
from tests.people import a_caseworker, police
from tests.protection_orders.orders import at
from tests.workflow.refusals import missing, wrong_fields
from workflow.engine import BadTakes, Unmet, perform

pytestmark = pytest.mark.django_db
MADE: dict[str, Any] = {"approved": True, "forbidden": ["meeting"], "ends_on": in_days(30)}


def refused(order: Any, move: str, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refusal:
        perform(order, move, actor=a_caseworker(), **takes)
    return [need.name for need in refusal.value.needs]


def test_there_was_no_such_order_before_2026() -> None:
    found = refused(drafted(a_caseworker()), "ask", police_agency=police(), at=at("2025-12-31"), **ASKED)
    assert found == ["in_force_by_then"]


def test_it_exists_from_the_first_day_of_2026() -> None:
    order = drafted(a_caseworker())
    perform(order, "ask", actor=a_caseworker(), police_agency=police(), at=at("2026-01-01"), **ASKED)
    assert order.state == "asked"


def test_the_head_of_the_police_organ_approves_it() -> None:
    assert refused(asked(a_caseworker()), "order", **MADE | {"approved": False}) == ["approved_by_the_head"]


@pytest.mark.parametrize("days", [0, -1])
def test_it_has_an_end_that_lies_ahead(days: int) -> None:
    assert refused(asked(a_caseworker()), "order", **MADE | {"ends_on": in_days(days)}) == ["ends_later"]


def test_it_is_not_made_without_an_end() -> None:
    with pytest.raises(BadTakes):
        perform(asked(a_caseworker()), "order", actor=a_caseworker(), approved=True, forbidden=["meeting"])


def test_he_is_told_once() -> None:
    order = in_force(a_caseworker())
    perform(order, "tell", actor=a_caseworker())
    assert refused(order, "tell") == ["not_yet_told"]


def test_detention_is_for_a_breach() -> None:
    assert refused(in_force(a_caseworker()), "detain", days=7) == ["breach_recorded"]


@pytest.mark.parametrize("days", [0, 4, 11, 15])
def test_detention_is_five_to_ten_days(days: int) -> None:
    order = in_force(a_caseworker())
    perform(order, "report_breach", actor=a_caseworker(), account="尾随")
    assert refused(order, "detain", days=days) == ["five_to_ten_days"]


@pytest.mark.parametrize("days", [5, 10])
def test_five_and_ten_days_are_within_the_law(days: int) -> None:
    order = in_force(a_caseworker())
    perform(order, "report_breach", actor=a_caseworker(), account="尾随")
    perform(order, "detain", actor=a_caseworker(), days=days)
    assert order.detentions == 1


def test_it_does_not_end_before_its_last_day_is_over() -> None:
    order = in_force(a_caseworker(), ends_on=in_days(1))
    assert refused(order, "end") == ["last_day_past"]


@pytest.mark.parametrize(("move", "takes"), [("ask", ASKED), ("learn", ASKED | MADE)])
def test_the_police_that_are_asked_are_chosen(move: str, takes: dict[str, Any]) -> None:
    worker = a_caseworker()
    order = drafted(worker)
    assert "police_chosen" in missing(order, move, worker)
    assert wrong_fields(lambda: perform(order, move, actor=worker, **takes)) == ["police_agency"]
    order.police_agency = police()
    assert "police_chosen" not in missing(order, move, worker)
