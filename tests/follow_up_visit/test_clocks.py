"""Each clock of a visit: started, kept, missed, and without a verdict when only the date changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.tasks import take_up_visit_tasks
from tests.casework.cases import close, ready_to_close
from tests.follow_up_visit.visits import DAY, HELD, a_visit, watched
from tests.people import a_caseworker
from workflow.engine import begin, perform
from workflow.models import Alert, Deadline
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db


def clocks(visit: FollowUpVisit) -> list[tuple[str, str]]:
    rows = Deadline.objects.filter(obj_id=visit.pk).order_by("created_at", "pk")
    return [(row.clock, row.state) for row in rows]


@pytest.mark.parametrize(
    ("basis", "clock"),
    [
        ("danger", "wf_planned_visit"),
        ("letter", "wf_planned_visit"),
        ("shelter", "wf_planned_visit"),
        ("order", "ppo_wf_periodic_visit"),
        ("closing", "wf_post_close_follow_up"),
    ],
)
def test_a_visit_is_due_on_its_day(basis: str, clock: str) -> None:
    visit = a_visit(basis=basis)
    row = Deadline.objects.get(obj_id=visit.pk)
    assert (row.clock, row.due_at, row.is_policy, row.legal_expiry) == (clock, visit.due_at, True, None)


def test_the_last_visit_of_an_order_runs_on_the_clock_of_the_order() -> None:
    assert clocks(a_visit(basis="order_end")) == []


def test_the_first_visit_within_a_week_of_closing_is_guidance() -> None:
    worker = a_caseworker()
    first = begin(
        FollowUpVisit,
        actor=worker,
        case=watched(worker),
        basis="closing",
        round=1,
        due_at=timezone.now() + 3 * DAY,
    )
    assert clocks(first) == [("follow_up_one_week_guidance", "open")]


def test_held_in_time_is_kept() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    perform(visit, "hold", actor=worker, **HELD)
    assert clocks(visit) == [("wf_planned_visit", "met")]


def test_a_missed_day_climbs_to_the_leader_and_beyond() -> None:
    visit = a_visit(due_at=timezone.now() + DAY)
    for days in (1, 2, 5):
        sweep(visit.due_at + days * DAY + timedelta(minutes=1))
    levels = set(Alert.objects.filter(deadline__obj_id=visit.pk).values_list("level", flat=True))
    assert {"overdue_owner", "overdue_lead", "overdue_superior"} <= levels


@pytest.mark.parametrize("move", ["not_safe", "reschedule"])
def test_another_time_is_no_verdict(move: str) -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    more: dict[str, Any] = {"reason": "她请求改期"} if move == "reschedule" else {}
    perform(visit, move, actor=worker, due_at=timezone.now() + 3 * DAY, **more)
    assert clocks(visit) == [("wf_planned_visit", "cancelled"), ("wf_planned_visit", "open")]


def test_an_overdue_visit_put_off_stays_missed() -> None:
    worker = a_caseworker()
    visit = a_visit(worker, due_at=timezone.now() - DAY)
    perform(visit, "reschedule", actor=worker, due_at=timezone.now() + DAY, reason="改期")
    assert clocks(visit) == [("wf_planned_visit", "missed"), ("wf_planned_visit", "open")]


def test_a_cancelled_visit_has_no_clock() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    perform(visit, "cancel", actor=worker, reason="重复安排")
    assert clocks(visit) == [("wf_planned_visit", "cancelled")]


def test_the_visit_after_closing_is_the_follow_up_of_the_case() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker, follow_up_on=timezone.localdate() + timedelta(days=20))
    take_up_visit_tasks()
    visit = FollowUpVisit.objects.get(case=case, basis="closing")
    perform(visit, "hold", actor=worker, safe_place="yes", **HELD)
    assert (timezone.localdate(visit.due_at), case.has_open_clock("wf_post_close_follow_up")) == (
        timezone.localdate() + timedelta(days=20),
        False,
    )
