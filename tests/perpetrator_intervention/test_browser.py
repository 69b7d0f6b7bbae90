"""A file in a real browser, in Chinese: a body works from its inbox on a telephone; her worker comes from the case."""

import pytest

from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from tests.browser.conftest import place as place
from tests.browser.seats import PHONE, House
from tests.casework.cases import NAME
from tests.people import a_caseworker
from tests.perpetrator_intervention.files import HIM, a_justice_worker, asked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_body_takes_it_up_and_records_a_session(place: House) -> None:
    worker = a_caseworker()
    file = asked(worker)
    seat = place.seat(a_justice_worker(), size=PHONE)
    seat.go("/cases/inbox/")
    seat.look("intervention-01-inbox")
    seat.never_says(NAME, HIM, file.case.reference)
    seat.step(file, "take_up", planned="2")
    seat.go(file.get_absolute_url())
    seat.send(seat.page.locator("#person button"))
    seat.says(HIM)
    seat.never_says(NAME, file.case.reference)
    seat.look("intervention-02-name")
    seat.go(file.get_absolute_url())
    seat.step(file, "record_session", "held=course", "attendance=came", account="承认推搡。", send=False)
    seat.look("intervention-03-session")
    seat.go(file.get_absolute_url())
    seat.step(file, "record_session", "held=course", "attendance=came", account="承认推搡。")
    assert PerpetratorIntervention.objects.get(pk=file.pk).attended == 1
    office = place.seat(worker)
    office.go(file.case.get_absolute_url())
    office.look("intervention-04-case")
    office.go(file.get_absolute_url())
    office.look("intervention-05-file")
    office.says(file.case.reference)
