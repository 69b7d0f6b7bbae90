"""The people of a case."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from agencies.actor import SYSTEM, Actor
from agencies.wall import as_system
from casework.codes import AgeBand, Flag, Role, Trigger, age_band
from casework.models import Case, Person, Reporter
from casework.needs import STILL_OPEN
from casework.seen_again import other_cases
from casework.services.cases import open_case, reach
from casework.services.happenings import prompt_reassessment
from privacy.blind import id_tags, name_tags, phone_tags
from privacy.errors import StaleRow
from privacy.normalise import EXTENSION, normalise_id, normalise_phone
from workflow.errors import NotVisible

SEALED = frozenset({"name", "phone", "id_number", "address", "work", "note"})
TAGS = {"name": name_tags, "phone": phone_tags, "id_number": id_tags}


@transaction.atomic
def add_person(case: Case, *, actor: Actor, role: str, **fields: Any) -> Person:
    """`fields`: columns of Person in clear text; what is personal is sealed and tagged here."""
    case = reach(case, actor=actor)
    person = Person(case=case, role=role, **_clean(fields))
    person.tags = _tags(fields)
    person.acting(actor).save()
    _carry_over(case, person, actor)
    _look_for_others(person, actor)
    return person


@transaction.atomic
def take_in(*, actor: Actor, name: str = "", phone: str = "", **fields: Any) -> Case:
    """A new case with its victim, as far as she is known."""
    case = open_case(actor=actor, **fields)
    add_person(case, actor=actor, role=Role.VICTIM, name=name, phone=phone)
    return case


@transaction.atomic
def update_person(person: Person, *, actor: Actor, rev: int, **fields: Any) -> Person:
    """All of name, phone and ID number must be given together: the search tags are made anew from them."""
    if not {"name", "phone", "id_number"} <= set(fields):
        raise TypeError("name, phone and id_number belong together")
    found: Person | None = (
        Person.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=person.pk).first()
    )
    if found is None:
        raise NotVisible
    if found.rev != rev:
        raise StaleRow
    for name, value in _clean(fields).items():
        setattr(found, name, value)
    known, found.tags = set(found.tags), _tags(fields)
    found.acting(actor).save()
    _carry_over(found.case, found, actor)
    if set(found.tags) != known:
        _look_for_others(found, actor)
    return found


@transaction.atomic
def record_reporter(case: Case, *, actor: Actor, **fields: Any) -> Reporter:
    """Whoever reported. Sealed with another key than the rest of the case (WPL 72)."""
    case = reach(case, actor=actor)
    reporter = Reporter(case=case, **_clean(fields))
    reporter.tags = _tags(fields)
    reporter.acting(actor).save()
    return reporter


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    """One spelling for numbers; an empty text is no text."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        found[name] = (value.strip() or None) if name in SEALED and isinstance(value, str) else value
    if found.get("phone") and not EXTENSION.search(found["phone"]):
        found["phone"] = normalise_phone(found["phone"])
    if found.get("id_number"):
        found["id_number"] = normalise_id(found["id_number"])
    return found


def _tags(fields: dict[str, Any]) -> list[int]:
    return [tag for name, tags in TAGS.items() if fields.get(name) for tag in tags(fields[name])]


def _carry_over(case: Case, person: Person, actor: Actor) -> None:
    """What is counted by victim lives, coded, on the case; the first victim stands for it."""
    if person.role == Role.CHILD and case.children_answered is None:
        case.children_answered = True
    if person.role == Role.CHILD or (person.role == Role.VICTIM and person.flags):
        child = {Flag.CHILD_IN_HOUSEHOLD} if person.role == Role.CHILD else set()
        case.flags = sorted({*case.flags, *(person.flags if person.role == Role.VICTIM else ()), *child})
    first = case.persons.filter(role=Role.VICTIM).first()
    if first is not None:
        case.victim_sex, case.victim_age_band = first.sex, band_of(first)
    case.acting(actor).save()


def _look_for_others(person: Person, actor: Actor) -> None:
    """A perpetrator known with another victim: the danger is looked at again, here and there. Neither learns of whom."""
    others = other_cases(person.case) if person.role == Role.RESPONDENT and person.tags else {}
    if not others:
        return
    prompt_reassessment(person.case, actor=actor, why=Trigger.SEEN_AGAIN)
    with as_system():
        for case in Case.objects.visible_to(SYSTEM).filter(pk__in=others, state__in=STILL_OPEN):
            prompt_reassessment(case, actor=SYSTEM, why=Trigger.SEEN_AGAIN)


def band_of(person: Person) -> str:
    age = person.age
    if age is None and person.birth_year is not None:
        age = timezone.localdate().year - person.birth_year
    if age is None and Flag.MINOR in person.flags:
        return AgeBand.UNKNOWN
    return age_band(age)
