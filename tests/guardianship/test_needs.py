"""One refusal per need, each with its reason."""

from typing import Any

import pytest

from casework.measures.guardianship.models import Guardianship
from tests.casework.cases import a_case
from tests.guardianship.matters import matter_in, prepared
from tests.people import a_caseworker
from workflow.engine import BadTakes, Unmet, perform

pytestmark = pytest.mark.django_db


def unmet(matter: Guardianship, move: str, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(matter, move, actor=a_caseworker(), **takes)
    return [need.name for need in refused.value.needs]


def test_a_ground_is_named() -> None:
    with pytest.raises(BadTakes):
        prepared(grounds=[])


def test_the_court_must_know_against_whom() -> None:
    worker = a_caseworker()
    assert unmet(prepared(worker, a_case(worker, matter="child_abuse")), "file") == ["guardian_recorded"]


def test_a_court_is_chosen() -> None:
    assert unmet(prepared(court=None), "file") == ["court_chosen"]


def test_one_application_at_a_time() -> None:
    worker = a_caseworker()
    first = matter_in("filed", worker)
    assert unmet(prepared(worker, first.case), "file") == ["no_other_running"]


def test_nobody_is_placed_twice() -> None:
    worker = a_caseworker()
    matter = prepared(worker)
    perform(matter, "place", actor=worker, temporary_by="relative")
    assert unmet(matter, "place", temporary_by="relative") == ["not_in_care"]


def test_care_that_never_began_does_not_end() -> None:
    assert unmet(prepared(), "end_care", end_of_care="returned") == ["is_in_care"]
