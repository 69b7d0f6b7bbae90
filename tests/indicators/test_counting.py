"""A step counts where it happened, by what was known then, once; a number of the past does not move."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from indicators.consumer import count_all, count_pending
from indicators.models import ChangedDeadline, CountedDeadline, Tally
from tests.casework.cases import a_case
from tests.indicators.lives import NOON, a_deadline, a_step, settle, steps
from tests.people import a_caseworker, another_federation, federation
from workflow.clocks import cancel_clocks
from workflow.deadlines import Deadline
from workflow.models import PendingStep

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)


def numbers(figure: str, dims: str = "") -> dict[date, int]:
    rows = Tally.objects.filter(figure=figure, dims=dims, n__gt=0)
    return dict(rows.values_list("month", "n"))


def by(figure: str, dimension: str) -> dict[str, int]:
    rows = Tally.objects.filter(figure=figure, dims__startswith=f"{dimension}=", n__gt=0)
    return {dims.split("=", 1)[1]: n for dims, n in rows.values_list("dims", "n")}


def test_a_case_counts_in_each_form_it_has_and_once_by_relation() -> None:
    a_step(forms=["physical", "economic"])
    a_step(forms=["physical"])
    a_step(forms=[])
    count_all(NOON)
    assert (numbers("cases_opened"), by("cases_opened", "form"), by("cases_opened", "relation")) == (
        {MARCH: 3}, {"physical": 2, "economic": 1, "": 1}, {"1_spouse": 3},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC), FEBRUARY),
        (datetime(2026, 2, 28, 16, tzinfo=UTC), MARCH),
        (None, MARCH),
    ],
)
def test_the_month_is_the_local_one_of_the_happening_else_of_the_record(
    at: datetime | None, month: date
) -> None:
    a_step(at=at)
    count_all(NOON)
    assert numbers("cases_opened") == {month: 1}


def test_an_order_with_three_breaches_counts_once_in_the_month_of_the_first() -> None:
    order = uuid4()
    a_step("protection_order", "report_breach", obj=order, at=datetime(2026, 2, 3, tzinfo=UTC))
    count_all(NOON)
    for _ in range(2):
        a_step("protection_order", "report_breach", obj=order)
    a_step("protection_order", "report_breach")
    count_all(NOON)
    assert numbers("orders_breached") == {FEBRUARY: 1, MARCH: 1}


def test_each_letter_counts_and_each_penalty() -> None:
    case = uuid4()
    for move in ("request", "request", "penalise", "punish"):
        a_step("warning_letter", move, obj=case)
    count_all(NOON)
    assert (numbers("letters_asked"), numbers("letters_penalised")) == ({MARCH: 2}, {MARCH: 2})


def test_what_is_counted_is_counted_once() -> None:
    steps(7)
    done = [count_pending(NOON, batch=3) for _ in range(4)]
    assert (done, numbers("cases_opened"), PendingStep.objects.count()) == ([3, 3, 1, 0], {MARCH: 7}, 0)


def test_a_federation_keeps_its_own_numbers() -> None:
    steps(2, home=federation())
    a_step(home=another_federation())
    count_all(NOON)
    rows = Tally.objects.filter(figure="cases_opened", dims="").values_list("home", "n")
    assert dict(rows) == {federation().pk: 2, another_federation().pk: 1}


def test_a_real_case_that_changes_leaves_its_past_number_alone() -> None:
    worker = a_caseworker()
    case = a_case(worker, forms=["economic"])
    count_all(NOON)
    case.forms, case.relation = ["sexual"], "X1_ex_spouse"
    case.save()
    count_all(NOON)
    assert (by("cases_opened", "form"), by("cases_opened", "relation")) == ({"economic": 1}, {"1_spouse": 1})


def outcomes() -> dict[str, int]:
    rows = Tally.objects.filter(figure__startswith="clocks_", dims__startswith="verdict=", n__gt=0)
    return {
        f"{figure} {dims.split('=')[1]}": n for figure, dims, n in rows.values_list("figure", "dims", "n")
    }


def test_outcomes_of_law_and_house_stand_apart() -> None:
    for state in ("met", "met", "missed", "unknown", "open", "suspended", "cancelled", "lapsed"):
        a_deadline(state=state)
    a_deadline("ppo_wf_periodic_visit", "missed")
    count_all(NOON)
    assert outcomes() == {
        "clocks_law met": 2, "clocks_law missed": 1, "clocks_law unknown": 1, "clocks_policy missed": 1,
    }  # fmt: skip


def test_a_right_is_neither_kept_nor_missed() -> None:
    a_deadline("ppo_reconsider_order_5d", "met")
    a_deadline("ppo_reconsider_order_5d", "lapsed")
    count_all(NOON)
    assert outcomes() == {}


def test_a_changed_outcome_moves_the_number() -> None:
    deadline = a_deadline(state="open")
    seen: list[Any] = []
    for state in ("missed", "met", "cancelled", "met"):
        settle(deadline, state)
        count_all(NOON)
        seen.append(outcomes())
    assert seen == [{"clocks_law missed": 1}, {"clocks_law met": 1}, {}, {"clocks_law met": 1}]


def test_a_missed_clock_done_late_stays_in_the_month_it_ran_out() -> None:
    deadline = a_deadline(
        state="missed", at=datetime(2026, 2, 10, tzinfo=UTC), ended_from=None, ended_to=None, closed_at=None
    )
    count_all(NOON)
    settle(deadline, "missed", datetime(2026, 4, 2, tzinfo=UTC))
    count_all(NOON)
    assert numbers("clocks_law", "verdict=missed") == {FEBRUARY: 1}


def test_clocks_that_end_many_at_once_are_seen_too() -> None:
    deadline = a_deadline(state="missed", closed_at=None)
    count_all(NOON)

    class Obj:
        pk = deadline.obj_id

    cancel_clocks(Obj(), now=NOON)  # type: ignore[arg-type]
    count_all(NOON)
    assert (outcomes(), CountedDeadline.objects.get().figure) == ({}, "")


def test_a_step_of_the_ladder_is_no_new_outcome() -> None:
    deadline = a_deadline(state="open")
    Deadline.objects.filter(pk=deadline.pk).update(level=2, next_wake_at=NOON)
    assert ChangedDeadline.objects.count() == 0
