"""A person at a browser of her own. Every page is looked at the same way: title, accessibility, policy, width."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from agencies.actor import Actor
from tests.people import signed_in
from workflow.models import LifeModel

SHOTS = os.environ.get("SHOTS", "")
TITLE = "工作台"
DESK, PHONE = (1366, 768), (360, 740)
# A refusal is an answer: the browser notes it in its console, and the story says which one it expects.
REFUSALS = {401, 403, 404, 409, 410, 422}
AXE = Axe()
# A page that is left, or a draft overtaken by the next, ends its own requests: htmx writes that down as if it were an error.
ENDED = ("htmx:sendAbort", "htmx:afterRequest")
# A page has settled when nothing was on its way for so long. The browser's own "networkidle" waits 0.5 s on every page.
QUIET_SECONDS, PATIENCE_SECONDS = 0.12, 30.0
BUSY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


@dataclass
class Seat:
    """`complaints`: errors in the console, breaches of the content policy, answers of 500 and above."""

    page: Page
    title: str = TITLE
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._answered)
        self.page.on("request", self._asks)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)

    def _hear(self, message: ConsoleMessage) -> None:
        refusal = message.text.startswith("Failed to load resource")
        if (
            message.type in {"error", "warning"}
            and not refusal
            and not message.text.startswith(ENDED)
            and "Response Status Error" not in message.text
        ):
            self.complaints.append(message.text)

    def _asks(self, request: Request) -> None:
        self.asked.append(request.url)
        if request.resource_type != "ping":  # a page that is left waits for no answer to its last words
            self.under_way.add(request)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in REFUSALS:
            self.complaints.append(f"{response.status} {response.url}")

    def go(self, address: str, status: int = 200) -> None:
        answer = self.page.goto(address)
        assert answer is not None and answer.status == status, f"{address}: {answer and answer.status}"

    def _ended(self, request: Request) -> None:
        self.under_way.discard(request)

    def settle(self) -> None:
        """Until the page has everything it asked for and has put it in its place."""
        self.page.wait_for_load_state()
        last, since = time.monotonic() + PATIENCE_SECONDS, time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS:
            self.page.wait_for_timeout(20)
            if self.under_way:
                since = time.monotonic()
                assert since < last, [request.url for request in self.under_way]
        expect(self.page.locator(BUSY)).to_have_count(0)

    def look(self, name: str, *, shot: bool = True) -> None:
        """What holds on every page. With SHOTS=<folder> in the environment a picture of each is kept there."""
        self.settle()
        if shot:
            self.keep(name, whole=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found = [
            (v["id"], [n["target"] for n in v["nodes"]][:3])
            for v in AXE.run(self.page).response["violations"]
        ]
        # axe leaves empty style attributes behind, which a later swap would copy and our policy refuse.
        self.page.evaluate(
            "document.querySelectorAll('[style=\"\"]').forEach(one => one.removeAttribute('style'))"
        )
        assert (self.page.title(), found, wide <= 0) == (self.title, [], True), (name, found, wide)
        assert self.complaints == [], f"{name}: {self.complaints}"

    def keep(self, name: str, *, whole: bool) -> None:
        """A picture for people: the whole page, or what the screen shows."""
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=whole)

    def press(self, name: str, within: Locator | None = None) -> None:
        """The button or link of this name."""
        place = within or self.page.locator("main")
        button, link = (
            place.get_by_role("button", name=name, exact=True),
            place.get_by_role("link", name=name, exact=True),
        )
        button.or_(link).first.click()
        self.page.wait_for_load_state()

    def fill(self, **fields: str) -> None:
        """By the names of the fields: what is chosen and what is typed."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def tick(self, *names_and_values: str) -> None:
        """`name=value`: the box or the choice of this value."""
        for text in names_and_values:
            name, _equals, value = text.partition("=")
            found = self.page.locator(f'main input[name="{name}"]' + (f'[value="{value}"]' if value else ""))
            found.check()

    def step(self, obj: LifeModel, move: str, *ticks: str, send: bool = True, **fields: str) -> None:
        """A move as a person makes it: the button on the page, what its form asks, and the form sent."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
        address = reverse("workflow:move", args=[obj.flow.key, obj.pk, move])
        quick = self.page.locator(f'form[action="{address}"] button')
        link = self.page.locator(f'a[href="{address}"]:not([aria-label])')
        if not (fields or ticks):
            return self.send(quick, address)
        link.first.click()
        button = self.page.locator(f'form[action="{address}"] .actions button')
        button.wait_for()
        self.tick(*ticks)
        self.choose(**fields)
        return self.send(button, address) if send else None

    def send(self, button: Locator, address: str = "") -> None:
        """Press it and wait until the answer stands on the page."""
        with self.page.expect_response(lambda one: one.request.method == "POST" and address in one.url):
            button.first.click()
        self.settle()

    def choose(self, **fields: str) -> None:
        """Lists by what they show, everything else as typed."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def never_says(self, *texts: str) -> None:
        """Nowhere in what the server sent, hidden or not."""
        content = self.page.content()
        assert [text for text in texts if text in content] == []


@dataclass
class House:
    """Where people sit down: one browser context each."""

    browser: Browser
    arguments: dict[str, Any]
    seats: list[Seat] = field(default_factory=list)

    def seat(self, actor: Actor | None = None, *, size: tuple[int, int] = DESK, **more: Any) -> Seat:
        width, height = size
        arguments = {**self.arguments, "viewport": {"width": width, "height": height}, **more}
        context = self.browser.new_context(**arguments)
        if actor is not None:
            session = signed_in(Client(), actor).cookies[settings.SESSION_COOKIE_NAME]
            cookie: Any = {"name": session.key, "value": session.value, "url": self.arguments["base_url"]}
            context.add_cookies([cookie])
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        seat = Seat(context.new_page())
        self.seats.append(seat)
        return seat


@contextmanager
def house(browser: Browser, arguments: dict[str, Any]) -> Iterator[House]:
    """Everybody leaves at the end, and nobody may have had a complaint."""
    place = House(browser, arguments)
    try:
        yield place
        complaints = [seat.complaints for seat in place.seats if seat.complaints]
        assert complaints == [], complaints
    finally:
        for seat in place.seats:
            seat.page.context.close()
