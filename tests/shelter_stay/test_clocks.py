"""The clocks of a stay: started, kept, missed. None of them puts anybody out."""

from typing import Any

import pytest
from django.utils import timezone

from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.shelter_stay.workflow import FLOW
from tests.people import a_caseworker
from tests.shelter_stay.stays import a_place, a_warden, at, day, inside, requested
from workflow.engine import perform
from workflow.models import Deadline
from workflow.sweep import sweep
from workflow.when import When

pytestmark = pytest.mark.django_db


def clocks(stay: ShelterStay) -> list[tuple[str, str]]:
    rows = Deadline.objects.filter(obj_id=stay.pk).order_by("created_at", "pk")
    return [(row.clock, row.state) for row in rows]


def ends(stay: ShelterStay) -> list[str]:
    rows = Deadline.objects.filter(obj_id=stay.pk, clock="shelter_stay_10d").order_by("created_at", "pk")
    return [f"{timezone.localtime(row.due_at):%Y-%m-%d %H:%M}" for row in rows if row.due_at]


def test_ten_days_and_the_day_she_comes_is_not_counted() -> None:
    stay = inside(a_warden(), came="2026-03-02 22:15")
    assert (ends(stay), stay.leave_by) == (["2026-03-12 23:59"], day("2026-03-12"))


def test_a_site_with_another_local_rule_counts_by_it() -> None:
    warden = a_warden()
    stay = inside(warden, came="2026-03-02 22:15", place=a_place(warden, norm_days=7))
    assert ends(stay) == ["2026-03-09 23:59"]


def test_filed_in_time_is_kept_and_runs_to_the_new_day() -> None:
    warden = a_warden()
    stay = inside(warden, came="2026-03-02 22:15")
    perform(
        stay,
        "file_longer",
        actor=warden,
        at=at("2026-03-10 09:00"),
        leave_by=day("2026-04-01"),
        reason="等待开庭",
    )
    found = clocks(stay), ends(stay)[-1], stay.state
    assert found == (
        [("shelter_stay_10d", "met"), ("shelter_stay_10d", "open")],
        "2026-04-01 23:59",
        "longer",
    )


def test_after_ten_days_without_a_filing_she_is_still_in() -> None:
    warden = a_warden()
    stay = inside(warden, came="2026-03-02 22:15")
    sweep(at("2026-03-20 00:00").earliest or timezone.now())
    stay.refresh_from_db()
    late = clocks(stay)
    perform(stay, "file_longer", actor=warden, leave_by=day("2027-01-01"), reason="补报备案")
    assert (late, stay.state, FLOW.fires) == ([("shelter_stay_10d", "missed")], "longer", {})


def test_she_leaves_in_time() -> None:
    warden = a_warden()
    stay = inside(warden, came="2026-03-02 22:15")
    perform(stay, "leave", actor=warden, at=at("2026-03-05 09:00"), exit_mode="self", reason="回娘家")
    assert (clocks(stay), stay.nights()) == ([("shelter_stay_10d", "met")], 3)


def test_the_ten_days_do_not_apply_to_minors() -> None:
    stay = requested(subject="minor")
    perform(stay, "take_into_care", actor=a_warden(), at=at("2026-03-02 10:00"), ground="harmed")
    row = Deadline.objects.get(obj_id=stay.pk)
    assert (row.clock, f"{timezone.localtime(row.due_at):%Y-%m-%d}") == ("temp_guardianship_1y", "2027-03-02")


def test_a_minor_handed_over_ends_the_guardianship() -> None:
    warden = a_warden()
    stay = requested(subject="minor")
    perform(stay, "take_into_care", actor=warden, ground="harmed")
    takes: dict[str, Any] = {
        "handed_to": "祖母",
        "confirmed_by": "committee",
        "second_person": "张晓",
        "not_suspected": True,
    }
    perform(stay, "hand_over", actor=warden, **takes)
    assert clocks(stay) == [("temp_guardianship_1y", "met")]


def test_an_urgent_request_is_helped_within_hours() -> None:
    stay = requested(urgent=True)
    row = Deadline.objects.get(obj_id=stay.pk)
    assert (row.clock, row.is_policy, row.legal_expiry) == ("shelter_emergency_help", True, None)


def test_no_place_here_does_not_stop_the_clock_of_help() -> None:
    worker, warden = a_caseworker(), a_warden()
    stay = requested(worker, urgent=True)
    perform(stay, "no_place", actor=warden, why="full", reason="满")
    assert clocks(stay) == [("shelter_emergency_help", "open")]


def test_help_given_stops_it() -> None:
    stay = requested(urgent=True)
    perform(stay, "admit", actor=a_warden())
    assert clocks(stay) == [("shelter_emergency_help", "met"), ("shelter_stay_10d", "open")]


def test_an_unknown_day_gives_no_false_verdict() -> None:
    stay = requested()
    perform(stay, "admit", actor=a_warden(), at=When.unknown())
    assert (clocks(stay), stay.leave_by, stay.day) == ([("shelter_stay_10d", "unknown")], None, None)
