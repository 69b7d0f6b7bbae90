"""What a step causes. From this file to the case goes a code and never a word; from the case to this file nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.codes import Body, TaskKind
from casework.happenings import HappeningKind
from casework.measures.perpetrator_intervention.codes import DANGEROUS, MISSED, Attendance, BreachKind
from casework.services import open_task, record_happening
from privacy.audit import Purpose
from privacy.reading import reveal
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
    from workflow.models import StepRecord

# Our own rules, not law.
CHECK_WITHIN = timedelta(hours=2)
LOOK_WITHIN = timedelta(days=2)
MISSED_IN_A_ROW = 2  # from here on the federation is told


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def open_file(step: "StepRecord") -> None:
    """Copy what this work needs, once, by somebody who may read it; that it was read stands with the case."""
    file: PerpetratorIntervention = step.obj
    person = file.whom()
    if person is None:
        return
    opened = reveal(person, "name", "phone", actor=step.actor, purpose=Purpose.CASEWORK)
    _keep(step, **opened, **file.coded_facts_of(person))


def tell_holder(step: "StepRecord") -> None:
    _tell(step, step.obj.agency_id, f"intervention_{step.to_state}")


def tell_home(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, f"intervention_{step.to_state}")


def take_ourselves(step: "StepRecord") -> None:
    _keep(step, agency_id=step.obj.home_id)


def release(step: "StepRecord") -> None:
    """Whoever declined sees the file no longer."""
    _tell(step, step.obj.home_id, "intervention_declined")
    _keep(step, agency_id=None)


def ask_ours(step: "StepRecord") -> None:
    """The worker of the case looks at the file; on the case stands only that there is something to look at."""
    text = _(
        "Look at the work with the perpetrator: it was declined or broken off, or there is a breach or an absence."
    )
    due = step.recorded_at + LOOK_WITHIN
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.OTHER, text=text, due_at=due, obj=step.obj)


def close(step: "StepRecord") -> None:
    _keep(step, ended_on=timezone.localdate(step.recorded_at), next_on=None)


def record_session(step: "StepRecord") -> None:
    file: PerpetratorIntervention = step.obj
    attendance = step.asked["attendance"]
    row = file.sessions.model(
        file=file, held_by_id=step.actor.agency_id, held=step.asked["held"], attendance=attendance,
        attitude=step.asked.get("attitude", ""), account=step.asked.get("account"),
    )  # fmt: skip
    row.happened = step.when
    row.acting(step.actor).save()
    missed = file.missed_in_row + 1 if attendance in MISSED else 0
    _keep(step, attended=file.attended + (attendance == Attendance.CAME), missed_in_row=missed)
    if missed >= MISSED_IN_A_ROW:
        _tell(step, file.home_id, "intervention_missed")
        ask_ours(step)


def record_breach(step: "StepRecord") -> None:
    file: PerpetratorIntervention = step.obj
    kind = step.asked["breach"]
    row = file.breaches.model(
        file=file, held_by_id=step.actor.agency_id, kind=kind, account=step.asked.get("account")
    )
    row.happened = step.when
    row.acting(step.actor).save()
    _tell(step, file.home_id, "intervention_danger" if kind in DANGEROUS else "intervention_breach")
    if kind in DANGEROUS:
        _warn_the_case(step, kind)
    else:
        ask_ours(step)


def _warn_the_case(step: "StepRecord", kind: str) -> None:
    """She may be in danger: a code on her timeline, which asks for a new look at it, and somebody asks how she is."""
    case = step.obj.case
    what = HappeningKind.INCIDENT if kind == BreachKind.VIOLENCE else HappeningKind.THREAT
    record_happening(
        case, actor=step.actor, kind=what, when=step.when, actor_body=Body.RESPONDENT, now=step.recorded_at
    )
    open_task(case, actor=step.actor, kind=TaskKind.WELFARE_CHECK, due_at=step.recorded_at + CHECK_WITHIN)
