"""The shell in a real browser: nothing refused, nothing inaccessible, no key while composing."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import ConsoleMessage, Page

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("gallery")]
PAGES = ["/gallery/", "/gallery/desk/", "/gallery/public/", "/gallery/answers/404/"]
WIDTHS = [1366, 360]
COMPOSING = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'b', bubbles: true, %s}))"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained about: errors in the console, and every breach of the content policy."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def is_covered(page: Page) -> bool:
    return bool(page.evaluate("document.body.classList.contains('blurred')"))


@pytest.mark.parametrize("address", PAGES[:3])
def test_nothing_is_refused_by_the_content_policy(page: Page, complaints: list[str], address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(address)
    found: dict[str, Any] = Axe().run(page).response
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_never_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_key_covers_the_screen_and_the_next_page_stays_covered(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.keyboard.press("b")
    page.reload()
    assert is_covered(page)


@pytest.mark.parametrize("how", ["isComposing: true", "keyCode: 229"])
def test_no_key_fires_while_an_input_method_is_composing(page: Page, how: str) -> None:
    page.goto("/gallery/desk/")
    page.evaluate(COMPOSING % how)
    assert not is_covered(page)


def test_the_same_key_fires_when_nothing_is_composing(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.evaluate(COMPOSING % "isComposing: false")
    assert is_covered(page)


def test_a_letter_typed_into_a_field_is_only_a_letter(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.focus("#w")
    page.keyboard.type("b")
    assert (page.input_value("#w"), is_covered(page)) == ("b", False)


def test_the_screen_can_be_covered_while_typing(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.focus("#w")
    page.keyboard.press("Control+b")
    assert is_covered(page)


def test_a_key_can_be_switched_off_for_good(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.keyboard.press("?")
    page.locator("#keys-list input[value=b]").first.uncheck()
    page.reload()
    page.keyboard.press("b")
    assert not is_covered(page)


def test_all_single_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.keyboard.press("?")
    page.locator("#keys-all").uncheck()
    page.reload()
    page.keyboard.press("b")
    assert not is_covered(page)


def test_the_sheet_lists_every_key_of_the_page(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.keyboard.press("?")
    keys = page.locator("#keys-list input").evaluate_all("all => all.map(one => one.value)")
    assert {"b", "?", "1", "2", "3", "/", "ctrl+b", "ctrl+enter"} <= set(keys)


def test_arrows_walk_from_the_search_field_through_the_rows_and_back(page: Page) -> None:
    page.goto("/gallery/desk/")
    page.focus("#w")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "w"


def test_the_focus_is_on_the_error_summary(page: Page) -> None:
    page.goto("/gallery/")
    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_a_form_is_sent_once(page: Page) -> None:
    page.goto("/gallery/public/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/x", lambda route: route.fulfill(status=204))
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.evaluate(
        "const form = document.querySelector('main form'); form.requestSubmit(); form.requestSubmit()"
    )
    page.wait_for_timeout(200)
    assert len(sent) == 1


@pytest.mark.parametrize("key", ["Shift", "Escape"])
def test_three_times_a_key_leaves_a_public_page_and_empties_it_first(page: Page, key: str) -> None:
    page.goto("/gallery/public/")
    page.route("https://www.weather.com.cn/**", lambda route: route.fulfill(status=204))
    for _press in range(3):
        page.keyboard.press(key)
    assert page.evaluate("getComputedStyle(document.body).display") == "none"
