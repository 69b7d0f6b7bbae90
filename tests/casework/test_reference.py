"""Names of a case: free ones are found, also when the short ones are used up."""

import pytest

from casework.reference import SHORT, new_alias, new_reference
from casework.services.cases import _free
from tests.casework.cases import a_case
from tests.people import a_caseworker

pytestmark = pytest.mark.django_db


def test_the_search_for_a_free_name_ends_when_the_short_ones_are_taken() -> None:
    taken = a_case(a_caseworker()).alias
    assert _free(lambda attempt: taken if attempt < SHORT else f"长-{attempt}", "alias") == f"长-{SHORT}"


def test_a_later_attempt_has_more_names_to_choose_from() -> None:
    assert (
        len(new_reference(SHORT)) - len(new_reference()),
        max(len(new_alias(2 * SHORT)) for _ in range(99)) <= 24,
    ) == (1, True)
