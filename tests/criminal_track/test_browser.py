"""What police and court make of it, as the police and the caseworker see it, in a real browser."""

import pytest

from tests.browser.conftest import place
from tests.browser.seats import PHONE, House
from tests.casework.cases import NAME
from tests.criminal_track.matters import a_track
from tests.people import a_caseworker, a_policeman

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def test_the_police_file_it_and_the_federation_hears_that_he_is_free(place: House) -> None:
    worker = a_caseworker()
    track = a_track(worker)
    station, office = place.seat(a_policeman(), size=PHONE), place.seat(worker)
    station.go("/cases/inbox/")
    station.look("crime-1-inbox")
    station.never_says(NAME)
    station.step(track, "file", case_number="2026-118")
    station.go("/cases/inbox/")
    station.look("crime-2-filed")
    office.go(track.case.get_absolute_url())
    office.says("2026-118")
    office.step(track, "release", custody="取保候审等", account="今天下午办的手续。")
    office.says("重新评估危险")
    office.look("crime-3-he-is-free")
    track.refresh_from_db()
    assert (track.state, track.is_out) == ("filed", True)
