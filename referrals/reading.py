"""Opening what is sealed about a referral: as far as this actor may see, written down before it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from agencies.actor import Actor
from casework.codes import Role as PersonRole
from casework.models import Incident, Person, SafeContact
from casework.reading import reveal_sparing
from casework.selectors import purpose_for
from privacy.reading import reveal_many
from referrals.codes import Item
from referrals.models import Disclosure, Referral
from referrals.selectors import answered_steps, shown_items
from workflow.models import StepRecord

PERSON_ITEMS = {Item.NAME: "name", Item.ID_NUMBER: "id_number", Item.ADDRESS: "address"}
TEXT_ITEMS = {Item.CONDITION: "condition", Item.COMPANIONS: "companions"}
Pair = tuple[Any, tuple[str, ...]]


@dataclass
class Opened:
    """What this actor sees of the referral, for this view only."""

    victims: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    respondents: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    contact: tuple[SafeContact, dict[str, Any]] | None = None
    texts: dict[str, Any] = field(default_factory=dict)
    incidents: list[tuple[Incident, dict[str, Any]]] = field(default_factory=list)
    answers: list[tuple[StepRecord, dict[str, Any]]] = field(default_factory=list)


def open_referral(referral: Referral, actor: Actor, number: bool = False) -> Opened:
    """A receiver sees the items that were ticked and nothing else; the federation sees what the receiver sees."""
    items = shown_items(referral)
    wanted = list(_wanted(referral, items, actor))
    pairs: list[Pair] = [(row, names) for _part, row, names in wanted]
    rows = reveal_sparing(pairs, actor=actor, purpose=purpose_for(referral.case, actor), number=number)
    found = Opened()
    for (part, row, _names), clear in zip(wanted, rows, strict=True):
        _put(found, part, row, clear)
    return found


def _wanted(referral: Referral, items: set[str], actor: Actor) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    texts = tuple(name for item, name in TEXT_ITEMS.items() if item in items)
    yield "texts", referral, ("request", "our_contact", *texts)
    for person in referral.case.persons.filter(role__in=(PersonRole.VICTIM, PersonRole.RESPONDENT)):
        if person.role == PersonRole.VICTIM:
            yield "victims", person, tuple(name for item, name in PERSON_ITEMS.items() if item in items)
        elif Item.RESPONDENT in items:
            yield "respondents", person, ("name",)
    if Item.SAFE_PHONE in items:
        for contact in SafeContact.objects.filter(case=referral.case_id):
            yield "contact", contact, () if contact.never_call else ("phone",)
    if Item.INCIDENTS in items:
        for incident in referral.case.incidents.all():
            yield "incidents", incident, ("account",)
    for step in answered_steps(referral, actor):
        yield "answers", step, ("payload",)


def _put(found: Opened, part: str, row: Any, clear: dict[str, Any]) -> None:
    match part:
        case "texts":
            found.texts = clear
        case "contact":
            found.contact = (row, clear)
        case _:
            getattr(found, part).append((row, clear))


def open_ledger(rows: list[Disclosure], actor: Actor) -> list[tuple[Disclosure, dict[str, Any]]]:
    if not rows:
        return []
    pairs: list[Pair] = [(row, ("reason",)) for row in rows]
    opened = reveal_many(pairs, actor=actor, purpose=purpose_for(rows[0].case, actor))
    return list(zip(rows, opened, strict=True))
