"""A panel in a real browser: form in its slot, refusal in its place, panel renewed; and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.actor import Actor
from tests.people import a_caseworker, signed_in
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from workflow.engine import perform

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.workflow.sample.site"


def cookie(actor: Actor, live_server: LiveServer) -> Any:
    """The session as the browser keeps it."""
    key = signed_in(Client(), actor).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="zh-CN")
    yield context.new_page()
    context.close()


def at_panel(page: Page, actor: Actor, live_server: LiveServer) -> Errand:
    errand = an_errand(actor)
    page.context.add_cookies([cookie(actor, live_server)])
    page.goto(errand.get_absolute_url())
    return errand


def test_a_move_is_made_inside_the_panel(page: Page, live_server: LiveServer) -> None:
    errand = at_panel(page, a_caseworker(), live_server)
    page.get_by_role("link", name="Take on").click()
    page.locator("[name=happened_day]").fill("2099-01-01")
    page.get_by_role("button", name="Take on").click()
    expect(page.locator(".move-slot .error-summary")).to_be_visible()
    page.locator("[name=happened_day]").fill("")
    page.get_by_label("Number").fill("7")
    page.get_by_role("button", name="Take on").click()
    expect(page.locator("[aria-current=step]")).to_have_text("Taken")
    errand.refresh_from_db()
    assert (errand.state, errand.number, page.url.endswith(errand.get_absolute_url())) == ("taken", "7", True)


def test_who_comes_too_late_is_told_in_place(page: Page, live_server: LiveServer) -> None:
    worker = a_caseworker()
    errand = at_panel(page, worker, live_server)
    page.get_by_role("link", name="Take on").click()
    page.get_by_label("Number").fill("8")
    perform(errand, "take", actor=worker)
    page.get_by_role("button", name="Take on").click()
    expect(page.locator(".move-slot .notice")).to_contain_text("Taken")
    assert page.locator(".move-slot dd").inner_text() == "8"


def test_it_works_without_javascript(plain: Page, live_server: LiveServer) -> None:
    errand = at_panel(plain, a_caseworker(), live_server)
    plain.get_by_role("link", name="Take on").click()
    plain.get_by_role("button", name="Take on").click()
    errand.refresh_from_db()
    assert (errand.state, plain.url.endswith(errand.get_absolute_url())) == ("taken", True)


def test_panel_and_form_are_accessible(page: Page, live_server: LiveServer) -> None:
    at_panel(page, a_caseworker(), live_server)
    page.get_by_role("link", name="Take on").click()
    page.get_by_label("Number").wait_for()
    found: dict[str, Any] = Axe().run(page).response
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
