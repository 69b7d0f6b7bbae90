"""One refusal per need, each with its article."""

from datetime import date
from typing import Any

import pytest

from casework.measures.petition.models import Petition
from tests.people import a_caseworker, a_lead
from tests.petition.petitions import petition_in, received
from workflow.engine import Unmet, perform

pytestmark = pytest.mark.django_db
# Accepted on 3 March 2026: sixty days end on 2 May, a holiday, and roll to the first working day after it.
EXTENSION: dict[str, Any] = {"extended_to": date(2026, 5, 20), "reason": "需要多部门协调", "told": True}


def unmet(petition: Petition, move: str, **takes: Any) -> list[tuple[str, str]]:
    with pytest.raises(Unmet) as refused:
        perform(petition, move, actor=takes.pop("actor", None) or a_caseworker(), **takes)
    return [(need.name, need.law) for need in refused.value.needs]


def test_a_direct_petition_is_not_objected_to() -> None:
    assert unmet(received(), "object", reason="不是我们的") == [("was_transferred", "X04")]


def test_the_sixty_days_are_extended_once() -> None:
    lead = a_lead()
    petition = petition_in("accepted", lead)
    perform(petition, "extend", actor=lead, **EXTENSION)
    assert unmet(petition, "extend", actor=lead, **EXTENSION) == [("not_yet_extended", "X06")]


@pytest.mark.parametrize("day", [date(2026, 4, 30), date(2026, 6, 30)])
def test_the_extension_is_at_most_thirty_days(day: date) -> None:
    lead = a_lead()
    petition = petition_in("accepted", lead)
    assert unmet(petition, "extend", actor=lead, **(EXTENSION | {"extended_to": day})) == [
        ("within_thirty_days", "X06")
    ]


def test_the_petitioner_is_told_why() -> None:
    lead = a_lead()
    petition = petition_in("accepted", lead)
    assert unmet(petition, "extend", actor=lead, **(EXTENSION | {"told": False})) == [("reason_told", "X06")]


def test_only_what_is_urgent_is_reported_up() -> None:
    assert unmet(received(), "report_up", to_whom="区委办") == [("is_urgent", "X08")]


def test_it_is_marked_urgent_once() -> None:
    petition, worker = received(), a_caseworker()
    perform(petition, "mark_urgent", actor=worker, reason="多人聚集")
    assert unmet(petition, "mark_urgent", reason="多人聚集") == [("not_yet_urgent", "X08")]
