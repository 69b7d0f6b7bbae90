"""Who is calling: the number found by its tags, everything masked; a search that never blocks the call."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case
from casework.services import assess_danger, set_safe_contact
from hotline.selectors import Banner, banner, search
from privacy.models import ReadAudit
from tests.casework.cases import ID_NUMBER, NAME, PHONE, a_case, answers, with_victim
from tests.hotline.calls import a_call, at_the_desk, finished
from tests.people import a_caseworker, an_operator, another_federation
from tests.protection_orders.orders import order_in

pytestmark = pytest.mark.django_db


def a_known_woman() -> Case:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker, address="灵泉镇三道街5号")
    return case


def told(case: Case, **more: Any) -> Banner:
    operator = an_operator()
    call = a_call(operator)
    return banner(
        more.get("number", PHONE), actor=more.get("actor", operator), exclude=call.pk, now=timezone.now()
    )


def test_a_new_number_is_new() -> None:
    found = told(a_known_woman(), number="13500000001")
    assert (found.known, found.earlier_calls) == ([], 0)


@pytest.mark.parametrize(
    "number", [PHONE, "138 1234 5678", "+86 13812345678", "１３８１２３４５６７８", "5678"]
)
def test_a_known_number_is_found_however_it_is_written(number: str) -> None:
    case = a_known_woman()
    (row,) = told(case, number=number).known
    assert (row.case, row.name, row.phone, row.has_address) == (case, "李**", "138****5678", True)


def test_earlier_calls_are_counted_and_this_one_is_not() -> None:
    finished("advise", number=PHONE)
    finished("advise", number=PHONE)
    found = told(a_known_woman())
    assert (found.earlier_calls, found.last_call is not None) == (2, True)


def test_danger_order_hours_and_code_word_stand_in_the_banner() -> None:
    worker = a_caseworker()
    order = order_in("in_force", worker)
    case = order.case
    with_victim(case, worker, phone="13512345679")
    set_safe_contact(
        case, actor=worker, hours=[], never_call=True, code_word="快递", cover_identity="社区体检"
    )
    case.refresh_from_db()
    assess_danger(case, actor=worker, answers=answers("1", "2", "3", "4", "5", "6"))
    found = told(case, number="13512345679")
    (row,) = found.known
    assert (found.worst, row.live_orders, row.may_call, row.code_word, row.cover_identity) == (
        "high", 1, False, "快递", "社区体检",
    )  # fmt: skip


@pytest.mark.parametrize("text", [NAME, "秀芝", "lixiuzhi", "lxz", PHONE, "5678", ID_NUMBER, ID_NUMBER[-4:]])
def test_a_person_is_found_by_what_is_heard(text: str) -> None:
    case = a_known_woman()
    assert [row.case for row in search(text, actor=an_operator(), now=timezone.now()).known] == [case]


@pytest.mark.parametrize("text", ["李", "1"])
def test_too_little_is_said_and_blocks_nothing(client: Client, text: str) -> None:
    a_known_woman()
    call = at_the_desk(client)
    answer = client.post(f"/desk/{call.pk}/people", {"who": text})
    assert (answer.status_code, NAME in answer.content.decode()) == (200, False)


def test_another_federations_people_are_not_known_here() -> None:
    a_known_woman()
    found = told(Case.objects.get(), actor=an_operator(another_federation()))
    assert found.known == []


def test_the_page_shows_nothing_unmasked_and_writes_down_who_looked(client: Client) -> None:
    case = a_known_woman()
    call = at_the_desk(client)
    page = client.post(f"/desk/{call.pk}/people", {"number": PHONE}).content.decode()
    assert (case.reference in page, NAME in page, PHONE in page) == (True, False, False)
    assert ReadAudit.objects.filter(owner=case.pk, action="search").exists()


def test_the_address_on_record_is_opened_on_demand_and_registered(client: Client) -> None:
    case = a_known_woman()
    call = at_the_desk(client)
    before = ReadAudit.objects.filter(owner=case.pk).count()
    page = client.post(f"/desk/{call.pk}/address", {"address_of": str(case.pk)}).content.decode()
    assert ("灵泉镇三道街5号" in page, ReadAudit.objects.filter(owner=case.pk).count()) == (True, before + 1)


def test_a_foreign_address_stays_shut(client: Client) -> None:
    worker = a_caseworker(another_federation())
    case = a_case(worker)
    with_victim(case, worker, address="西旗新区1号")
    call = at_the_desk(client)
    page = client.post(f"/desk/{call.pk}/address", {"address_of": str(case.pk)}).content.decode()
    assert ("西旗新区1号" in page, "没有登记地址" in page) == (False, True)


def test_many_of_one_name_do_not_flood_the_column() -> None:
    for _number in range(6):
        a_known_woman()
    found = search(NAME, actor=an_operator(), now=timezone.now())
    assert (len(found.known), found.more) == (4, 2)
