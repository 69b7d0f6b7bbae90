"""Notes and tasks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agencies.actor import Actor
from casework.codes import NoteKind, TaskKind
from casework.models import Case, Note, Task
from casework.services.cases import reach
from casework.visits import ask_for_visits
from workflow.errors import NotVisible
from workflow.outbox import send
from workflow.when import When


@transaction.atomic
def add_note(
    case: Case, *, actor: Actor, text: str, kind: str = NoteKind.CONTACT, when: When | None = None
) -> Note:
    case = reach(case, actor=actor)
    note = Note(case=case, kind=NoteKind(kind), text=text, author_id=actor.user_id)
    note.happened = when or When.instant(timezone.now())
    note.acting(actor).save()
    return note


@transaction.atomic
def open_task(
    case: Case, *, actor: Actor, kind: str, text: str = "", assigned_agency_id: UUID | None = None,
    assigned_user_id: UUID | None = None, due_at: datetime | None = None, reason: str = "", obj: Any = None,
) -> Task:  # fmt: skip
    """Without an addressee it falls to whoever is responsible for the case. `obj`: the life it serves.

    Effects of other lives call this on behalf of whoever moved them, so the case is not asked for again.
    """
    if assigned_agency_id is None and assigned_user_id is None:
        assigned_agency_id, assigned_user_id = case.agency_id, case.assignee_id
    task = Task(
        case=case, kind=TaskKind(kind), text=text or None, reason=reason, due_at=due_at, created_by_id=actor.user_id,
        assigned_agency_id=assigned_agency_id, assigned_user_id=assigned_user_id,
        flow=obj.flow.key if obj is not None else "", obj_id=obj.pk if obj is not None else None,
    )  # fmt: skip
    task.acting(actor).save()
    if assigned_agency_id is not None and assigned_agency_id != case.agency_id:
        send(topic="notice", agency_id=assigned_agency_id, kind="task_opened", obj=obj or case)
    if task.kind in (TaskKind.WF_VISIT, TaskKind.COURT_FEEDBACK):
        ask_for_visits()
    return task


@transaction.atomic
def finish_task(task: Task, *, actor: Actor, outcome: str = "", now: datetime | None = None) -> Task:
    """Done once; a second click changes nothing."""
    found: Task | None = (
        Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=task.pk).first()
    )
    if found is None:
        raise NotVisible
    if found.done_at is None:
        found.done_at, found.done_by_id = now or timezone.now(), actor.user_id
        found.outcome = outcome or None
        found.acting(actor).save()
    return found
