"""Finding a case by a person. Names stay masked in the result; who matched is audited."""

from dataclasses import dataclass

from agencies.actor import Actor
from casework.canaries import sought
from casework.models import Case, Person
from privacy.audit import Action, Purpose
from privacy.masks import mask_name, mask_phone
from privacy.reading import reveal_many
from privacy.search import find_people


@dataclass(frozen=True)
class Hit:
    case: Case
    person: Person
    name: str
    phone: str


def find_cases(text: str, actor: Actor) -> list[Hit]:
    """People of visible cases that fit; TooVague when the text could be anybody."""
    sought(text, actor)
    people = Person.objects.visible_to(actor).select_related("case")
    found = find_people(people, text, sealed_fields=("name", "phone", "id_number"), actor=actor)
    shown = [(row, ("name", "phone")) for row in found]
    opened = reveal_many(shown, actor=actor, purpose=Purpose.SEARCH, action=Action.SEARCH)
    return [
        Hit(row.case, row, mask_name(fields["name"] or ""), mask_phone(fields["phone"] or ""))
        for row, fields in zip(found, opened, strict=True)
    ]
