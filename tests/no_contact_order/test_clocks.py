"""The one clock of a no-contact order: its own last day, never moved for a holiday, warned of before."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from tests.no_contact_order.orders import asked
from tests.people import a_caseworker, police
from tests.protection_orders.orders import at
from workflow.engine import perform
from workflow.models import Deadline
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def made(last_day: date) -> Deadline:
    worker = a_caseworker()
    order = asked(worker)
    perform(
        order,
        "order",
        actor=worker,
        at=at("2026-03-03 10:00"),
        approved=True,
        forbidden=["meeting"],
        ends_on=last_day,
    )
    return Deadline.objects.get(obj_id=order.pk)


def test_it_ends_with_its_own_last_day_even_on_a_holiday() -> None:
    clock = made(date(2026, 5, 1))
    assert (clock.due_at, clock.is_policy, clock.owner_agency_id) == (
        moment("2026-05-01 23:59:59.999999"),
        False,
        police().pk,
    )


@pytest.mark.parametrize(("now", "state"), [("2026-05-31 23:59", "in_force"), ("2026-06-01 00:01", "ended")])
def test_the_clock_ends_it_and_not_a_minute_early(now: str, state: str) -> None:
    clock = made(date(2026, 5, 31))
    sweep(moment(now))
    from_table = type(clock).objects.get(pk=clock.pk)
    assert (from_table.closed_at is not None) == (state == "ended")


def test_a_longer_order_runs_to_the_new_day_alone() -> None:
    clock = made(date(2026, 5, 31))
    worker = a_caseworker()
    order = asked(worker)
    perform(
        order,
        "order",
        actor=worker,
        at=at("2026-03-03"),
        approved=True,
        forbidden=["meeting"],
        ends_on=date(2026, 5, 31),
    )
    perform(order, "renew", actor=worker, at=at("2026-05-20"), approved=True, ends_on=date(2026, 8, 31))
    running = [row.due_at for row in Deadline.objects.live().filter(obj_id=order.pk)]
    assert (running, clock.state) == ([moment("2026-08-31 23:59:59.999999")], "open")
