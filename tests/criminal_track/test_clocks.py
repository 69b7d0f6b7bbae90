"""The clocks of an injury appraisal: started, kept, missed; dropped with the matter."""

import pytest

from casework.measures.criminal_track.models import CriminalTrack
from tests.criminal_track.matters import a_track
from tests.people import a_caseworker, a_policeman, police
from tests.protection_orders.orders import at
from workflow.engine import perform
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
TAKEN = at("2026-03-02 10:00")


def states(track: CriminalTrack) -> dict[str, str]:
    return dict(Deadline.objects.filter(obj_id=track.pk).values_list("clock", "state"))


def commissioned(kind: str, when: str = "2026-03-02 10:00") -> CriminalTrack:
    track = a_track(a_caseworker())
    perform(track, "take_injury", actor=a_policeman(), at=TAKEN)
    perform(track, "commission", actor=a_policeman(), at=at(when), appraisal=kind)
    return track


@pytest.mark.parametrize(("when", "verdict"), [("2026-03-03 10:00", "met"), ("2026-03-03 10:01", "missed")])
def test_an_appraisal_is_commissioned_within_a_day(when: str, verdict: str) -> None:
    assert states(commissioned("simple", when))["injury_appraisal_commission_24h"] == verdict


@pytest.mark.parametrize(("when", "verdict"), [("2026-03-03 10:00", "met"), ("2026-03-03 10:01", "missed")])
def test_a_simple_injury_is_judged_within_a_day(when: str, verdict: str) -> None:
    track = commissioned("simple")
    perform(track, "opine", actor=a_policeman(), at=at(when), grade="slight")
    assert states(track)["injury_appraisal_opinion_24h"] == verdict


@pytest.mark.parametrize(("when", "verdict"), [("2026-03-06", "met"), ("2026-03-07", "missed")])
def test_its_document_follows_within_three_days(when: str, verdict: str) -> None:
    track = commissioned("simple")
    perform(track, "opine", actor=a_policeman(), at=at("2026-03-03 09:00"), grade="slight")
    perform(track, "certify", actor=a_policeman(), at=at(when))
    assert states(track)["injury_appraisal_document_3d"] == verdict


@pytest.mark.parametrize(("when", "verdict"), [("2026-03-09", "met"), ("2026-03-10", "missed")])
def test_a_complex_injury_is_judged_within_seven_days(when: str, verdict: str) -> None:
    track = commissioned("complex")
    perform(track, "certify", actor=a_policeman(), at=at(when), grade="light_1")
    assert states(track) == {"injury_appraisal_commission_24h": "met", "injury_appraisal_complex_7d": verdict}


def test_nobody_owes_an_appraisal_once_it_is_dropped() -> None:
    track, officer = commissioned("complex"), a_policeman()
    perform(track, "file", actor=officer)
    perform(track, "drop", actor=officer, reason="证据不足")
    assert states(track)["injury_appraisal_complex_7d"] == "cancelled"


def test_the_clock_is_owed_by_the_station() -> None:
    track = commissioned("complex")
    assert Deadline.objects.get(obj_id=track.pk, closed_at=None).owner_agency_id == police().pk
