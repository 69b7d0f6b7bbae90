"""A petition from the desk of a caseworker to its written opinion, in a real browser."""

import pytest

from casework.measures.petition.models import Petition
from tests.browser.conftest import place
from tests.browser.seats import House
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]
SUMMARY = "请求帮助协调落户。"


def test_a_petition_is_registered_accepted_and_answered(place: House) -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="other", forms=[])
    with_victim(case, worker)
    seat = place.seat(worker)
    seat.go(f"/cases/{case.pk}/open/petition/")
    seat.choose(category="婚姻家庭权益")
    seat.tick("named=True")
    seat.send(seat.page.locator("main form .actions button"))
    seat.look("petition-1-summary-missing")
    seat.fill(summary=SUMMARY)
    seat.send(seat.page.locator("main form .actions button"))
    petition = Petition.objects.get(case=case)
    seat.go(case.get_absolute_url())
    seat.never_says(SUMMARY)
    seat.step(petition, "accept", how="邮寄书面告知")
    seat.look("petition-2-on-the-case")
    seat.step(
        petition, "conclude", result="部分支持", opinion_number="2026-3", outcome="已协调户籍部门受理。"
    )
    seat.go(petition.get_absolute_url())
    seat.press("查看")
    seat.says(SUMMARY, "2026-3")
    seat.look("petition-3-own-page")
    petition.refresh_from_db()
    assert petition.state == "concluded"
