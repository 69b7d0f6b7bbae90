"""The police's order to keep away: asked for, made, broken, in a real browser."""

import pytest

from tests.browser.conftest import place
from tests.browser.seats import PHONE, House
from tests.no_contact_order.orders import drafted, in_days
from tests.people import a_caseworker, a_policeman, police

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def test_the_order_is_asked_for_made_and_broken(place: House) -> None:
    police()
    worker = a_caseworker()
    order = drafted(worker)
    office, station = place.seat(worker), place.seat(a_policeman(), size=PHONE)
    office.go(order.case.get_absolute_url())
    office.step(order, "ask", "conduct=clinging", "conduct=following", police_agency=str(police()))
    office.look("no-contact-1-asked")
    station.go("/cases/inbox/")
    station.look("no-contact-2-inbox")
    station.step(
        order,
        "order",
        "approved=True",
        "forbidden=meeting",
        "forbidden=calling",
        ends_on=in_days(60).isoformat(),
        number="2026-5",
    )
    office.go(order.case.get_absolute_url())
    office.says("2026-5", "拨打110")
    office.step(order, "report_breach", account="晚上在楼下等了两个小时。")
    office.look("no-contact-3-in-force-and-broken")
    order.refresh_from_db()
    assert (order.state, order.breaches) == ("in_force", 1)
