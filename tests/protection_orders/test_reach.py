"""Who reaches an order, when, and how much of it another body may read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import services
from privacy.audit import Purpose, ReadAudit
from protection_orders.models import Breach, Petition, ProtectionOrder
from tests.casework.cases import NAME, PHONE
from tests.papers import pdf_text, printed
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_judge,
    a_policeman,
    a_supervisor,
    an_administrator,
    an_auditor,
    another_federation,
    court,
    police,
    signed_in,
)
from tests.protection_orders.orders import at, order_in
from workflow.engine import perform
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db
STATES = ("informed", "prepared", "filed", "accepted", "in_force", "served")


def sees(actor: Actor, order: ProtectionOrder) -> bool:
    return ProtectionOrder.objects.visible_to(actor).filter(pk=order.pk).exists()


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("liaison", "known"),
    [
        (a_judge, "filed accepted in_force served"),
        (a_policeman, "in_force served"),
        (a_committee_worker, "in_force served"),
    ],
)
def test_another_body_sees_an_order_from_when_it_concerns_it(
    liaison: Callable[[], Actor], known: str
) -> None:
    actor, worker = liaison(), a_caseworker()
    seen = [state for state in STATES if sees(actor, order_in(state, worker))]
    assert seen == known.split()


@pytest.mark.parametrize(
    "other", [lambda: a_judge(court("满洲里市人民法院")), lambda: a_policeman(police("扎区西山派出所"))]
)
def test_other_courts_and_stations_see_nothing(other: Callable[[], Actor]) -> None:
    assert not sees(other(), order_in("served", a_caseworker()))


@pytest.mark.parametrize("stranger", [a_supervisor, an_auditor, an_administrator])
def test_who_works_on_no_case_sees_nothing(stranger: Callable[[], Actor]) -> None:
    assert not sees(stranger(), order_in("served", a_caseworker()))


def test_another_federation_sees_nothing() -> None:
    assert not sees(a_caseworker(another_federation()), order_in("served", a_caseworker()))


def test_an_order_that_is_over_leaves_their_sight_after_a_while() -> None:
    worker, judge = a_caseworker(), a_judge()
    order = order_in("accepted", worker)
    perform(order, "withdraw", actor=judge)
    before = sees(judge, order)
    ProtectionOrder.objects.filter(pk=order.pk).update(ended_on=timezone.localdate() - timedelta(days=91))
    assert (before, sees(judge, order), sees(worker, order)) == (True, False, True)


def test_the_registers_follow_the_order() -> None:
    worker, officer = a_caseworker(), a_policeman()
    order = order_in("served", worker)
    perform(order, "report_breach", actor=worker, breach="violence", found_by="victim")
    other = a_policeman(police("扎区西山派出所"))
    assert [Breach.objects.visible_to(who).count() for who in (worker, officer, other)] == [1, 1, 0]


def closed_page(client: Client, actor: Actor, order: ProtectionOrder) -> str:
    return text(signed_in(client, actor).get(order.get_absolute_url()))


@pytest.mark.parametrize("reader", [a_caseworker, a_judge, a_policeman, a_committee_worker])
def test_the_page_names_nobody_until_it_is_asked_to(client: Client, reader: Callable[[], Actor]) -> None:
    order = order_in("served", a_caseworker(), service_address="某某律师事务所转", victim_will="想要平静生活")
    page = closed_page(client, reader(), order)
    assert [word for word in (NAME, PHONE, "赵某强", "律师事务所", "平静生活") if word in page] == []


def test_names_are_opened_on_asking_and_it_is_written_down(client: Client) -> None:
    order, judge = order_in("served", a_caseworker()), a_judge()
    page = text(
        signed_in(client, judge).post(reverse("protection_orders:show", args=[order.pk]), {"part": "people"})
    )
    audit = ReadAudit.objects.filter(owner=order.case_id, actor_user=judge.user_id, purpose=Purpose.LIAISON)
    assert (NAME in page, "赵某强" in page, PHONE in page, audit.exists()) == (True, True, False, True)


def test_a_committee_learns_names_and_no_numbers(client: Client) -> None:
    worker = a_caseworker()
    order = order_in("served", worker)
    he = order.case.persons.get(role="respondent")
    services.update_person(he, actor=worker, rev=he.rev, name="赵某强", phone="13911112222", id_number="")
    pages = [
        text(
            signed_in(client, who).post(
                reverse("protection_orders:show", args=[order.pk]), {"part": "people"}
            )
        )
        for who in (a_committee_worker(), a_policeman())
    ]
    assert ["13911112222" in page for page in pages] == [False, True]


def test_her_address_is_on_no_page_and_no_paper(client: Client) -> None:
    worker, judge = a_caseworker(), a_judge()
    order = order_in("served", worker, service_address="灵泉镇邮政局代收")
    victim = order.case.persons.get(role="victim")
    services.update_person(
        victim, actor=worker, rev=victim.rev, name=NAME, phone=PHONE, id_number="", address="河畔小区三号楼", work="扎区二中",
    )  # fmt: skip
    shown = []
    for actor in (worker, judge):
        signed_in(client, actor)
        for part in ("people", "texts"):
            shown.append(
                text(client.post(reverse("protection_orders:show", args=[order.pk]), {"part": part}))
            )
        document = printed("order_application", order, actor)
        shown.append(pdf_text(document, actor))
    assert [word for word in ("河畔小区", "扎区二中") if any(word in page for page in shown)] == []
    assert "灵泉镇邮政局代收" in shown[-1]


def test_a_breach_account_reaches_the_police_with_the_report(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    order = order_in("served", worker)
    perform(order, "report_breach", actor=worker, breach="violence", found_by="victim", account="在楼下堵她")
    address = reverse("protection_orders:show", args=[order.pk])
    before = "在楼下堵她" in text(signed_in(client, officer).post(address, {"part": "texts"}))
    perform(order, "tell_court", actor=worker, told_court=True, told_police=True)
    after = "在楼下堵她" in text(client.post(address, {"part": "texts"}))
    assert (before, after) == (False, True)


@pytest.mark.parametrize("name", ["new", "prepare", "missing"])
@pytest.mark.parametrize("outsider", [a_judge, a_policeman, a_supervisor, an_auditor, an_administrator])
def test_preparing_is_the_federations_work(client: Client, name: str, outsider: Callable[[], Actor]) -> None:
    order = order_in("prepared", a_caseworker())
    pk = order.case_id if name == "new" else order.pk
    signed_in(client, outsider())
    address = reverse(f"protection_orders:{name}", args=[pk])
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}


def test_the_police_do_not_print_the_application(client: Client) -> None:
    order = order_in("served", a_caseworker())
    address = reverse("casework:document_print", args=["order_application", order.pk])
    assert signed_in(client, a_policeman()).post(address).status_code == 404


def test_what_she_asks_for_is_sealed_with_the_case() -> None:
    worker = a_caseworker()
    order = order_in("served", worker)
    perform(order, "apply_vary", actor=worker, party="applicant", wanted="请增加学校")
    row = Petition.objects.get(order=order)
    assert (row.seal_owner(), str(row.grounds)) == (order.case_id, "<sealed>")


def test_notices_go_to_whoever_has_to_know() -> None:
    worker, judge = a_caseworker(), a_judge()
    order = order_in("accepted", worker)
    perform(order, "grant", actor=judge, at=at("2026-03-02 11:00"), granted=["M1"])
    perform(order, "serve", actor=judge, at=at("2026-03-02 12:00"), not_stated=True)
    sent = told(order)
    assert sent == [
        ("order_filed", order.court_id), ("order_made", order.home_id), ("order_served", order.home_id),
        ("order_served", order.police_agency_id), ("order_served", order.committee_id),
    ]  # fmt: skip


def told(order: ProtectionOrder) -> list[tuple[str, Any]]:
    from_outbox = OutboxMessage.objects.filter(obj_id=order.pk, kind__startswith="order_").order_by("seq")
    return list(from_outbox.values_list("kind", "agency_id"))
