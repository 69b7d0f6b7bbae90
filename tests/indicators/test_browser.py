"""The numbers in a real browser, in Chinese: nothing refused by the browser, nothing inaccessible."""

import os
from datetime import date
from pathlib import Path
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.actor import Actor
from indicators.releases import build, publish
from scenarios.bench.districts import cases, counted
from tests.indicators.lives import NOON
from tests.people import a_lead, a_supervisor, federation, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


def enter(page: Page, actor: Actor, url: str) -> None:
    cookie = signed_in(Client(), actor).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def shot(page: Page, name: str) -> None:
    """For people to look at, when a folder is named."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_the_numbers_of_today_are_accessible_and_quiet(page: Page, live_server: LiveServer) -> None:
    counted(cases(Random(4), 240, 2024, 2025), federation().pk)
    said: list[str] = []
    enter(page, a_lead(), live_server.url)
    page.on("console", lambda message: said.append(message.text))
    for name in ("", "cases_opened/", "clocks_law/", "indicators/"):
        page.goto(f"/figures/{name}?year=2025")
        shot(page, f"figures-{name.strip('/') or 'overview'}")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
        assert (page.title(), said, faults, wide) == ("工作台", [], [], False)


def test_a_supervisor_reads_a_release_and_takes_it_along(page: Page, live_server: LiveServer) -> None:
    counted(cases(Random(4), 240, 2024, 2025), federation().pk)
    publish(build("150703", 2025, date(2026, 1, 1)), NOON)
    said: list[str] = []
    enter(page, a_supervisor(), live_server.url)
    page.on("console", lambda message: said.append(message.text))
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2025年统计")
    expect(page.locator("main")).to_contain_text("CW.25 反家暴宣传 · 场次")
    shot(page, "release")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
    with page.expect_download() as download:
        page.get_by_role("link", name="表格（XLSX）").click()
    assert download.value.suggested_filename == "release-150703-2025-v1.xlsx"
    page.set_viewport_size({"width": 390, "height": 844})
    shot(page, "release-phone")
    narrow = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert (said, faults, wide, narrow) == ([], [], False, False)
