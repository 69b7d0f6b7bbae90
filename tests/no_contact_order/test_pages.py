"""The panel of a no-contact order, the inbox of the police, suggestions, and refusals that keep what was typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.measures.no_contact_order.models import NoContactOrder
from casework.suggestions import suggestions_for
from tests.no_contact_order.orders import asked, drafted, in_days, in_force
from tests.people import a_caseworker, a_committee_worker, a_judge, a_policeman, police, signed_in
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def address(order: NoContactOrder, move: str) -> str:
    return reverse("workflow:move", args=["no_contact_order", order.pk, move])


def test_the_panel_says_what_it_is_and_what_it_is_not(client: Client) -> None:
    worker = a_caseworker()
    order = in_force(worker)
    page = text(signed_in(client, worker).get(order.case.get_absolute_url()))
    assert ["它不是人身安全保护令" in page, "拨打110" in page, "五日以上十日以下拘留" in page] == [True] * 3


def test_a_day_that_does_not_exist_is_told_at_its_field_and_the_rest_is_kept(client: Client) -> None:
    order = asked(a_caseworker())
    data = {
        "approved": "True",
        "forbidden": ["meeting"],
        "number": "禁触〔2026〕9号",
        "ends_on": "2026-02-30",
        "rev": order.rev,
    }
    page = signed_in(client, a_policeman()).post(address(order, "order"), data)
    assert (page.status_code, "禁触〔2026〕9号" in text(page), "ends_on" in page.context["form"].errors) == (
        422,
        True,
        True,
    )


def test_one_without_approval_is_refused_with_its_article(client: Client) -> None:
    order = asked(a_caseworker())
    data = {
        "approved": "False",
        "forbidden": ["meeting"],
        "ends_on": in_days(30).isoformat(),
        "rev": order.rev,
    }
    page = signed_in(client, a_policeman()).post(address(order, "order"), data)
    order.refresh_from_db()
    assert (page.status_code, "公安机关负责人批准" in text(page), order.state) == (409, True, "asked")


@pytest.mark.parametrize("who", [a_judge, lambda: a_policeman(police("第一街道派出所")), a_committee_worker])
def test_foreigners_are_told_that_there_is_nothing(client: Client, who: Any) -> None:
    order = asked(a_caseworker())
    signed_in(client, who())
    assert [
        client.get(address(order, "order")).status_code,
        client.post(address(order, "order")).status_code,
    ] == [404, 404]


def test_the_police_find_the_request_in_their_inbox(client: Client) -> None:
    asked(a_caseworker())
    page = text(signed_in(client, a_policeman()).get(reverse("casework:inbox")))
    assert ("禁止接触" in page, "作出禁止接触决定" in page) == (True, True)


def hints(order: NoContactOrder, worker: Any) -> list[bool]:
    return [hint.urgent for hint in suggestions_for(order.case, worker) if hint.law == "O5"]


def test_it_is_suggested_where_she_is_followed_and_no_longer_once_it_is_prepared() -> None:
    worker = a_caseworker()
    order = drafted(worker)
    prepared = hints(order, worker)
    perform(order, "drop", actor=worker, reason="改申请保护令")
    assert (prepared, hints(order, worker)) == ([], [False])


@pytest.mark.parametrize(("days", "found"), [(15, []), (14, [True]), (0, [True])])
def test_its_end_is_suggested_in_time(days: int, found: list[bool]) -> None:
    worker = a_caseworker()
    order = in_force(worker)
    NoContactOrder.objects.filter(pk=order.pk).update(ends_on=in_days(days))
    assert hints(order, worker) == found


def test_a_breach_that_nobody_punished_is_urgent() -> None:
    worker = a_caseworker()
    order = in_force(worker)
    perform(order, "report_breach", actor=worker, account="尾随")
    before = hints(order, worker)
    perform(order, "detain", actor=a_policeman(), days=5)
    assert (before, hints(order, worker)) == ([True], [])
