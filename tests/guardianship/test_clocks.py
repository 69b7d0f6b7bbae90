"""Each clock started, kept and missed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.measures.guardianship.models import Guardianship
from tests.guardianship.matters import START, a_civil_servant, matter_in, prepared
from tests.people import a_caseworker, a_judge
from workflow.engine import perform
from workflow.models import Deadline
from workflow.when import When

pytestmark = pytest.mark.django_db


def after(days: int) -> When:
    return When.instant(START + timedelta(days=days))


def clock(matter: Guardianship, name: str) -> Any:
    return Deadline.objects.filter(obj_id=matter.pk, clock=name).first()


def end_of(matter: Guardianship, name: str) -> str:
    return timezone.localtime(clock(matter, name).legal_expiry).date().isoformat()


def test_temporary_care_ends_within_a_year() -> None:
    matter, servant = prepared(), a_civil_servant()
    perform(matter, "place", actor=servant, temporary_by="civil_affairs", at=When.instant(START))
    row = clock(matter, "temp_guardianship_1y")
    assert (end_of(matter, row.clock), row.owner_agency_id) == ("2027-03-02", servant.agency_id)


@pytest.mark.parametrize(("move", "takes"), [("file", {}), ("end_care", {"end_of_care": "returned"})])
def test_filing_or_going_back_ends_that_year(move: str, takes: dict[str, str]) -> None:
    worker = a_caseworker()
    matter = prepared(worker)
    perform(matter, "place", actor=worker, temporary_by="relative", at=When.instant(START))
    perform(matter, move, actor=worker, at=after(30), **takes)
    assert clock(matter, "temp_guardianship_1y").state == "met"


def test_care_that_begins_during_the_proceedings_has_no_year_of_its_own() -> None:
    worker = a_caseworker()
    matter = matter_in("filed", worker)
    perform(matter, "place", actor=worker, temporary_by="relative")
    assert clock(matter, "temp_guardianship_1y") is None


@pytest.mark.parametrize(("days", "verdict"), [(20, "met"), (60, "missed")])
def test_the_court_has_thirty_days(days: int, verdict: str) -> None:
    matter, judge = matter_in("accepted", a_caseworker()), a_judge()
    perform(matter, "revoke", actor=judge, at=after(days))
    assert (end_of(matter, "guardianship_trial_30d"), clock(matter, "guardianship_trial_30d").state) == (
        "2026-04-01",
        verdict,
    )


def test_filing_alone_starts_no_clock_of_the_court() -> None:
    assert clock(matter_in("filed", a_caseworker()), "guardianship_trial_30d") is None


def test_the_former_guardian_may_ask_between_three_months_and_a_year() -> None:
    matter = matter_in("appointed", a_caseworker())
    assert [end_of(matter, f"guardianship_restore_{which}") for which in ("earliest", "latest")] == [
        "2026-06-02",
        "2027-03-02",
    ]


@pytest.mark.parametrize(("days", "verdict"), [(30, "missed"), (150, "met")])
def test_asking_too_early_is_seen(days: int, verdict: str) -> None:
    matter, judge = matter_in("appointed", a_caseworker()), a_judge()
    perform(matter, "ask_restore", actor=judge, at=after(days))
    assert clock(matter, "guardianship_restore_earliest").state == verdict
