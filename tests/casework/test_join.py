"""Two cases of one person become one: suggested by number or name, joined by a worker, undone by reopening."""

from typing import Any

import pytest
from django.test import Client

from agencies.actor import SYSTEM
from agencies.bodies import body_for, federation_for
from agencies.models import Area
from casework import services
from casework.measure import measures_of
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case, Task
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, another_federation, district, federation, police, signed_in, town
from workflow.engine import BadTakes, begin, perform
from workflow.models import Deadline

pytestmark = pytest.mark.django_db


def two_cases(**other: Any) -> tuple[Any, Case, Case]:
    """An older case and a newer one of the same victim."""
    worker = a_caseworker()
    old, new = a_case(worker), a_case(worker, forms=["sexual"])
    with_victim(old, worker)
    with_victim(new, worker, **other)
    old.refresh_from_db()
    new.refresh_from_db()
    return worker, old, new


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, True),
        ({"name": "", "id_number": ""}, True),
        ({"name": "", "phone": ""}, True),
        ({"phone": "", "id_number": ""}, True),
        ({"name": "王桂芳", "phone": "13911112222", "id_number": ""}, False),
        ({"name": "李秀英", "phone": "", "id_number": ""}, False),
        ({"name": "", "phone": "", "id_number": ""}, False),
    ],
)
def test_the_same_number_or_name_is_a_hint(other: dict[str, str], found: bool) -> None:
    worker, old, new = two_cases(**other)
    assert list(new.perhaps_same(worker)) == ([old] if found else [])


def test_a_case_of_another_federation_is_no_hint() -> None:
    _worker, _old, new = two_cases()
    stranger = a_caseworker(another_federation())
    assert list(new.perhaps_same(stranger)) == []


def test_joining_closes_the_one_and_shows_its_measures_in_the_other() -> None:
    worker, old, new = two_cases()
    letter = begin(WarningLetter, actor=worker, case=new, letter_type="dv", origin="federation")
    perform(new, "join", actor=worker, joined_to=old, reason="同一人")
    old.refresh_from_db()
    assert (new.state, new.closing_reason, old.forms, measures_of(old, worker)) == (
        "closed", "joined", ["physical", "sexual"], [letter],
    )  # fmt: skip


def test_what_the_closed_one_owed_is_owed_in_the_other() -> None:
    worker, old, new = two_cases()
    perform(new, "join", actor=worker, joined_to=old, reason="同一人")
    left = Deadline.objects.live().filter(obj_id=new.pk).count()
    assert (left, [task.kind for task in Task.objects.filter(case=old)]) == (0, ["reassess_danger"])


@pytest.mark.parametrize("wrong", ["itself", "a stranger's", "no relation"])
def test_a_case_is_joined_to_no_other_person(wrong: str) -> None:
    worker, _old, new = two_cases()
    far = a_caseworker(another_federation())
    others = {"itself": new, "a stranger's": a_case(far), "no relation": a_case(worker)}
    with pytest.raises(BadTakes):
        perform(new, "join", actor=worker, joined_to=others[wrong], reason="同一人")


def test_a_wrong_joining_is_undone_by_reopening() -> None:
    worker, old, new = two_cases()
    perform(new, "join", actor=worker, joined_to=old, reason="同一人")
    perform(new, "reopen", actor=worker, reason="不是同一人")
    assert (new.state, new.joined_to, new.closing_reason) == ("active", None, "")


def test_both_pages_say_so(client: Client) -> None:
    worker, old, new = two_cases()
    perform(new, "join", actor=worker, joined_to=old, reason="同一人")
    signed_in(client, worker)
    pages = [client.get(case.get_absolute_url()).content.decode() for case in (new, old)]
    assert ["已并入" in pages[0], "并入本案" in pages[1]] == [True, True]


def test_nobody_is_needed_to_open_a_case() -> None:
    case = services.open_case(actor=SYSTEM, agency_id=federation().pk, channel="online")
    assert (case.state, case.agency) == ("intake", federation())


def test_the_body_that_answers_for_a_place_is_the_nearest() -> None:
    bureau, place = police(), town()
    elsewhere = Area.objects.create(code="1599", name="别处")
    assert [body_for("police", area) for area in (place, district(), elsewhere, None)] == [
        bureau,
        bureau,
        None,
        None,
    ]


def test_a_place_nobody_knows_falls_to_the_federation_nearest_to_the_ground() -> None:
    federation()
    assert [federation_for(area) for area in (town(), None)] == [federation(), federation()]
