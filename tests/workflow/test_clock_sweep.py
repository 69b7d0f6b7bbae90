"""The sweep: who is told when, once; what a clock does by itself; a bad row harms no other."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from agencies.actor import Actor
from agencies.models import Agency
from tests.attacks.record import Tried
from tests.people import a_lead, an_operator, federation, police, superior_federation
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.times import at, instant
from workflow.clocks import start_clock, stop_clocks
from workflow.deadlines import Alert, Deadline
from workflow.due import see_alert, unseen_alerts
from workflow.engine import NotNow, NotVisible, perform
from workflow.models import StepRecord
from workflow.now import database_now
from workflow.sweep import SweepCounts, sweep
from workflow.tasks import sweep_deadlines
from workflow.when import When

STARTED = instant("2026-11-20 16:40")
NOW = at("2026-11-20 16:45")
Told = list[tuple[str, str]]


def a_deadline(clock: str, keeper: Actor | None = None, outside: bool = False) -> Deadline:
    """Started on Friday 2026-11-20 at 16:40, on a life that no clock moves."""
    row = start_clock(an_errand(), clock, STARTED, now=NOW)
    assert row is not None
    row.keeper_id = keeper.user_id if keeper else None
    row.owner_agency = police() if outside else row.home_agency
    row.save()
    return row


def sweep_at(*times: str) -> SweepCounts:
    return [sweep(at(time)) for time in times][-1]


def told() -> Told:
    """(level, who) in the order of telling."""
    rows = Alert.objects.select_related("agency").order_by("created_at", "rung", "agency__kind", "role")
    return [(row.level, row.agency.short_name + (row.role and f" {row.role}")) for row in rows]


@pytest.fixture
def house(db: None) -> Agency:
    return federation()


def test_nobody_is_told_before_time(house: Agency) -> None:
    a_deadline("mr_minor_report")
    assert (sweep_at("2026-11-20 17:19"), told()) == (SweepCounts(), [])


def test_the_alarm_climbs_from_owner_to_leader_to_the_federation_above(house: Agency) -> None:
    a_deadline("mr_minor_report", keeper=an_operator())
    sweep_at(
        "2026-11-20 17:21", "2026-11-20 17:40", "2026-11-20 17:41", "2026-11-21 17:40", "2026-11-21 17:41"
    )
    home, above = house.short_name, superior_federation().short_name
    assert told() == [
        ("due", home),
        ("overdue_owner", home),
        ("overdue_lead", f"{home} lead"),
        ("overdue_superior", f"{above} lead"),
    ]


def test_the_body_that_owes_it_and_the_keeper_are_told(house: Agency) -> None:
    a_deadline("wl_first_visit_7d", keeper=an_operator(), outside=True)
    sweep_at("2026-11-28 00:00")
    home, station = house.short_name, police().short_name
    assert told() == [("overdue_owner", home), ("overdue_owner", f"{station} liaison")]


def test_grace_follows_the_severity(house: Agency) -> None:
    a_deadline("wl_wf_education", keeper=an_operator())
    sweep_at("2026-11-28 00:00", "2026-11-30 23:00", "2026-12-01 00:00", "2027-01-01 00:00")
    home = house.short_name
    assert told() == [("overdue_owner", home), ("overdue_lead", f"{home} lead")]


def test_without_a_federation_above_the_ladder_ends_at_the_leader(house: Agency) -> None:
    house.escalates_to = None
    house.save()
    a_deadline("mr_minor_report")
    sweep_at("2026-11-30 00:00")
    assert {level for level, _who in told()} == {"overdue_owner", "overdue_lead"}


def test_reminders_come_before_the_order_runs_out(house: Agency) -> None:
    errand = an_errand()
    start_clock(errand, "ppo_renewal_filing", STARTED, now=NOW, until=at("2027-05-20 00:00").date())
    days = ["2027-04-05", "2027-04-20", "2027-05-06", "2027-05-13", "2027-05-19", "2027-05-20", "2027-05-21"]
    sweep_at(*(f"{day} 09:00" for day in days))
    levels = [level for level, _who in told()]
    assert levels == ["reminder"] * 4 + ["due", "ran_out"]


def test_after_a_silence_only_the_last_reminder_is_sent(house: Agency) -> None:
    start_clock(an_errand(), "ppo_renewal_filing", STARTED, now=NOW, until=at("2027-05-20 00:00").date())
    sweep_at("2027-05-15 09:00")
    assert told() == [("reminder", f"{house.short_name} lead")]


def test_a_right_that_was_not_used_is_no_breach(house: Agency) -> None:
    row = a_deadline("ppo_reconsider_order_5d")
    sweep_at("2026-12-01 00:00")
    row.refresh_from_db()
    assert (row.state, row.verdict(at("2026-12-02 00:00"))) == ("lapsed", "lapsed")


@pytest.mark.parametrize(
    ("time", "state"),
    [("2026-11-23 16:50", "open"), ("2026-11-23 17:00", "open"), ("2026-11-23 17:01", "missed")],
)
def test_missed_only_past_the_legal_end(house: Agency, time: str, state: str) -> None:
    row = a_deadline("ppo_decision_72h")
    sweep_at(time)
    row.refresh_from_db()
    assert row.state == state


def test_a_suspended_clock_is_left_alone(house: Agency) -> None:
    row = a_deadline("mr_minor_report")
    Deadline.objects.filter(pk=row.pk).update(state="suspended")
    assert (sweep_at("2026-12-01 00:00"), told()) == (SweepCounts(), [])


def test_a_stopped_clock_tells_nobody(house: Agency) -> None:
    errand = an_errand()
    start_clock(errand, "mr_minor_report", STARTED, now=NOW)
    stop_clocks(errand, ["mr_minor_report"], STARTED, NOW)
    assert (sweep_at("2026-12-01 00:00"), told()) == (SweepCounts(), [])


def test_a_clock_makes_its_move_as_the_system(house: Agency) -> None:
    lead, errand = a_lead(), an_errand()
    perform(errand, "take", actor=lead, at=STARTED, now=NOW)
    sweep_at("2026-11-23 16:41")
    step = StepRecord.objects.get(move="lapse")
    errand.refresh_from_db()
    assert (errand.state, step.actor_role, step.key) == (
        "dropped",
        "system",
        f"clock:{Deadline.objects.get().pk}",
    )


def test_a_clock_whose_life_has_gone_on_makes_no_move(house: Agency) -> None:
    lead, errand = a_lead(), an_errand()
    perform(errand, "take", actor=lead, at=STARTED, now=NOW)
    perform(errand, "drop", actor=lead, at=STARTED, now=NOW, reason="x")
    assert (sweep_at("2026-11-23 16:41").woken, StepRecord.objects.filter(move="lapse").count()) == (1, 0)


def test_a_bad_row_is_noted_and_the_rest_go_on(house: Agency) -> None:
    bad, good = a_deadline("mr_minor_report"), a_deadline("mr_incapable_report")
    bad.rule.data = {"id": "broken"}
    bad.rule.save()
    counts = sweep_at("2026-11-20 17:41")
    bad.refresh_from_db()
    good.refresh_from_db()
    found = (counts, good.state, bad.fault, bad.next_wake_at)
    assert found == (SweepCounts(woken=1, failed=1), "missed", "KeyError", at("2026-11-20 17:56"))


def test_a_deadline_of_an_unknown_life_is_noted(house: Agency) -> None:
    row = a_deadline("mr_minor_report")
    Deadline.objects.filter(pk=row.pk).update(flow="no_such_life", obj_id=uuid4())
    assert (sweep_at("2026-11-20 17:41"), told()) == (SweepCounts(failed=1), [])


def test_small_batches_reach_every_row(house: Agency) -> None:
    for _ in range(7):
        a_deadline("mr_minor_report")
    assert sweep(at("2026-11-20 17:41"), batch=2) == SweepCounts(woken=7)


def together(*calls: Callable[[], Any]) -> None:
    """All at once, in real threads with their own connections."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            call()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_tell_everybody_once() -> None:
    for _ in range(20):
        a_deadline("mr_minor_report", keeper=an_operator())
    counts: list[SweepCounts] = []
    together(*[lambda: counts.append(sweep(at("2026-11-20 17:41"), batch=5))] * 4)
    found = (sum(each.woken for each in counts), sum(each.failed for each in counts), Alert.objects.count())
    assert found == (20, 0, 40)


@pytest.mark.django_db(transaction=True)
def test_sweeps_and_moves_at_once_agree() -> None:
    lead = a_lead()
    errands = [an_errand() for _ in range(10)]
    for errand in errands:
        perform(errand, "take", actor=lead, at=STARTED, now=NOW)
    late = at("2026-11-23 16:41")

    def drop_all() -> None:
        for errand in errands:
            taken = Errand.objects.get(pk=errand.pk)
            if taken.state == "taken":
                drop(taken, lead, late)

    counts: list[SweepCounts] = []
    together(drop_all, *[lambda: counts.append(sweep(late, batch=3))] * 2)
    ends = StepRecord.objects.filter(move__in=["lapse", "drop"]).values_list("obj_id", flat=True)
    assert (len(ends), len(set(ends)), sum(each.failed for each in counts)) == (10, 10, 0)


def drop(errand: Errand, actor: Actor, now: datetime) -> None:
    """Somebody else may have been first; then there is nothing to drop."""
    with suppress(NotNow):
        perform(errand, "drop", actor=actor, now=now + timedelta(seconds=1), reason="x")


def test_an_alert_is_seen_by_whom_it_was_meant_for(house: Agency) -> None:
    a_deadline("mr_minor_report")
    sweep_at("2026-11-20 17:21")
    lead, operator = a_lead(), an_operator()
    assert (unseen_alerts(lead).count(), unseen_alerts(operator).count()) == (1, 0)


def test_a_seen_alert_is_gone_for_all(house: Agency) -> None:
    a_deadline("mr_minor_report")
    sweep_at("2026-11-20 17:21")
    first, second = a_lead(), a_lead()
    see_alert(Alert.objects.get().pk, actor=first, now=at("2026-11-20 17:22"))
    see_alert(Alert.objects.get().pk, actor=second, now=at("2026-11-20 17:23"))
    assert (unseen_alerts(second).count(), Alert.objects.get().seen_by_id) == (0, first.user_id)


def test_a_foreign_alert_cannot_be_seen(house: Agency) -> None:
    a_deadline("mr_minor_report")
    sweep_at("2026-11-20 17:21")
    with pytest.raises(NotVisible):
        see_alert(Alert.objects.get().pk, actor=an_operator(), now=NOW)


def test_an_alert_about_a_duty_done_since_is_not_shown(house: Agency) -> None:
    errand = an_errand()
    start_clock(errand, "mr_minor_report", STARTED, now=NOW)
    sweep_at("2026-11-20 17:41")
    stop_clocks(errand, ["mr_minor_report"], instant("2026-11-20 17:45"), at("2026-11-20 17:46"))
    assert unseen_alerts(a_lead()).count() == 0


@pytest.mark.attack("T27")
@pytest.mark.parametrize("apart", [timedelta(days=1), timedelta(hours=-1)])
def test_a_host_whose_clock_is_wrong_wakes_nobody_early_or_late(
    house: Agency, monkeypatch: pytest.MonkeyPatch, apart: timedelta, tried: Tried
) -> None:
    now = database_now()
    early, late = a_deadline("mr_minor_report"), a_deadline("mr_incapable_report")
    for row, wake in ((early, now + timedelta(minutes=30)), (late, now - timedelta(minutes=30))):
        Deadline.objects.filter(pk=row.pk).update(next_wake_at=wake)
    errand, lead = an_errand(), a_lead()
    perform(errand, "take", actor=lead)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + apart)
    perform(
        errand, "drop", actor=lead, reason="x", now=now + apart, at=When.instant(now - timedelta(hours=2))
    )
    sweep_deadlines()
    woken = [Deadline.objects.get(pk=row.pk).level > 0 for row in (early, late)]
    order = list(StepRecord.objects.filter(obj_id=errand.pk).order_by("seq").values_list("move", flat=True))
    expected = ([False, True], ["ask", "take", "drop"])
    tried(request="sweep, moves", actor=f"host {apart} apart", expected=expected, got=(woken, order))
