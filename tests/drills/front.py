"""A Chromium of this machine inside the network of the bare one: it comes by https, through nginx, at each of the names."""

import base64
import time
from typing import Any, Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import BrowserContext, Page, sync_playwright

from config.runtime.machine import CHROMIUM
from tests.conftest import QUIET_BROWSER
from tests.drills.bare import Machine
from tests.faults.site import DESK

NEW = "Quiet-river-07 flows"
STEP = 30


def code(seed: str, at: float) -> str:
    return TOTP(base64.b32decode(seed), 6, SHA1(), STEP).generate(int(at)).decode()


class Front:
    """`sign_in` goes wherever the product leads: a new password, an app, the second step, the page one came for."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.seeds, self.used = machine, machine.seeds, machine.used
        self.open: dict[str, Page] = {}

    def __enter__(self) -> Self:
        wrapper = self.machine.folder / "chromium"
        wrapper.write_text(
            f'#!/bin/sh\nexec nsenter --net=/run/netns/{self.machine.name} {CHROMIUM.path()} "$@"\n'
        )
        wrapper.chmod(0o755)
        names = "--host-resolver-rules=MAP *.huhang.example 127.0.0.1"
        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=wrapper, args=[*QUIET_BROWSER, names])
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        self.driver.stop()

    def sign_in(self, name: str, username: str, password: str) -> str:
        """The path at which it ends. A person who was here before is somebody else now."""
        context: BrowserContext = self.browser.new_context(ignore_https_errors=True, locale="zh-CN")
        page = self.open[name] = context.new_page()
        page.goto(f"https://{name}/sign-in")
        page.locator("main input[name=username]").fill(username)
        page.locator("main input[name=password]").fill(password)
        self._go(page)
        for _ in range(6):
            path = urlsplit(page.url).path
            step = {
                "/password": self._new_password,
                "/security": self._add_app,
                "/sign-in/second": self._second,
            }.get(path)
            if step is None:
                assert page.locator("form[action='/sign-out']").count()
                return path
            step(page, username, password)
        raise AssertionError(f"{username} ends at {path}")

    def _go(self, page: Page) -> None:
        page.locator("main form button.button-primary").first.click()
        page.wait_for_load_state()

    def _new_password(self, page: Page, username: str, password: str) -> None:
        for field, word in (("old", password), ("new", NEW), ("again", NEW)):
            page.locator(f"main input[name={field}]").fill(word)
        self._go(page)

    def _add_app(self, page: Page, username: str, password: str) -> None:
        page.locator("main input[name=name]").fill("手机")
        self._go(page)
        self.seeds[username] = page.locator("main code").inner_text().replace(" ", "")
        page.locator("main input[name=code]").fill(self._code(username))
        self._go(page)
        assert page.locator("ol.codes li").count() == 10
        page.goto(f"https://{urlsplit(page.url).netloc}/")

    def _second(self, page: Page, username: str, password: str) -> None:
        page.locator("main #second-code").fill(self._code(username))
        self._go(page)

    def _code(self, username: str) -> str:
        """A code is good once: the next half minute is waited for where this one's was used."""
        while int(time.time() // STEP) == self.used.get(username):
            time.sleep(1)
        self.used[username] = int(time.time() // STEP)
        return code(self.seeds[username], time.time())

    def new_person(self, username: str, shown: str, role: str, agency: str) -> tuple[str, str]:
        """By the administrator, on the desk's pages: the account, its one-time password, its posting."""
        page = self.open[DESK]
        page.goto(f"https://{DESK}/people/new")
        page.locator("main input[name=username]").fill(username)
        page.locator("main input[name=display_name]").fill(shown)
        self._go(page)
        password = page.locator("output code").inner_text()
        page.locator("main a.button-primary").click()
        page.wait_for_load_state()
        page.locator("main select[name=agency]").select_option(label=agency)
        page.locator("main select[name=role]").select_option(role)
        self._go(page)
        return username, password

    def status(self, name: str, path: str) -> int:
        """Of an address, with the session that is open at this name."""
        answer: Any = self.open[name].goto(f"https://{name}{path}")
        return int(answer.status)
