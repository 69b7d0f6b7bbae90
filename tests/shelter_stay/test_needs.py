"""One refusal per need."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.shelter_stay.models import ShelterStay
from tests.casework.cases import a_case
from tests.people import a_caseworker, civil_affairs, police
from tests.shelter_stay.stays import CODE, a_place, a_warden, inside, requested
from tests.workflow.refusals import missing, wrong_fields
from workflow.engine import BadTakes, Unmet, begin, perform

pytestmark = pytest.mark.django_db


def unmet(stay: ShelterStay, move: str, actor: Actor | None = None, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(stay, move, actor=actor or a_warden(), **takes)
    return [need.name for need in refused.value.needs]


def test_a_police_station_is_no_shelter() -> None:
    worker = a_caseworker()
    stay = begin(ShelterStay, actor=worker, case=a_case(worker), subject="adult")
    assert missing(stay, "request", worker) == ["shelter_chosen"]
    for given in ({}, {"agency": police().pk}):
        act = lambda given=given: perform(stay, "request", actor=worker, source="self", **given)  # noqa: E731
        assert wrong_fields(act) == ["agency"]
    stay.agency = police()
    assert missing(stay, "request", worker) == ["shelter_chosen"]


def test_somebody_looks_at_the_danger_first() -> None:
    worker = a_caseworker()
    assert unmet(requested(worker, case=a_case(worker)), "check") == ["danger_looked_at"]


def test_a_minor_is_no_guest() -> None:
    assert unmet(requested(subject="minor"), "admit") == ["is_no_minor"]


def test_an_adult_is_not_taken_into_care() -> None:
    assert unmet(requested(), "take_into_care", ground="harmed") == ["is_minor"]


def test_a_place_is_given_once() -> None:
    warden = a_warden()
    place = a_place(warden)
    inside(warden, place=place)
    stay = requested()
    assert wrong_fields(lambda: perform(stay, "admit", actor=warden, place=place.pk)) == ["place"]
    stay.place = place  # as if both had chosen it while it was free
    assert missing(stay, "admit", warden) == ["place_free"]


@pytest.mark.parametrize(
    ("subject", "kind", "children"), [("family", "woman", 1), ("minor", "woman", 0), ("family", "family", 4)]
)
def test_a_place_fits_sex_age_and_number(subject: str, kind: str, children: int) -> None:
    warden = a_warden()
    place = a_place(warden, kind=kind, capacity=3)
    stay = requested(subject=subject, children_count=children)
    minor = subject == "minor"
    more: dict[str, Any] = {"ground": "harmed"} if minor else {}
    found = unmet(stay, "take_into_care" if minor else "admit", warden, place=place.pk, **more)
    assert found == ["place_fits"]


def test_nobody_is_placed_among_people_on_relief() -> None:
    warden = a_warden()
    place = a_place(warden, apart=False)
    assert unmet(requested(), "admit", warden, place=place.pk) == ["kept_apart"]


def test_a_place_of_another_shelter_is_no_choice() -> None:
    other, warden, stay = a_place(a_warden(civil_affairs("满洲里市民政局"))), a_warden(), requested()
    assert wrong_fields(lambda: perform(stay, "admit", actor=warden, place=other.pk)) == ["place"]
    stay.place = other
    assert missing(stay, "admit", warden) == ["place_is_ours"]


def test_the_federation_chooses_no_place() -> None:
    place = a_place()
    with pytest.raises(BadTakes):
        perform(requested(), "admit", actor=a_caseworker(), place=place.pk)


@pytest.mark.parametrize("days", [-1, 10])
def test_a_longer_stay_is_longer(days: int) -> None:
    stay = inside(a_warden())
    day = timezone.localdate() + timedelta(days=days)
    assert unmet(stay, "file_longer", leave_by=day, reason="x") == ["later_than_now_agreed"]


def test_somebody_who_is_fetched_is_fetched_by_somebody_known() -> None:
    assert unmet(inside(a_warden()), "leave", exit_mode="relatives", reason="x") == ["exit_planned"]


def test_a_child_never_goes_to_the_suspect() -> None:
    warden = a_warden()
    stay = requested(subject="minor")
    perform(stay, "take_into_care", actor=warden, ground="harmed")
    takes: dict[str, Any] = {
        "handed_to": "父亲",
        "confirmed_by": "police",
        "second_person": "张晓",
        "not_suspected": False,
    }
    assert unmet(stay, "hand_over", **takes) == ["never_to_the_suspect"]


def test_a_child_is_handed_over_by_two() -> None:
    warden = a_warden()
    stay = requested(subject="minor")
    perform(stay, "take_into_care", actor=warden, ground="harmed")
    with pytest.raises(BadTakes) as refused:
        perform(stay, "hand_over", actor=warden, handed_to="祖母", confirmed_by="police", not_suspected=True)
    assert list(refused.value.form.errors) == ["second_person"]


def test_a_cover_name_gives_nothing_away() -> None:
    assert CODE not in a_place().site.agency.name
