"""What can be opened on the case page: one card or one section at a time, each audited before it is shown."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from agencies.actor import Actor
from agencies.kinds import Role as Post
from casework.models import Case, Person
from casework.selectors import purpose_for
from privacy.models import SealedModel
from privacy.reading import reveal_many

NUMBER = "id_number"
CARD = ("name", "phone", "address", "work", "note")
PERSON = (*CARD, NUMBER)


def open_part(case: Case, part: str, actor: Actor, number: bool = False) -> dict[UUID, dict[str, Any]] | None:
    """Opened fields by row id; None if there is no such part or this actor may not open it.

    `number`: a person's ID number too, for which the page has asked for a fresh proof.
    `part`: facts, incidents, danger, safety, evidence, notes, tasks, timeline, hints, reporter, or a person's id.
    """
    if part == "reporter" and actor.role != Post.LEAD:
        return None
    rows = _rows(case, part, PERSON if number else CARD)
    if rows is None:
        return None
    pairs = [(row, names) for row, names in rows]
    opened = reveal_many(pairs, actor=actor, purpose=purpose_for(case, actor))
    return {row.pk: fields for (row, _names), fields in zip(pairs, opened, strict=True)}


def _rows(
    case: Case, part: str, card: tuple[str, ...]
) -> Iterable[tuple[SealedModel, tuple[str, ...]]] | None:
    match part:
        case "facts":
            return [(case, ("cause", "wish", "result"))]
        case "incidents":
            return [(row, ("place", "account")) for row in case.incidents.all()]
        case "danger":
            return [(row, ("answers", "reason")) for row in case.assessments.all()]
        case "safety":
            return [*_one(case, "safety_plan", ("steps", "text")), *_one(case, "safe_contact", CONTACT)]
        case "evidence":
            return [(row, ("title", "note", "file_name")) for row in case.evidences.all()]
        case "notes":
            return [(row, ("text",)) for row in case.notes.all()]
        case "tasks":
            return [(row, ("text",)) for row in case.tasks.filter(done_at=None)]
        case "timeline":
            incidents = [(row, ("place", "account")) for row in case.incidents.all()]
            return [*incidents, *((row, ("details",)) for row in case.happenings.all())]
        case "hints":
            return [(row, ("reason",)) for row in case.setasides.filter(taken_back_at=None)]
        case "reporter":
            return [(row, ("name", "phone", "note")) for row in case.reporters.all()]
    return _person(case, part, card)


CONTACT = ("phone", "cover_identity", "code_word", "note")


def _one(case: Case, name: str, fields: tuple[str, ...]) -> list[tuple[SealedModel, tuple[str, ...]]]:
    row = getattr(case, name, None)
    return [] if row is None else [(row, fields)]


def _person(case: Case, part: str, card: tuple[str, ...]) -> list[tuple[SealedModel, tuple[str, ...]]] | None:
    try:
        pk = UUID(part)
    except ValueError:
        return None
    row = Person.objects.filter(case=case, pk=pk).first()
    return None if row is None else [(row, card)]
