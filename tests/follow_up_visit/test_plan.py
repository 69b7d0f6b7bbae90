"""Visits come by themselves: by danger, for an order, after closing; as often as the duty leader sets."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from casework import services
from casework.measures.follow_up_visit import tasks
from casework.measures.follow_up_visit.cadence import Rhythm, house_rhythm, read_days
from casework.measures.follow_up_visit.models import Cadence, FollowUpVisit
from casework.measures.follow_up_visit.services import set_cadence
from casework.models import Task
from casework.visits import TAKE_UP
from config.celery import app
from tests.casework.cases import ALL_NO, a_case, answers, close, ready_to_close
from tests.follow_up_visit.visits import DAY, HELD, SIX, a_visit, at, watched
from tests.people import a_caseworker, a_lead, another_federation, federation
from workflow.engine import begin, perform

pytestmark = pytest.mark.django_db
NOW = at("2026-03-02 10:00")


def planned(case: Any, **more: Any) -> list[int]:
    """Days from now of the visits that are planned."""
    rows = FollowUpVisit.objects.filter(case=case, state="planned", **more).order_by("due_at")
    return [round((row.due_at - timezone.now()) / DAY) for row in rows]


@pytest.mark.parametrize(
    ("rhythm", "done", "now", "expected"),
    [
        (Rhythm((1, 3, 7)), 0, NOW, (1, NOW + DAY)),
        (Rhythm((1, 3, 7)), 1, NOW + DAY, (2, NOW + 3 * DAY)),
        (Rhythm((1, 3, 7)), 1, NOW + 5 * DAY, (3, NOW + 7 * DAY)),
        (Rhythm((1, 3, 7)), 3, NOW + 7 * DAY, None),
        (Rhythm((7,), 30), 1, NOW + 7 * DAY, (2, NOW + 37 * DAY)),
        (Rhythm((7,), 30), 2, NOW + 37 * DAY, (3, NOW + 67 * DAY)),
        (Rhythm((7,), 30), 1, NOW + 100 * DAY, (5, NOW + 127 * DAY)),
    ],
)
def test_the_next_round(rhythm: Rhythm, done: int, now: Any, expected: Any) -> None:
    assert rhythm.after(NOW, done, now) == expected


@pytest.mark.parametrize("text", ["", "0", "3,1", "3,3", "400", "a", "1,2,3,4,5,6,7,8,9,10,11,12,13", "-1"])
def test_days_that_are_no_plan_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_days(text)


def test_days_may_be_typed_the_chinese_way() -> None:
    assert read_days("1，3、7") == (1, 3, 7)


def test_the_higher_the_danger_the_sooner() -> None:
    worker = a_caseworker()
    high, low = watched(worker, *SIX), watched(worker)
    tasks.take_up_visit_tasks()
    assert (planned(high), planned(low)) == ([1], [14])


def test_what_is_not_known_is_not_low() -> None:
    assert house_rhythm("danger", "undetermined") == house_rhythm("danger", "medium")


def test_the_next_visit_follows_by_itself_once() -> None:
    worker = a_caseworker()
    case = watched(worker, *SIX)
    for _twice in range(2):
        tasks.take_up_visit_tasks()
    first = FollowUpVisit.objects.get(case=case)
    perform(first, "hold", actor=worker, **HELD)
    tasks.take_up_visit_tasks()
    assert (planned(case), FollowUpVisit.objects.filter(case=case).count()) == ([3], 2)


def test_a_day_agreed_with_her_wins_over_the_plan() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    perform(visit, "hold", actor=worker, next_due_at=timezone.now() + 5 * DAY, **HELD)
    assert planned(visit.case) == [5]


def test_rising_danger_brings_the_visit_forward_and_falling_danger_does_not_put_it_off() -> None:
    worker = a_caseworker()
    case = watched(worker)
    tasks.take_up_visit_tasks()
    services.assess_danger(case, actor=worker, answers=answers(*SIX))
    tasks.take_up_visit_tasks()
    forward = planned(case)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    tasks.take_up_visit_tasks()
    assert (forward, planned(case)) == ([1], [1])


def test_a_case_of_wages_is_not_visited() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="employment_discrimination", relation="X6_workplace", forms=[])
    services.judge_danger(case, actor=a_lead(), level="low", reason="无暴力")
    tasks.take_up_visit_tasks()
    assert planned(case) == []


def test_a_case_opened_again_is_not_visited_as_closed() -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker)
    perform(case, "reopen", actor=worker, reason="再次受暴")
    tasks.take_up_visit_tasks()
    left = Task.objects.filter(case=case, kind="wf_visit", done_at=None).count()
    assert (left, planned(case, basis="closing")) == (0, [])


def test_an_order_is_visited_for_as_long_as_it_runs() -> None:
    worker = a_caseworker()
    visit = a_visit(worker, basis="order", start_at=timezone.now() - 7 * DAY, round=1, of_flow="case")
    perform(visit, "hold", actor=worker, **HELD)
    assert planned(visit.case, basis="order") == []


def test_one_bad_row_stops_nothing() -> None:
    worker = a_caseworker()
    case = watched(worker, *SIX)
    bad = services.open_task(a_case(worker), actor=worker, kind="wf_visit")
    begin(
        FollowUpVisit,
        actor=worker,
        key=f"visit-of-task-{bad.pk}",
        case=bad.case,
        basis="danger",
        due_at=timezone.now(),
    )  # a key that another hand has used already
    tasks.take_up_visit_tasks()
    assert (planned(case), Task.objects.get(pk=bad.pk).done) == ([1], False)


def test_the_beat_asks_every_minute() -> None:
    rows = {row["task"]: row["schedule"] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    assert (rows[TAKE_UP], TAKE_UP in app.tasks) == (60.0, True)


def test_an_assessment_asks_at_once(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with django_capture_on_commit_callbacks() as after:
        services.assess_danger(case, actor=worker, answers=ALL_NO)
    assert "casework.visits" in {call.__module__ for call in after}


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_visit_after_the_commit(broker: Any, worker: None) -> None:
    caseworker = a_caseworker()
    with transaction.atomic():
        case = watched(caseworker, *SIX)
    late = time.monotonic() + 20
    while not planned(case) and time.monotonic() < late:
        time.sleep(0.1)
    assert planned(case) == [1]


def test_the_duty_leader_sets_the_rhythm_of_her_own_federation() -> None:
    set_cadence(actor=a_lead(), wanted={("danger", "high"): Rhythm((2, 5), 9)})
    other = another_federation()
    found = [Cadence.of(agency.pk, "danger", "high") for agency in (federation(), other)]
    assert found == [Rhythm((2, 5), 9), house_rhythm("danger", "high")]


def test_the_rhythm_of_the_house_needs_no_row() -> None:
    set_cadence(actor=a_lead(), wanted={("danger", "low"): house_rhythm("danger", "low")})
    assert Cadence.objects.count() == 0


def test_a_caseworker_does_not_set_it() -> None:
    with pytest.raises(PermissionDenied):
        set_cadence(actor=a_caseworker(), wanted={("danger", "high"): Rhythm((2,))})


def test_a_visit_follows_the_rhythm_that_was_set() -> None:
    worker = a_caseworker()
    set_cadence(actor=a_lead(), wanted={("danger", "low"): Rhythm((4,))})
    case = watched(worker)
    tasks.take_up_visit_tasks()
    assert planned(case) == [4]


def test_a_stay_is_followed_after_it_ends() -> None:
    worker = a_caseworker()
    visit = a_visit(worker, basis="shelter", start_at=timezone.now(), round=0)
    perform(visit, "hold", actor=worker, **HELD)
    assert planned(visit.case, basis="shelter") == [14]
