"""The pages of an order: preparing it, what is missing, a breach, an extension, what an inbox shows, what it costs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.suggestions import suggestions_for
from casework.waiting import inbox
from protection_orders.models import Breach, ProtectionOrder
from protection_orders.renewal import grounds_for
from protection_orders.selectors import live_orders
from tests.casework.cases import ALL_NO, a_case
from tests.people import a_caseworker, a_judge, a_policeman, court, signed_in
from tests.protection_orders.orders import APPLICATION, a_full_case, at, informed, order_in
from workflow.engine import NotNow, perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def live(worker: Actor, **fields: Any) -> ProtectionOrder:
    """Made yesterday."""
    made = f"{today(-1)} 10:00"
    return order_in("served", worker, made=made, **fields)


def test_telling_her_leads_to_the_application(client: Client) -> None:
    worker = a_caseworker()
    case = a_full_case(worker)
    answer = signed_in(client, worker).post(reverse("protection_orders:new", args=[case.pk]), {"key": "k1"})
    order = ProtectionOrder.objects.get(case=case)
    assert (answer["Location"], order.state) == (
        reverse("protection_orders:prepare", args=[order.pk]),
        "informed",
    )


def test_a_double_click_tells_her_once(client: Client) -> None:
    worker = a_caseworker()
    case = a_full_case(worker)
    signed_in(client, worker)
    for _click in range(2):
        client.post(reverse("protection_orders:new", args=[case.pk]), {"key": "k1"})
    assert ProtectionOrder.objects.filter(case=case).count() == 1


def test_the_application_can_be_saved_half_filled_in(client: Client) -> None:
    worker = a_caseworker()
    order = informed(worker)
    address = reverse("protection_orders:prepare", args=[order.pk])
    answer = signed_in(client, worker).post(
        address, {"applicant": "self", "legal_basis": "ADVL23", "rev": order.rev}
    )
    order.refresh_from_db()
    assert (answer.status_code, order.state) == (303, "prepared")


def test_the_application_begins_with_what_the_record_says(client: Client) -> None:
    worker = a_caseworker()
    order = informed(worker)
    services.register_evidence(order.case, actor=worker, kind="E7", title="诊断书")
    court()
    page = signed_in(client, worker).get(reverse("protection_orders:prepare", args=[order.pk]))
    initial = page.context["form"].initial
    assert (initial["evidence"], initial["protects"], initial["court"]) == (
        ["E1", "E7", "E8"],
        ["victim"],
        court().pk,
    )


def test_what_is_missing_is_said_before_anything_is_saved(client: Client) -> None:
    worker = a_caseworker()
    order = informed(worker)
    typed = {"applicant": "proxy", "legal_basis": "ADVL23", "requested": ["M1"], "jurisdiction": "applicant"}
    page = signed_in(client, worker).post(reverse("protection_orders:missing", args=[order.pk]), typed)
    open_now = [need.name for need in page.context["checks"].missing]
    order.refresh_from_db()
    assert (open_now, order.applicant) == (["proxy_explained", "evidence_listed", "court_chosen"], "self")


def test_nothing_typed_is_lost_when_somebody_was_faster(client: Client) -> None:
    worker = a_caseworker()
    order = informed(worker)
    rev = order.rev
    perform(order, "prepare", actor=worker, **APPLICATION)
    typed = {"applicant": "self", "legal_basis": "ADVL23", "other_request": "支付医疗费", "rev": rev}
    page = signed_in(client, worker).post(reverse("protection_orders:prepare", args=[order.pk]), typed)
    assert (page.status_code, "支付医疗费" in text(page)) == (409, True)


def test_a_filed_application_is_not_changed(client: Client) -> None:
    worker = a_caseworker()
    order = order_in("filed", worker)
    page = signed_in(client, worker).post(
        reverse("protection_orders:prepare", args=[order.pk]), {"applicant": "joint", "legal_basis": "WPL29"}
    )
    order.refresh_from_db()
    assert (page.status_code, order.applicant) == (409, "self")


def test_filing_twice_files_once() -> None:
    worker = a_caseworker()
    order = order_in("prepared", worker)
    perform(order, "file", actor=worker, key="once")
    perform(order, "file", actor=worker, key="once")
    with pytest.raises(NotNow):
        perform(order, "file", actor=worker)
    assert StepRecord.objects.filter(obj_id=order.pk, move="file").count() == 1


def test_a_breach_keeps_its_own_time_and_that_of_its_discovery(client: Client) -> None:
    worker = a_caseworker()
    order = live(worker, lapses_on=today(100))
    data = {
        "kind": "privacy",
        "precision": "month",
        "on": "2026-03-01",
        "found_by": "court",
        "account": "向单位散布隐私",
    }
    signed_in(client, worker).post(reverse("protection_orders:breach_add", args=[order.pk]), data)
    row = Breach.objects.get(order=order)
    assert (row.precision, timezone.localdate(row.happened_to), row.found_at and row.found_at.date()) == (
        "month", date(2026, 3, 31), timezone.now().date(),
    )  # fmt: skip


def test_a_breach_without_its_kind_is_asked_for_again(client: Client) -> None:
    worker = a_caseworker()
    order = live(worker)
    page = signed_in(client, worker).post(
        reverse("protection_orders:breach_add", args=[order.pk]),
        {"precision": "unknown", "found_by": "victim", "account": "他又来了"},
    )
    assert (page.status_code, "他又来了" in text(page), Breach.objects.count()) == (422, True, 0)


def test_the_renewal_comes_filled_in_from_the_record() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 1))
    perform(
        order, "report_breach", actor=worker, at=at("2026-05-04 09:00"), breach="harassment", found_by="victim",
        broken_on=date(2026, 5, 3), account="每天打电话",
    )  # fmt: skip
    grounds = grounds_for(order)
    assert ("2026年9月1日" in grounds, "2026年5月3日" in grounds, "每天打电话" in grounds) == (
        True,
        True,
        False,
    )


def test_an_extension_is_asked_for_from_its_page(client: Client) -> None:
    worker = a_caseworker()
    order = live(worker, lapses_on=today(40))
    address = reverse("protection_orders:extension_new", args=[order.pk])
    assert "wanted" in text(signed_in(client, worker).get(address))
    client.post(address, {"wanted": "仍有骚扰"})
    order.refresh_from_db()
    assert order.extend_applied


def test_a_lapsed_order_is_not_extended(client: Client) -> None:
    worker = a_caseworker()
    order = order_in("served", worker, lapses_on=date(2026, 9, 1))
    page = signed_in(client, worker).post(
        reverse("protection_orders:extension_new", args=[order.pk]), {"wanted": "仍有骚扰"}
    )
    assert (page.status_code, "仍有骚扰" in text(page)) == (409, True)


def test_high_danger_without_an_application_is_suggested() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO | {"F1": "yes"})
    case.refresh_from_db()
    before = [hint.law for hint in suggestions_for(case, worker) if "orders" in hint.url]
    informed(worker, case)
    assert (before, [hint for hint in suggestions_for(case, worker) if "orders/new" in hint.url]) == (
        ["A23"],
        [],
    )


@pytest.mark.parametrize(("days", "found"), [(46, []), (45, [False]), (30, [True]), (0, [True])])
def test_the_end_of_an_order_is_suggested_in_time(days: int, found: list[bool]) -> None:
    worker = a_caseworker()
    order = live(worker, lapses_on=today(days))
    hints = suggestions_for(order.case, worker)
    assert [hint.urgent for hint in hints if "extension" in hint.url] == found


@pytest.mark.parametrize(
    ("state", "who", "moves"),
    [
        ("filed", a_judge, ["accept"]),
        ("accepted", a_judge, ["grant", "dismiss"]),
        ("in_force", a_judge, ["serve"]),
        ("served", a_judge, []),
        ("served", a_policeman, []),
    ],
)
def test_an_inbox_shows_what_is_owed_and_its_button(
    state: str, who: Callable[[], Actor], moves: list[str]
) -> None:
    order_in(state, a_caseworker(), lapses_on=date(2026, 9, 1))
    rows = ProtectionOrder.inbox_rows(who())
    assert [found.move.name for row in rows for found in row.moves] == moves


def test_the_police_owe_a_check_after_the_notice() -> None:
    worker, officer = a_caseworker(), a_policeman()
    order = order_in("served", worker)
    perform(order, "notify_police", actor=worker)
    owed = [[found.move.name for found in row.moves] for row in ProtectionOrder.inbox_rows(officer)]
    perform(order, "verify", actor=officer, account="无异常")
    assert (owed, ProtectionOrder.inbox_rows(officer)) == ([["verify"]], [])


def test_an_application_to_extend_waits_for_the_court() -> None:
    worker, judge = a_caseworker(), a_judge()
    order = live(worker, lapses_on=today(30))
    perform(order, "apply_extend", actor=worker, party="applicant")
    rows = ProtectionOrder.inbox_rows(judge)
    assert [found.move.name for row in rows for found in row.moves] == ["extend", "refuse_change"]


def test_the_check_stands_once_in_the_inbox_of_the_police() -> None:
    worker, officer = a_caseworker(), a_policeman()
    perform(order_in("served", worker), "notify_police", actor=worker)
    found = inbox(officer, {}, timezone.now())
    assert found.count == 1


@pytest.mark.parametrize("who", [a_judge, a_policeman])
def test_the_inbox_page_names_nobody(client: Client, who: Callable[[], Actor]) -> None:
    worker = a_caseworker()
    perform(order_in("in_force", worker), "notify_police", actor=worker)
    page = text(signed_in(client, who()).get(reverse("casework:inbox")))
    assert ("保护令" in page, "李秀芝" in page, "赵某强" in page) == (True, False, False)


def test_the_desk_learns_only_that_there_is_one() -> None:
    worker = a_caseworker()
    first, second = order_in("served", worker), order_in("accepted", worker)
    assert live_orders([first.case_id, second.case_id]) == {first.case_id: 1}


def test_an_order_page_costs_the_same_with_many_rows(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    worker = a_caseworker()
    order = live(worker, lapses_on=today(60))
    signed_in(client, worker)
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(60) as captured:
            client.get(order.get_absolute_url())
        counts.append(len(captured))
        for _more in range(3):
            perform(order, "report_breach", actor=worker, breach="violence", found_by="court")
            perform(order, "sanction", actor=worker, sanction_kind="fine", amount=600)
    assert counts[0] == counts[1]


def test_an_inbox_costs_the_same_for_one_order_and_for_three(django_assert_max_num_queries: Any) -> None:
    worker, judge = a_caseworker(), a_judge()
    counts = []
    for more in (1, 2):
        for _order in range(more):
            order_in("filed", worker)
        with django_assert_max_num_queries(10) as captured:
            ProtectionOrder.inbox_rows(judge)
        counts.append(len(captured))
    assert counts == [counts[0], counts[0]]
