from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.seats import House, house


@pytest.fixture
def place(browser: Browser, browser_context_args: dict[str, Any], transactional_db: None) -> Iterator[House]:
    """A served product where people sit down with `place.seat(actor)`."""
    with house(browser, browser_context_args) as found:
        yield found
