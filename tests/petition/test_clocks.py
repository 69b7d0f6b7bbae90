"""Each clock started, kept and missed; whoever stays unknown gets no notice."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from casework.measures.petition.models import Petition
from tests.people import a_caseworker, a_lead, superior_federation
from tests.petition.petitions import after, petition_in, received
from tests.petition.test_needs import EXTENSION
from workflow.engine import perform
from workflow.models import Deadline

pytestmark = pytest.mark.django_db


def clock(petition: Petition, name: str) -> Any:
    return Deadline.objects.filter(obj_id=petition.pk, clock=name).first()


def end_of(petition: Petition, name: str) -> str:
    return timezone.localtime(clock(petition, name).legal_expiry).date().isoformat()


@pytest.mark.parametrize(
    ("fields", "clocks"),
    [
        ({}, {"xf_notice_15d"}),
        ({"named": False}, set()),
        ({"source": "transferred"}, {"xf_notice_transferred_15d", "xf_objection_5wd"}),
        ({"source": "transferred", "named": False}, {"xf_objection_5wd"}),
    ],
)
def test_what_runs_from_the_receipt(fields: dict[str, Any], clocks: set[str]) -> None:
    petition = received(**fields)
    assert set(Deadline.objects.filter(obj_id=petition.pk).values_list("clock", flat=True)) == clocks


def test_the_ends_are_days_of_the_calendar_but_for_the_objection() -> None:
    petition = received(source="transferred")
    assert [end_of(petition, name) for name in ("xf_notice_transferred_15d", "xf_objection_5wd")] == [
        "2026-03-17",
        "2026-03-09",
    ]


@pytest.mark.parametrize(("days", "verdict"), [(3, "met"), (20, "missed")])
def test_the_notice_is_given_in_fifteen_days(days: int, verdict: str) -> None:
    petition = received()
    perform(petition, "accept", actor=a_caseworker(), at=after(days))
    assert clock(petition, "xf_notice_15d").state == verdict


@pytest.mark.parametrize(("days", "verdict"), [(4, "met"), (12, "missed")])
def test_an_objection_is_made_in_five_working_days(days: int, verdict: str) -> None:
    petition = received(source="transferred")
    perform(petition, "object", actor=a_caseworker(), reason="属劳动争议", at=after(days))
    assert clock(petition, "xf_objection_5wd").state == verdict


def test_whoever_deals_with_it_no_longer_owes_an_objection() -> None:
    petition = received(source="transferred")
    perform(petition, "accept", actor=a_caseworker(), at=after(3))
    assert clock(petition, "xf_objection_5wd").state == "cancelled"


@pytest.mark.parametrize(("days", "verdict"), [(40, "met"), (90, "missed")])
def test_the_opinion_is_issued_in_sixty_days_from_acceptance(days: int, verdict: str) -> None:
    petition = petition_in("accepted", a_caseworker())
    perform(petition, "conclude", actor=a_caseworker(), result="supported", at=after(days))
    assert clock(petition, "xf_conclude_60d").state == verdict


@pytest.mark.parametrize(("days", "verdict"), [(75, "met"), (95, "missed")])
def test_an_extension_takes_the_place_of_the_sixty_days(days: int, verdict: str) -> None:
    lead = a_lead()
    petition = petition_in("accepted", lead)
    perform(petition, "extend", actor=lead, **EXTENSION)
    end = end_of(petition, "xf_extension_30d")
    perform(petition, "conclude", actor=lead, result="supported", at=after(days))
    states = (clock(petition, "xf_conclude_60d").state, clock(petition, "xf_extension_30d").state)
    assert (end, states) == (date(2026, 5, 20).isoformat(), ("cancelled", verdict))


@pytest.mark.parametrize(
    ("state", "name"), [("reviewing", "xf_review_decision_30d"), ("rechecking", "xf_recheck_decision_30d")]
)
def test_the_body_above_has_thirty_days(state: str, name: str) -> None:
    petition = petition_in(state, a_caseworker())
    assert clock(petition, name).owner_agency_id == superior_federation().pk


@pytest.mark.parametrize(("hours", "verdict"), [(1, "met"), (30, "missed")])
def test_what_is_urgent_goes_up_within_hours(hours: int, verdict: str) -> None:
    petition, worker = received(), a_caseworker()
    perform(petition, "mark_urgent", actor=worker, reason="多人聚集", at=after(1))
    perform(petition, "report_up", actor=worker, to_whom="区委办", at=after(1 + hours / 24))
    assert clock(petition, "xf_urgent_upward_report").state == verdict
