"""The story of a no-contact order: asked for, made, told, broken, punished, made for longer, ended on its last day."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from casework.models import Task
from casework.services import assess_danger
from protection_orders.models import ProtectionOrder
from tests.casework.cases import ALL_NO
from tests.no_contact_order.orders import ASKED, drafted
from tests.people import a_caseworker, a_policeman, police
from tests.protection_orders.orders import at
from workflow.engine import perform
from workflow.models import Deadline, OutboxMessage, StepRecord
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def test_a_no_contact_order_lives_from_the_request_to_its_last_day() -> None:
    worker, officer = a_caseworker(), a_policeman()
    order = drafted(worker)
    assess_danger(order.case, actor=worker, answers=ALL_NO)
    perform(order, "ask", actor=worker, at=at("2026-03-02 10:00"), police_agency=police(), **ASKED)
    perform(
        order, "order", actor=officer, at=at("2026-03-03 10:00"), approved=True, number="禁触〔2026〕1号",
        forbidden=["meeting", "calling"], ends_on=date(2026, 5, 31),
    )  # fmt: skip
    perform(order, "tell", actor=officer, at=at("2026-03-03 15:00"))
    perform(order, "report_breach", actor=worker, at=at("2026-04-01 20:00"), account="在楼下等候")
    perform(order, "detain", actor=officer, at=at("2026-04-02 09:00"), days=7)
    perform(order, "renew", actor=officer, at=at("2026-05-20"), approved=True, ends_on=date(2026, 8, 31))
    assert Deadline.objects.live().get(obj_id=order.pk).due_at == moment("2026-08-31 23:59:59.999999")

    sweep(moment("2026-09-01 00:01"))
    order.refresh_from_db()
    moves = list(StepRecord.objects.filter(obj_id=order.pk).values_list("move", flat=True))
    assert (order.state, order.told, order.breaches, order.detentions, moves) == (
        "ended", True, 1, 1, ["draft", "ask", "order", "tell", "report_breach", "detain", "renew", "end"],
    )  # fmt: skip
    told = set(OutboxMessage.objects.filter(obj_id=order.pk).values_list("agency_id", "kind"))
    station, home = police().pk, worker.agency_id
    assert told == {
        (station, "no_contact_asked"), (home, "no_contact_in_force"), (home, "no_contact_broken"),
        (station, "no_contact_broken"), (home, "no_contact_ended"), (station, "no_contact_ended"),
    }  # fmt: skip
    reasons = set(
        Task.objects.filter(case=order.case, kind="reassess_danger").values_list("reason", flat=True)
    )
    assert (reasons, ProtectionOrder.objects.count()) == ({"threat", "order_expiring"}, 0)


def test_one_that_the_police_made_by_themselves_is_recorded_as_they_made_it() -> None:
    order = drafted(a_caseworker())
    perform(
        order, "learn", actor=a_caseworker(), police_agency=police(), **ASKED, approved=True,
        forbidden=["meeting"], ends_on=date(2100, 1, 1),
    )  # fmt: skip
    assert (order.state, order.is_live) == ("in_force", True)


@pytest.mark.parametrize(("move", "state"), [("refuse", "refused"), ("drop", "dropped")])
def test_a_request_can_come_to_nothing(move: str, state: str) -> None:
    worker = a_caseworker()
    order = drafted(worker)
    perform(order, "ask", actor=worker, police_agency=police(), **ASKED)
    perform(order, move, actor=worker, reason="尚未构成")
    assert order.state == state


def test_it_can_be_lifted_before_its_end() -> None:
    worker = a_caseworker()
    order = drafted(worker)
    perform(order, "ask", actor=worker, police_agency=police(), **ASKED)
    perform(order, "order", actor=worker, approved=True, forbidden=["meeting"], ends_on=date(2100, 1, 1))
    perform(order, "lift", actor=a_policeman(), reason="本人请求")
    assert (order.state, Deadline.objects.live().filter(obj_id=order.pk).count()) == ("lifted", 0)
