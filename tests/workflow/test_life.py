"""The engine: one door, one transaction, and every way it is shut."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.actor import SYSTEM
from privacy.audit import Purpose
from privacy.reading import reveal
from tests.people import a_caseworker, a_lead, a_policeman, another_federation, federation
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.sample.table import S
from workflow.engine import (
    BadTakes,
    KeyReused,
    NotAllowed,
    NotNow,
    NotVisible,
    StaleEdit,
    Unmet,
    begin,
    open_moves,
    perform,
)
from workflow.models import Deadline, OutboxMessage, PendingStep, StepRecord
from workflow.when import Precision, When

pytestmark = pytest.mark.django_db


def moves(obj: Errand, actor: Any) -> list[str]:
    return [found.move.name for found in open_moves(obj, actor)]


def test_a_whole_life() -> None:
    worker, boss = a_caseworker(), a_lead()
    errand = an_errand(boss, urgent=True, wish="bread")
    perform(errand, "take", actor=worker, number="7")
    perform(errand, "visit", actor=worker, account="nobody there")
    perform(
        errand,
        "finish",
        actor=worker,
        number="7",
        weight=3,
        remark="left",
        sorts=["milk"],
        account="x",
        paid=False,
    )
    steps = StepRecord.objects.filter(obj_id=errand.pk).values_list(
        "move", "from_state", "to_state", "actor_role"
    )
    assert (errand.state, errand.visits, list(steps)) == (
        S.DONE,
        1,
        [
            ("ask", "", "asked", "lead"),
            ("take", "asked", "taken", "caseworker"),
            ("visit", "taken", "taken", "caseworker"),
            ("finish", "taken", "done", "caseworker"),
        ],
    )


def test_a_step_keeps_facts_revision_and_time() -> None:
    at = When.instant(datetime(2026, 3, 5, 6, 30, tzinfo=timezone.get_default_timezone()))
    errand = an_errand(urgent=True)
    step = perform(errand, "take", actor=a_caseworker(), at=at)
    kept = StepRecord.objects.get(pk=step.pk)
    assert (kept.when, kept.facts, kept.obj_rev) == (at, {"urgent": True, "sorts": []}, errand.rev)


def test_a_known_lapse_of_time_is_kept() -> None:
    lapse = When(None, None, Precision.UNKNOWN, (timedelta(minutes=20), timedelta(minutes=20)))
    step = perform(an_errand(), "take", actor=a_caseworker(), at=lapse)
    assert StepRecord.objects.get(pk=step.pk).when == lapse


def test_answers_are_sealed_and_read_through_the_audit() -> None:
    errand, worker = an_errand(), a_caseworker()
    step = perform(errand, "drop", actor=worker, reason="not needed")
    kept = StepRecord.objects.get(pk=step.pk)
    opened = reveal(kept, "payload", actor=worker, purpose=Purpose.CASEWORK)
    assert (repr(kept.payload), opened) == ("<sealed>", {"payload": {"reason": "not needed"}})


def test_an_old_version_of_a_life_can_be_named() -> None:
    old = an_errand().history.get()
    assert str(old) == f"workflow_sample.historicalerrand {old.pk}" and repr(old)


def test_history_names_the_actor_of_each_version() -> None:
    worker, errand = a_caseworker(), an_errand()
    perform(errand, "take", actor=worker)
    last = errand.history.order_by("history_date").last()
    assert (last.state, last.history_user_id, errand.history.count()) == ("taken", worker.user_id, 2)


def test_a_move_starts_and_stops_its_clocks() -> None:
    errand, worker = an_errand(urgent=False), a_caseworker()
    perform(errand, "take", actor=worker)
    running = list(Deadline.objects.filter(obj_id=errand.pk).values_list("clock", "state"))
    perform(errand, "finish", actor=worker, number="1", weight=1, account="x", paid=True)
    ended = list(Deadline.objects.filter(obj_id=errand.pk).values_list("clock", "state"))
    assert (running, ended) == ([("wl_decision_72h", "open")], [("wl_decision_72h", "met")])


def test_a_clock_under_a_condition_starts_only_then() -> None:
    errand = an_errand(urgent=True)
    perform(errand, "take", actor=a_caseworker())
    assert Deadline.objects.filter(obj_id=errand.pk, clock="wl_on_the_spot").exists()


def test_every_step_waits_to_be_counted() -> None:
    errand = an_errand()
    step = perform(errand, "take", actor=a_caseworker())
    assert PendingStep.objects.filter(step=step).exists()


def test_a_move_is_refused_from_a_state_its_row_does_not_name() -> None:
    errand, worker = an_errand(), a_caseworker()
    with pytest.raises(NotNow) as refused:
        perform(errand, "finish", actor=worker, number="1", account="x", paid=True)
    found = refused.value
    assert (found.state, [o.move.name for o in found.open_moves]) == ("asked", ["take", "drop"])


def test_a_move_is_refused_to_a_role_its_row_does_not_name() -> None:
    errand = force_state(an_errand(), S.DROPPED)
    with pytest.raises(NotAllowed):
        perform(errand, "reopen", actor=a_caseworker())


def test_a_foreign_object_is_as_absent() -> None:
    errand = an_errand()
    with pytest.raises(NotVisible):
        perform(errand, "take", actor=a_caseworker(another_federation()))


def test_all_unmet_needs_are_told_at_once() -> None:
    errand = force_state(an_errand(), S.TAKEN)
    with pytest.raises(BadTakes):
        perform(errand, "finish", actor=a_caseworker(), number="", account="x", paid=True)
    found = next(o for o in open_moves(errand, a_caseworker()) if o.move.name == "finish")
    assert [need.name for need in found.unmet] == ["numbered", "weighed"]


def test_a_need_sees_the_object_with_the_takes_already_set() -> None:
    errand = force_state(an_errand(), S.TAKEN)
    with pytest.raises(Unmet) as refused:
        perform(errand, "finish", actor=a_caseworker(), number="1", account="x", paid=True)
    assert [need.name for need in refused.value.needs] == ["weighed"]


def test_a_refusal_leaves_the_object_as_it_was() -> None:
    errand = force_state(an_errand(), S.TAKEN)
    before = (errand.rev, errand.number, errand.state)
    with pytest.raises(Unmet):
        perform(errand, "finish", actor=a_caseworker(), number="9", account="x", paid=True)
    kept = Errand.objects.get(pk=errand.pk)
    assert [(e.rev, e.number, e.state) for e in (errand, kept)] == [before, before]


@pytest.mark.parametrize(
    ("takes", "faulty"),
    [
        ({"number": "12345678901"}, {"number"}),
        ({"number": "1\x002"}, {"number"}),
        ({"due_on": "2026-02-30"}, {"due_on"}),
    ],
)
def test_a_wrong_shape_is_told_at_its_field(takes: dict[str, Any], faulty: set[str]) -> None:
    with pytest.raises(BadTakes) as refused:
        perform(an_errand(), "take", actor=a_caseworker(), **takes)
    assert set(refused.value.form.errors) == faulty


def test_what_a_constraint_refuses_is_told_in_the_form() -> None:
    worker = a_caseworker()
    perform(an_errand(), "take", actor=worker, number="1")
    with pytest.raises(BadTakes) as refused:
        perform(an_errand(), "take", actor=worker, number="1")
    assert list(refused.value.form.errors) == ["__all__"]


def test_a_required_yes_or_no_must_be_answered() -> None:
    errand = force_state(an_errand(), S.TAKEN)
    with pytest.raises(BadTakes) as refused:
        perform(errand, "finish", actor=a_caseworker(), number="1", weight=1, account="x")
    assert set(refused.value.form.errors) == {"paid"}


def test_what_is_not_given_is_left_as_it_is() -> None:
    errand, worker = an_errand(), a_caseworker()
    perform(errand, "take", actor=worker, number="1")
    perform(errand, "finish", actor=worker, number="1", weight=4, account="x", paid=True)
    assert (errand.weight, errand.sorts, errand.remark) == (4, [], None)


def test_a_take_the_row_does_not_name_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        perform(an_errand(), "take", actor=a_caseworker(), state="done")


def test_a_stale_edit_is_refused() -> None:
    errand, worker = an_errand(), a_caseworker()
    seen = errand.rev
    perform(errand, "take", actor=worker)
    with pytest.raises(StaleEdit):
        perform(errand, "visit", actor=worker, rev=seen)
    assert StepRecord.objects.filter(obj_id=errand.pk, move="visit").count() == 0


def test_the_same_key_returns_the_first_step() -> None:
    errand, worker = an_errand(), a_caseworker()
    first = perform(errand, "take", actor=worker, key="k1", rev=errand.rev)
    again = perform(Errand.objects.get(pk=errand.pk), "take", actor=worker, key="k1", rev=1)
    assert (again.pk, StepRecord.objects.filter(obj_id=errand.pk).count()) == (first.pk, 2)


def test_a_key_stands_for_one_step_only() -> None:
    errand, worker = an_errand(), a_caseworker()
    perform(errand, "take", actor=worker, key="k1")
    with pytest.raises(KeyReused):
        perform(an_errand(), "take", actor=worker, key="k1")


def test_beginning_twice_with_one_key_is_one_object() -> None:
    boss = a_lead()
    first = an_errand(boss, key="k2")
    again = begin(Errand, actor=boss, agency=federation(), key="k2")
    assert (again.pk, Errand.objects.count()) == (first.pk, 1)


def test_beginning_is_for_those_the_row_names() -> None:
    with pytest.raises(NotAllowed):
        begin(Errand, actor=SYSTEM, agency=federation())


def test_a_step_cannot_have_happened_later_than_now() -> None:
    now = timezone.now()
    with pytest.raises(BadTakes):
        perform(an_errand(), "take", actor=a_caseworker(), at=When.instant(now + timedelta(hours=1)), now=now)


def test_a_message_is_written_with_its_cause() -> None:
    errand = force_state(an_errand(), S.TAKEN)
    perform(errand, "finish", actor=a_caseworker(), number="1", weight=1, account="x", paid=True)
    message = OutboxMessage.objects.get()
    assert (message.kind, message.obj_id, message.sent_at) == ("errand_done", errand.pk, None)


def test_open_moves_are_those_of_the_state_and_the_actor() -> None:
    errand = an_errand()
    assert (moves(errand, a_lead()), moves(errand, a_policeman())) == (["take", "drop"], ["take"])


def test_open_moves_ask_the_database_nothing() -> None:
    errand, worker = force_state(an_errand(), S.TAKEN), a_caseworker()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        open_moves(errand, worker)
    assert len(queries) == 0


def test_a_move_costs_the_same_however_long_the_life_is() -> None:
    worker, costs = a_caseworker(), []
    errand = force_state(an_errand(), S.TAKEN)
    for round_ in range(4):
        with CaptureQueriesContext(connection) as queries:
            perform(errand, "visit", actor=worker, key=f"r{round_}")
        costs.append(len(queries))
    assert costs[1:] == [costs[1]] * 3


def test_the_state_cannot_be_given_or_set() -> None:
    errand = an_errand()
    with pytest.raises(TypeError):
        Errand(state=S.DONE, agency=federation())
    with pytest.raises(AttributeError):
        errand.state = S.DONE
    assert errand.state == S.ASKED


def test_a_failed_reload_leaves_the_state_guarded() -> None:
    errand = an_errand()
    Errand.objects.filter(pk=errand.pk).delete()
    with pytest.raises(Errand.DoesNotExist):
        errand.refresh_from_db()
    with pytest.raises(AttributeError):
        errand.state = S.DONE


@pytest.mark.parametrize("sql", ["UPDATE workflow_sample_errand SET state = 'done'"])
def test_the_database_refuses_a_state_set_by_sql(sql: str) -> None:
    an_errand()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_update_and_a_forged_insert() -> None:
    errand = an_errand()
    with pytest.raises(IntegrityError), transaction.atomic():
        Errand.objects.update(state=S.DONE)
    forged = Errand(agency=federation())
    forged.__dict__["state"] = S.DONE
    with pytest.raises(IntegrityError), transaction.atomic():
        Errand.objects.bulk_create([forged])
    errand.refresh_from_db()
    assert errand.state == S.ASKED


def test_an_announced_change_holds_for_that_row_and_that_change_only() -> None:
    errand, other = an_errand(), an_errand()
    perform(errand, "take", actor=a_caseworker())
    for row in (errand, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            Errand.objects.filter(pk=row.pk).update(state=S.DONE)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflow_steprecord SET move = 'x'",
        "DELETE FROM workflow_steprecord",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE workflow_steprecord CASCADE",
    ],
)
def test_steps_are_never_changed(sql: str) -> None:
    an_errand()
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
