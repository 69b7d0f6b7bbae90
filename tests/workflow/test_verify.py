"""A state that no step explains is found, even where the trigger was switched off."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from privacy.unversioned import unlike_version
from tests.attacks.record import Tried
from tests.people import a_caseworker
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.sample.table import S
from workflow.engine import perform
from workflow.selectors import astray

pytestmark = pytest.mark.django_db


def test_lives_that_took_their_steps_are_in_order() -> None:
    perform(an_errand(), "take", actor=a_caseworker())
    out = StringIO()
    call_command("verify_lives", stdout=out)
    assert out.getvalue() == (
        "every life stands where its last step left it, every row as its version says\n"
    )


@pytest.mark.attack("T26")
def test_a_state_written_by_sql_is_refused(tried: Tried) -> None:
    errand = an_errand()
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update {Errand._meta.db_table} set state = 'done' where id = %s", [errand.pk])
    errand.refresh_from_db()
    got = (issubclass(refusal.type, DatabaseError), errand.state)
    tried(request="UPDATE ... SET state", actor="database", expected=(True, "asked"), got=got)


@pytest.mark.attack("T26")
def test_a_life_moved_past_the_engine_is_named(tried: Tried) -> None:
    errand = an_errand()
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # every trigger looks away
        cursor.execute(f"update {Errand._meta.db_table} set state = 'done' where id = %s", [errand.pk])
        cursor.execute("set local session_replication_role = origin")
    expected = [("errand", errand.pk, "done", "asked")]
    tried(
        request="UPDATE without its trigger, verify_lives",
        actor="database",
        expected=expected,
        got=astray(Errand),
    )


def test_a_life_without_a_step_is_named() -> None:
    errand = Errand(agency=an_errand().agency)
    errand.save()
    assert astray(Errand) == [("errand", errand.pk, "asked", None)]


def test_the_command_fails_when_one_is_astray() -> None:
    force_state(an_errand(), S.DONE)
    with pytest.raises(CommandError):
        call_command("verify_lives", stdout=StringIO())


CLEAR: dict[str, Any] = {
    "update()": lambda one: Errand.objects.filter(pk=one.pk).update(urgent=True),
    "bulk_update()": lambda one: (
        setattr(one, "urgent", True),
        Errand.objects.bulk_update([one], ["urgent"]),
    ),
    "SQL": lambda one: _sql("update {} set urgent = true where id = %s", one),
    "SQL, its versions cut": lambda one: _sql("delete from {} where id = %s", one, Errand.history.model),
}
FOUND = {"SQL, its versions cut": ["rev"]}


def _sql(text: str, one: Errand, model: Any = Errand) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(text.format(model._meta.db_table), [one.pk])
        cursor.execute("set local session_replication_role = origin")


@pytest.mark.attack("T96")
@pytest.mark.parametrize("way", CLEAR)
def test_a_column_in_clear_written_past_the_history_is_named(way: str, tried: Tried) -> None:
    an_errand(), an_errand()
    errand = an_errand()
    before = list(unlike_version())
    CLEAR[way](Errand.objects.get(pk=errand.pk))
    expected = ([], [(Errand._meta.db_table, errand.pk, FOUND.get(way, ["urgent"]))])
    tried(
        request=f"{way}, verify_lives",
        actor="code or dba",
        expected=expected,
        got=(before, list(unlike_version())),
    )
    with pytest.raises(CommandError, match="1 written past the history"):
        call_command("verify_lives", stdout=StringIO())
