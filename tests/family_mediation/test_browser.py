"""The hard block as a worker meets it, and the way over to a violence case, in a real browser."""

import pytest

from casework import services
from casework.models import Case
from tests.browser.conftest import place
from tests.browser.seats import House
from tests.casework.cases import ALL_NO, a_case
from tests.family_mediation.mediations import talking
from tests.people import a_caseworker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def test_high_danger_stops_it_with_the_article(place: House) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO | {"F1": "yes"})
    seat = place.seat(worker)
    seat.go(f"/cases/{case.pk}/open/family_mediation/")
    seat.tick("subjects=custody", "asked_apart=True", "both_willing=True")
    seat.send(seat.page.locator("main form .actions button"))
    seat.says("不得调解、劝和")
    seat.look("mediation-blocked")


def test_signs_of_violence_lead_to_a_violence_case(place: House) -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    seat = place.seat(worker)
    seat.go(mediation.get_absolute_url())
    seat.step(mediation, "convert", "seen_forms=physical", seen="袖口下有淤青")
    seat.says("已转为家暴个案")
    seat.look("mediation-converted")
    assert Case.objects.get(pk=mediation.case_id).matter == "dv"
