from copy import deepcopy
from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def gallery(settings: Settings) -> None:
    """The gallery's pages beside the product's own."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.shell.urls"
