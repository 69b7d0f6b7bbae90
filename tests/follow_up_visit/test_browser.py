"""A visit in a real browser: today's list, the record, the request at a committee's telephone."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from casework import services
from casework.measures.follow_up_visit.models import FollowUpVisit
from tests.browser.seats import DESK, PHONE, house
from tests.follow_up_visit.visits import BRIEF, SIX, a_visit, entrusted, watched
from tests.people import a_caseworker, a_committee_worker, a_lead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_caseworker_holds_a_visit_and_a_committee_looks_in(
    browser: Browser, browser_context_args: Any
) -> None:
    worker = a_caseworker()
    visit = a_visit(worker, watched(worker, *SIX), due_at=timezone.now())
    services.set_safe_contact(
        visit.case, actor=worker, hours=[{"days": [0, 1, 2, 3, 4], "from": "09:00", "to": "11:30"}]
    )
    asked = entrusted(worker)
    with house(browser, browser_context_args) as place:
        desk = place.seat(worker, size=DESK)
        desk.go("/visits/")
        desk.look("visits_today")
        desk.press(visit.case.reference)
        desk.look("visit_planned")
        desk.step(
            visit,
            "hold",
            "safe_to_talk=True",
            "new_violence=no",
            "safe_place=yes",
            channel="电话",
            account="平安",
        )
        desk.says("已完成")
        desk.look("visit_done")
        lead = place.seat(a_lead(), size=DESK)
        lead.go("/visits/cadence/")
        lead.look("visit_cadence")
        phone = place.seat(a_committee_worker(), size=PHONE)
        phone.go("/cases/inbox/")
        phone.look("visit_asked_inbox")
        phone.press("显示看望谁")
        phone.says(BRIEF)
        phone.look("visit_asked")
        phone.step(asked, "seen_well", account="在家")
        phone.says("没有等您办理的事")
    assert list(FollowUpVisit.objects.filter(pk__in=(visit.pk, asked.pk)).order_by("state").values_list("state", flat=True)) == [
        "done", "found",
    ]  # fmt: skip
