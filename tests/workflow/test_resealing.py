"""Steps stay as they are; only a rotation of keys that has said so may seal their answers anew."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from privacy import envelope
from privacy.actors import KEEPER
from privacy.reading import reveal
from tests.workflow.make import an_errand
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
ANNOUNCED = "SELECT set_config('huhang.reseal', 'workflow_steprecord', true)"


def test_an_announced_rotation_changes_sealed_columns_and_nothing_else(settings: Settings) -> None:
    settings.KEY_CACHE_SECONDS = 0.05
    an_errand()
    step = StepRecord(
        flow="errand", obj_id=(one := StepRecord.objects.earliest("seq")).obj_id, subject_id=one.subject_id,
        move="say", to_state="open", actor_user=one.actor_user, actor_role="lead", obj_rev=2, payload={"why": "因"},
    )  # fmt: skip
    step.save(force_insert=True)
    before = envelope.kid_of(StepRecord.objects.get(pk=step.pk).payload._cipher)
    call_command("keys", "rotate", "data", stdout=StringIO())
    after = StepRecord.objects.get(pk=step.pk)
    assert (envelope.kid_of(after.payload._cipher) != before, after.rev) == (True, step.rev)
    assert reveal(after, "payload", actor=KEEPER) == {"payload": {"why": "因"}}
    for sql in ("UPDATE workflow_steprecord SET move = 'lie'", "DELETE FROM workflow_steprecord"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(ANNOUNCED)
            cursor.execute(sql)
