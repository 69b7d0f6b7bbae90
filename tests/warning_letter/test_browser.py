"""A letter in a real browser, in Chinese: the station works from one screen on a telephone, the federation from the case."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from casework.measures.warning_letter.models import WarningLetter
from tests.browser.seats import PHONE, House, Seat, house
from tests.casework.cases import NAME
from tests.people import a_caseworker, a_policeman
from tests.warning_letter.letters import letter_in
from workflow.engine import perform

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIM = "赵某强"


@pytest.fixture
def place(browser: Browser, live_server: Any, browser_context_args: dict[str, Any]) -> Iterator[House]:
    with house(browser, {**browser_context_args, "base_url": live_server.url, "locale": "zh-CN"}) as found:
        yield found


def unfold(seat: Seat) -> None:
    seat.page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")


def accept_in_the_row(seat: Seat, letter: WarningLetter) -> None:
    """A field and a button."""
    address = reverse("workflow:move", args=["warning_letter", letter.pk, "accept"])
    unfold(seat)
    seat.page.locator(f'[id="{letter.pk}-accept-case_number"]').fill("2026-118")
    seat.send(seat.page.locator(f'form[action="{address}"] button'), address)
    letter.refresh_from_db()
    assert (letter.state, letter.case_number) == ("accepted", "2026-118")


def test_the_station_takes_up_issues_and_serves_from_its_inbox(place: House) -> None:
    worker = a_caseworker()
    letter, other = letter_in("requested", worker), letter_in("served", worker)
    seat = place.seat(a_policeman(), size=PHONE)
    seat.go("/cases/inbox/")
    seat.look("letter-01-inbox")
    seat.never_says(NAME, HIM)
    seat.go("/cases/inbox/")
    accept_in_the_row(seat, letter)
    seat.look("letter-02-accepted")
    seat.go(letter.get_absolute_url())
    seat.step(letter, "issue", letter_number="扎公告字〔2026〕21号")
    seat.go(letter.get_absolute_url())
    seat.look("letter-03-page")
    seat.never_says(NAME, HIM)
    seat.send(seat.page.locator("#people button"))
    seat.says(NAME, HIM)
    seat.look("letter-04-names")
    seat.step(letter, "serve", "refused_to_sign", send=False)
    seat.send(seat.page.locator("form[action$='/serve'] .actions button"))
    seat.says("请注明并录像")
    seat.look("letter-06-unmet")
    seat.go(letter.get_absolute_url())
    seat.step(letter, "serve", "refused_to_sign", "refusal_on_video")
    letter.refresh_from_db()
    assert letter.state == "served"
    seat.go("/cases/inbox/")
    row = seat.page.locator(f'[id="{other.panel_id}"]')
    row.get_by_label("公安").check()
    row.locator("textarea").fill("未发现再犯。")
    seat.send(row.locator("form[action$='/visit_clean'] button"), "/visit_clean")
    other.refresh_from_db()
    assert other.first_visit_done


def test_the_federation_follows_the_letter_from_the_case(place: House) -> None:
    worker = a_caseworker()
    letter = letter_in("issued", worker)
    seat = place.seat(worker)
    seat.go(letter.case.get_absolute_url())
    seat.look("letter-07-case")
    seat.go(letter.get_absolute_url())
    seat.step(letter, "ask_service")
    perform(letter_now(letter), "serve", actor=a_policeman())
    seat.go(letter.get_absolute_url())
    seat.step(letter, "report_relapse", relapse_kind="再次施暴", account="昨晚又动手。")
    seat.look("letter-08-relapse")
    assert letter_now(letter).state == "relapsed"


def letter_now(letter: WarningLetter) -> WarningLetter:
    return WarningLetter.objects.get(pk=letter.pk)
