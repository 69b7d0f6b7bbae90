"""Where a supervisor begins. That no address leads to a case is in tests/house/test_reach.py."""

import pytest
from django.test import Client

from tests.people import a_supervisor, signed_in

pytestmark = pytest.mark.django_db


def test_a_supervisor_begins_at_the_numbers() -> None:
    answer = signed_in(Client(), a_supervisor()).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/figures/")
