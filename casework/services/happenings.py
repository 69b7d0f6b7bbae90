"""Writing down what happened, and asking for a new look at the danger where it may have changed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.actor import Actor
from casework.codes import Body, Flag, TaskKind
from casework.happenings import TRIGGERS, HappeningKind
from casework.models import Case, Happening, Incident, Task
from casework.services.cases import reach
from casework.services.work import open_task
from workflow.when import When

REASSESS_WITHIN = timedelta(hours=24)  # our own rule, not law: the same day, at the latest the next


@transaction.atomic
def record_happening(
    case: Case, *, actor: Actor, kind: str, when: When | None = None, actor_body: str = Body.UNKNOWN,
    details: str = "", inferred: bool = False, now: datetime | None = None,
) -> Happening:  # fmt: skip
    """A coded entry of the timeline. Effects of other lives call this too, on behalf of whoever moved them."""
    last = case.happenings.aggregate(last=Max("seq"))["last"] or 0
    row = Happening(
        case=case, kind=HappeningKind(kind), actor_body=Body(actor_body), inferred=inferred, seq=last + 1
    )
    row.happened, row.details = when or When.unknown(), details or None
    row.acting(actor).save()
    if row.kind in TRIGGERS:
        prompt_reassessment(case, actor=actor, why=TRIGGERS[row.kind], now=now)
    return row


@transaction.atomic
def record_incident(case: Case, *, actor: Actor, when: When | None = None, **fields: Any) -> Incident:
    """One act or spell of violence. `fields`: columns of Incident."""
    case = reach(case, actor=actor)
    row = Incident(case=case, **{name: None if value == "" else value for name, value in fields.items()})
    row.happened = when or When.unknown()
    row.acting(actor).save()
    case.forms = sorted({*case.forms, *row.forms})
    added = {Flag.WEAPON} if row.weapon else set()
    case.flags = sorted({*case.flags, *added, *({Flag.INJURY} if row.injured else ())})
    case.acting(actor).save()
    prompt_reassessment(case, actor=actor, why=TRIGGERS[HappeningKind.INCIDENT])
    return row


@transaction.atomic
def prompt_reassessment(case: Case, *, actor: Actor, why: str, now: datetime | None = None) -> Task | None:
    """Ask for a new assessment, once per occasion; before the first one there is nothing to repeat."""
    waiting = Task.objects.filter(case=case, kind=TaskKind.REASSESS_DANGER, reason=why, done_at=None)
    if waiting.exists() or not case.assessments.exists():
        return None
    due = (now or timezone.now()) + REASSESS_WITHIN
    return open_task(case, actor=actor, kind=TaskKind.REASSESS_DANGER, reason=why, due_at=due)
