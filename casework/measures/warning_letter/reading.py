"""Opening what is sealed about a letter: who may see what, written down before it is shown."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import Role
from casework.codes import Role as PersonRole
from casework.measures.warning_letter.models import WarningLetter
from casework.measures.warning_letter.selectors import people_of
from casework.models import Person, SafeContact
from casework.reading import reveal_sparing
from casework.selectors import purpose_for
from privacy.audit import Purpose
from privacy.reading import reveal
from workflow.answers import Answers, answers_of
from workflow.models import StepRecord

# What the federation wrote for the police to read; its other answers are its own.
FOR_POLICE = ("request", "report_relapse")


def _purpose(letter: WarningLetter, actor: Actor) -> Purpose:
    return Purpose(Purpose.LIAISON if actor.role == Role.LIAISON else purpose_for(letter.case, actor))


def open_people(letter: WarningLetter, actor: Actor, number: bool = False) -> dict[Any, Any]:
    """Names, and the numbers needed to reach the perpetrator; hers only as the safe number that was agreed."""
    people, purpose = people_of(letter), _purpose(letter, actor)
    wanted = [(person, _fields_of(person)) for person in people]
    opened = reveal_sparing(wanted, actor=actor, purpose=purpose, number=number)
    found: dict[Any, Any] = {p.pk: values for p, values in zip(people, opened, strict=True)}
    contact = SafeContact.objects.filter(case=letter.case_id, never_call=False).first()
    if contact is not None and contact.phone:
        found["safe"] = reveal(contact, "phone", actor=actor, purpose=purpose)
    return found


def _fields_of(person: Person) -> tuple[str, ...]:
    return ("name", "phone", "id_number") if person.role == PersonRole.RESPONDENT else ("name",)


def open_texts(letter: WarningLetter, actor: Actor, number: bool = False) -> dict[Any, Any]:
    """The reason for a letter again, and the answers given with the steps: all to the federation, to the
    station what was written for it and what it wrote itself."""
    purpose = _purpose(letter, actor)
    own = reveal(letter, "second_letter_reason", actor=actor, purpose=purpose)
    steps = [step for step in StepRecord.objects.filter(obj_id=letter.pk) if _may_read(step, actor)]
    return {"again": own["second_letter_reason"], "steps": _told(steps, actor, purpose)}


def _may_read(step: StepRecord, actor: Actor) -> bool:
    return actor.role != Role.LIAISON or step.move in FOR_POLICE or step.actor_agency == actor.agency_id


def _told(steps: list[StepRecord], actor: Actor, purpose: Purpose) -> list[tuple[StepRecord, Answers]]:
    answers = answers_of(steps, actor=actor, purpose=purpose)
    return [(step, answers[step.pk]) for step in steps if step.pk in answers]
