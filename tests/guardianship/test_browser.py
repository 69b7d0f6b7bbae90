"""A court on its screen and a civil servant on a telephone, in a real browser."""

import pytest

from tests.browser.conftest import place
from tests.browser.seats import PHONE, House
from tests.guardianship.matters import a_civil_servant, matter_in
from tests.people import a_caseworker, a_judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["place"]


def test_the_court_decides_and_civil_affairs_take_care(place: House) -> None:
    worker = a_caseworker()
    matter = matter_in("filed", worker)
    court, care, desk = place.seat(a_judge()), place.seat(a_civil_servant(), size=PHONE), place.seat(worker)
    care.go("/cases/inbox/")
    care.look("guardianship-inbox")
    care.step(matter, "place", temporary_by="民政部门")
    court.go(matter.get_absolute_url())
    court.press("查看")
    court.says("长期殴打", "赵某强")
    court.look("guardianship-court")
    court.go(matter.get_absolute_url())
    court.step(matter, "accept", court_number="（2026）内0703民特3号")
    court.step(matter, "revoke", judgment_number="（2026）内0703民特3号")
    court.says("已撤销监护人资格")
    desk.go(matter.case.get_absolute_url())
    desk.says("被撤销资格的监护人仍应负担抚养费用")
    desk.look("guardianship-case")
