"""Reads for the pages of a case. Each asks a number of queries that does not grow with the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.authority import reads_only
from agencies.kinds import Role as Post
from agencies.models import Agency
from agencies.selectors import names_of
from casework.checklist import checklist
from casework.codes import Role
from casework.measure import measure_models, measures_of
from casework.minor_access import A
from casework.models import Case, Document, MinorAccess, Person, Task
from casework.needs import STILL_OPEN
from casework.protection import KEPT, texts_closed
from casework.suggestions import Hints, hints_for
from privacy.audit import Purpose, ReadAudit
from privacy.masks import mask_phone
from privacy.reading import reveal_many
from workflow.models import Deadline, LifeModel
from workflow.registry import lives
from workflow.table import Workflow

# Moves that have a page of their own; the case page links there instead of drawing a form.
OWN_PAGE = frozenset({"assess", "reassess", "reclassify"})
ANCHORS = (
    ("facts", _("Facts")), ("checklist", _("Checklist")),
    ("people", p_("section", "People")), ("incidents", _("Violence")), ("danger", _("Danger")),
    ("safety", _("Safety")), ("measures", _("Measures")), ("evidence", _("Evidence")), ("documents", p_("documents", "Papers")),
    ("notes", _("Notes")), ("tasks", _("Tasks")), ("timeline", _("Timeline")),
)  # fmt: skip


def purpose_for(case: Case, actor: Actor) -> str:
    """Why somebody looks: another body acts for it, a duty leader at another's case supervises, the others work on it."""
    if actor.emergency == case.pk:
        return Purpose.EMERGENCY
    if actor.role == Post.LIAISON:
        return Purpose.LIAISON
    if actor.role == Post.LEAD and case.assignee_id not in {None, actor.user_id}:
        return Purpose.SUPERVISION
    return Purpose.CASEWORK


def visible_cases(actor: Actor) -> "QuerySet[Case]":
    return Case.objects.visible_to(actor).select_related("agency", "assignee", "area")


def case_page(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything the case page shows closed: codes, times, masks; no sealed text."""
    people = list(case.persons.all())
    works = not reads_only(actor, case)
    return {
        "case": case,
        "obj": case,
        "now": now,
        "people": with_masks(people, actor, purpose_for(case, actor)),
        "incidents": case.incidents.all(),
        "assessments": case.assessments.select_related("assessed_by"),
        "plan": getattr(case, "safety_plan", None),
        "contact": getattr(case, "safe_contact", None),
        "panels": panels(case, actor),
        "openings": openings(case, actor) if works else [],
        "evidences": case.evidences.select_related("registered_by", "copy"),
        "documents": case.documents.select_related("agency", "made_by"),
        "notes": case.notes.select_related("author"),
        "tasks": case.tasks.filter(done_at=None).select_related("assigned_agency", "assigned_user"),
        "deadlines": running_clocks(case),
        "joined": case.joined.all(),
        "checklist": checklist(case, actor),
        "may_reclassify": works and case.flow.move("reclassify").who(actor, case),
        "kept": KEPT if texts_closed(case, actor) else (),
        "hints": hints_for(case, actor) if case.state in STILL_OPEN else Hints([], []),
        "reporters": case.reporters.count() if actor.role == Post.LEAD else 0,
        **danger_bar(case),
        "anchors": ANCHORS,
        "reads_only": not works,
        "can_work": works and case.state in STILL_OPEN,
    }


def danger_bar(case: Case) -> dict[str, Any]:
    """What the bar across every page of a case says while the danger is high."""
    why = _("No mediation and no persuading her to make up (federation procedure 2018, art. 11).")
    return {
        "danger_high": case.danger == "high",
        "danger_why": why,
        "danger_url": f"{case.get_absolute_url()}#danger",
    }


def panels(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The measures of a case as (template, context), in the order of their kinds."""
    found = []
    for measure in measures_of(case, actor):
        template, context = measure.panel(actor)
        found.append({"template": template, "context": context, "measure": measure})
    return found


def openings(case: Case, actor: Actor) -> list[Workflow]:
    """The measures this actor may begin; after the case was closed, only what belongs there."""
    kinds = [kind for kind in measure_models() if kind.after_closing or case.state in STILL_OPEN]
    return [kind.flow for kind in kinds if kind.flow.opening.who(actor, None)]


def with_masks(people: list[Person], actor: Actor, purpose: str) -> list[dict[str, Any]]:
    """People with the mask of their number, a child's not even that; that it was opened to be masked is audited like any read."""
    holders = [p for p in people if p.phone and p.role == Role.VICTIM and not p.is_minor]
    opened = reveal_many([(person, ("phone",)) for person in holders], actor=actor, purpose=purpose)
    masks = {person.pk: mask_phone(row["phone"]) for person, row in zip(holders, opened, strict=True)}
    leaves = _leaves_of(people, actor)
    return [
        {"person": person, "phone": masks.get(person.pk, ""), **_leave_of(person, leaves.get(person.pk, []))}
        for person in people
    ]


def _leaves_of(people: list[Person], actor: Actor) -> dict[UUID, list[MinorAccess]]:
    """This actor's own leaves and requests, by person; none is asked for where nobody is a minor."""
    found: dict[UUID, list[MinorAccess]] = {}
    minors = [person.pk for person in people if person.is_minor]
    if minors:
        for leave in MinorAccess.objects.filter(person__in=minors, asked_by_id=actor.user_id):
            found.setdefault(leave.person_id, []).append(leave)
    return found


def _leave_of(person: Person, leaves: list[MinorAccess]) -> dict[str, Any]:
    good = next((leave for leave in leaves if leave.is_good), None)
    waits = any(leave.state == A.ASKED for leave in leaves)
    return {"leave": good, "asks_leave": person.is_minor and good is None, "waits": waits}


def running_clocks(case: Case) -> list[Deadline]:
    """Every running clock of the case and its measures, most urgent first."""
    rows = Deadline.objects.live().filter(subject_id=case.pk)
    return list(rows.select_related("rule", "owner_agency").by_due())


def overdue_cases(now: datetime) -> Exists:
    late = Deadline.objects.live().filter(subject_id=OuterRef("pk"), ended_to=None)
    return Exists(late.filter(legal_expiry__lt=now) | late.filter(policy_due__lt=now))


def life_served(task: Task, actor: Actor) -> LifeModel | None:
    """What the task was given for, where this actor may open a page of it."""
    model = lives().get(task.flow)
    if model is None or not getattr(model, "page_texts", ()):
        return None
    return model.objects.visible_to(actor).filter(pk=task.obj_id).first()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Read:
    row: ReadAudit
    user: str
    agency: str


def reads_of(case: Case, limit: int = 200) -> list[Read]:
    """Who has read this case, latest first, with names."""
    return _with_names(ReadAudit.objects.filter(owner=case.pk).order_by("-at")[:limit])


def prints_of(document: Document) -> list[Read]:
    """Who took a file of this document, and when; the latest first."""
    ids = list(document.files.values_list("pk", flat=True))
    rows = ReadAudit.objects.filter(owner=document.case_id, object_ids__overlap=ids)
    return _with_names(rows.order_by("-at")[:200])


def _with_names(found: Iterable[ReadAudit]) -> list[Read]:
    rows = list(found)
    users = names_of(row.actor_user for row in rows)
    bodies = {row.actor_agency for row in rows if row.actor_agency}
    names = {a.pk: str(a) for a in Agency.objects.filter(pk__in=bodies)}
    return [
        Read(row, users.get(row.actor_user, ""), names.get(row.actor_agency, "") if row.actor_agency else "")
        for row in rows
    ]
