"""Answers are opened for a named reader, with the questions as the table words them."""

from typing import Any

import pytest
from django.utils import translation

from privacy.audit import ReadAudit
from tests.people import a_caseworker
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from tests.workflow.sample.table import S
from workflow.answers import answers_of
from workflow.engine import perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
FINISH: dict[str, Any] = {"number": "1", "weight": 1, "account": "all well", "paid": True}


def test_answers_come_with_their_questions_and_leave_one_trace() -> None:
    worker = a_caseworker()
    errand = force_state(an_errand(wish="bread"), S.TAKEN)
    perform(errand, "finish", actor=worker, **FINISH)
    steps = list(StepRecord.objects.filter(obj_id=errand.pk))
    with translation.override("en"):
        found = answers_of(steps, actor=worker)
    told = [found[step.pk] for step in steps]
    assert (told, ReadAudit.objects.count()) == (
        [[("Wish", "bread")], [("What was done", "all well"), ("Paid", "Yes")]],
        1,
    )


def test_steps_without_answers_are_not_read() -> None:
    step = perform(an_errand(), "take", actor=a_caseworker())
    assert (answers_of([step], actor=a_caseworker()), ReadAudit.objects.count()) == ({}, 0)
