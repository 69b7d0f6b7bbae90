import pytest
from django.test import Client


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser that has opened nothing yet; forgery checks are on, as in life."""
    return Client(enforce_csrf_checks=True)
