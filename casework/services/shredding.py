"""Destroying what may be kept no longer: keys, tags, files and messages; the codes that statistics need stay.

Everything here can be done again and then does nothing, for a worker that was killed and for the replay after a restore.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from agencies.actor import SYSTEM, SYSTEM_USER_ID, Actor
from agencies.file_marks import FileMark, MarkKind, MarkWhy
from agencies.kinds import Role
from agencies.need_to_know import routes
from agencies.rulings import write_down, write_down_older
from casework.exports.workflow import E
from casework.models import Case, DocumentFile, Export, Person, Shredding
from casework.services.cases import reach
from casework.shredding import D
from privacy.blind import TagsField
from privacy.fields import SealedField
from privacy.files import delete_file
from privacy.models import Tombstone
from privacy.tombstones import bury, lay
from workflow.deadlines import DeadlineState
from workflow.engine import begin, perform
from workflow.errors import Unmet
from workflow.models import Alert, Deadline, Notice, OutboxMessage


@transaction.atomic
def ask_to_shred(case: Case, *, actor: Actor, why: str, person: Person | None = None) -> Shredding:
    """Asked already: the same request. Unmet where a hold stands or the law keeps it."""
    case = reach(case, actor=actor)
    waiting = case.shreddings.filter(person=person, state__in=(D.ASKED, D.WAITING)).first()
    if waiting is not None:
        found: Shredding = waiting
        return found
    return begin(Shredding, actor=actor, case=case, person=person, asked_by_id=actor.user_id, why=why)


@transaction.atomic
def mark(case: Case, *, actor: Actor, kind: str, why: str) -> FileMark:
    """A hold, or closed to all but the duty leaders; entered by a duty leader, once."""
    case = _for_lead(case, actor)
    lay_marks(owners_of(case) if kind == MarkKind.RESTRICTED else {case.pk}, actor=actor, kind=kind, why=why)
    return FileMark.objects.standing().get(subject_id=case.pk, kind=kind)


@transaction.atomic
def lift_mark(case: Case, *, actor: Actor, kind: str) -> None:
    case = _for_lead(case, actor)
    lift_marks(owners_of(case) if kind == MarkKind.RESTRICTED else {case.pk}, actor=actor, kind=kind)


@transaction.atomic
def lay_marks(files: set[UUID], *, actor: Actor, kind: str, why: str) -> None:
    """Over files of any room, each written down; the caller has looked at who decides."""
    made = {"why": MarkWhy(why), "entered_by_id": actor.user_id}
    for file in sorted(files):
        row, _ = FileMark.objects.get_or_create(subject_id=file, kind=kind, lifted_at=None, defaults=made)
        write_down(row)


@transaction.atomic
def lift_marks(files: set[UUID], *, actor: Actor, kind: str) -> None:
    standing = FileMark.objects.standing().filter(subject_id__in=files, kind=kind)
    for row in standing.select_for_update().order_by("subject_id"):
        row.lifted_at, row.lifted_by_id = timezone.now(), actor.user_id
        row.save()
        write_down(row)


def _for_lead(case: Case, actor: Actor) -> Case:
    found = reach(case, actor=actor)
    if actor.role != Role.LEAD or actor.agency_id != found.agency_id:
        raise PermissionDenied
    return found


def carry_out_due(now: datetime | None = None) -> int:
    """What was approved and has waited long enough; then the files that are left of it. How many were shredded."""
    now, count = now or timezone.now(), 0
    for one in Shredding.objects.filter(state=D.WAITING, due_at__lte=now).select_related("case"):
        try:
            _carry_out(one, now)
        except Unmet:
            continue  # a hold was laid meanwhile: it waits until that is lifted
        count += 1
    for one in Shredding.objects.filter(state=D.DONE).exclude(files=[]):
        _delete_files(one)
    Tombstone.write_list()
    write_down_older()
    return count


@transaction.atomic
def _carry_out(asked: Shredding, now: datetime) -> None:
    step = perform(asked, "carry_out", actor=SYSTEM, now=now)
    rows = rows_of_person(asked.person_id) if asked.person_id else foreign_rows(asked.case)
    owners = [] if asked.person_id else sorted(owners_of(asked.case))
    stone = bury(asked.case_id, owners=owners, rows=sorted(rows), at=step.recorded_at)
    files = clear(stone)
    Shredding.objects.filter(pk=asked.pk).update(files=files)


def _delete_files(asked: Shredding) -> None:
    """After the commit: rolled back, they would be missing; killed before this, they are deleted by the next run."""
    for file in asked.files:
        delete_file(file)
    Shredding.objects.filter(pk=asked.pk).update(files=[])


def replay(tell: Callable[[str], None]) -> None:
    """After a restore: everything that was ever shredded goes again."""
    stones = Tombstone.gathered()
    for stone in stones:
        with transaction.atomic():
            lay(stone)
            files = clear(stone)
        for file in files:
            delete_file(file)
    tell(f"shredded: {len(stones)} entries of the list replayed")


# What there is of a case, found from the models: a new room is covered by pointing at a case.


def owners_of(case: Case) -> set[UUID]:
    """Whose keys seal nothing but this case: its own, and those of rows of it that have one to themselves."""
    found = {case.pk}
    for model in _live(SealedField):
        if any(f.name == "case" and f.related_model is Case for f in model._meta.concrete_fields):
            rows = model._base_manager.filter(case=case)
            found |= {row.pk for row in rows if row.seal_owner() == row.pk}
    return found


def foreign_rows(case: Case) -> set[UUID]:
    """Rows of this case under a key that also seals others: a finding of a round through a whole community."""
    owners, found = owners_of(case), set()
    for model in _live(SealedField):
        if any(f.name == "case" and f.related_model is Case for f in model._meta.concrete_fields):
            found |= {
                row.pk for row in model._base_manager.filter(case=case) if row.seal_owner() not in owners
            }
    return found


def rows_of_person(person: UUID) -> set[UUID]:
    """Her own row, and what was written because of her: leaves to read her data, talks with her."""
    found = {person}
    for model in _live(SealedField):
        if any(f.name == "person" and f.related_model is Person for f in model._meta.concrete_fields):
            found |= set(model._base_manager.filter(person_id=person).values_list("pk", flat=True))
    return found


def _live(kind: type[Any]) -> Iterator[Any]:
    for model in apps.get_models():
        has = any(isinstance(f, kind) for f in model._meta.local_concrete_fields)
        if has and model._meta.managed and not hasattr(model, "instance_type"):
            yield model


def clear(stone: Tombstone) -> list[UUID]:
    """All that outlives a key: tags, file names, messages, clocks. Returns the files to delete after the commit."""
    people = Person.objects.filter(pk__in=stone.rows)
    people.update(tags=[])
    if not stone.owners:
        return []
    _empty_tags(stone.owners)
    files = _take_files(stone.owners)
    for model in (OutboxMessage, Notice):
        model.objects.filter(subject_id__in=stone.owners).delete()
    _end_clocks(stone.owners)
    _end_exports(stone.subject)
    made = {"why": MarkWhy.DUE, "entered_by_id": SYSTEM_USER_ID, "entered_at": stone.at}
    for owner in stone.owners:
        FileMark.objects.get_or_create(
            subject_id=owner, kind=MarkKind.SHREDDED, lifted_at=None, defaults=made
        )
    return files


def _of(model: type[models.Model], owners: list[UUID]) -> Any:
    way = Q(pk__in=[])
    for route in routes(model):
        way |= Q(**{f"{route}__in": owners})
    return model._base_manager.filter(way)


def _empty_tags(owners: list[UUID]) -> None:
    for model in _live(TagsField):
        names = [f.name for f in model._meta.local_concrete_fields if isinstance(f, TagsField)]
        if routes(model):
            _of(model, owners).update(**{name: [] for name in names})


def _take_files(owners: list[UUID]) -> list[UUID]:
    found: list[UUID] = []
    for model in apps.get_models():
        field = next((f for f in model._meta.local_concrete_fields if f.attname == "file_id"), None)
        if not isinstance(field, models.UUIDField) or hasattr(model, "instance_type") or not routes(model):
            continue
        rows = _of(model, owners).exclude(file_id=None)
        found += rows.values_list("file_id", flat=True)
        if model is DocumentFile:
            rows.delete()
        else:
            rows.update(file_id=None)
    return found


def _end_clocks(owners: list[UUID]) -> None:
    """Nobody is reminded any more; no verdict is added to the statistics."""
    running = Deadline.objects.filter(subject_id__in=owners, closed_at=None)
    running.update(state=DeadlineState.CANCELLED, closed_at=timezone.now(), next_wake_at=None)
    Alert.objects.filter(deadline__subject_id__in=owners, seen_at=None).delete()


def _end_exports(case: UUID) -> None:
    """A list that is being made or lies ready may name her: it can be asked for anew."""
    bodies = Case._base_manager.filter(pk=case).values_list(
        "agency_id", "first_agency_id", "agency__parent_id"
    )
    known = {body for row in bodies for body in row if body}
    for export in Export.objects.filter(agency_id__in=known, state__in=(E.MAKING, E.READY)):
        perform(export, "stop", actor=SYSTEM)
