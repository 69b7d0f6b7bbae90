"""Opening what is sealed about an order: who may see what, written down before it is shown."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from casework.codes import Role as PersonRole
from casework.models import Person, SafeContact
from casework.reading import reveal_sparing
from casework.selectors import purpose_for
from privacy.audit import Purpose
from privacy.reading import reveal, reveal_many
from protection_orders.codes import FoundBy
from protection_orders.models import ProtectionOrder
from protection_orders.selectors import people_of

TEXTS: dict[str, tuple[str, ...]] = {
    "": ("victim_will", "other_request", "other_measure", "service_address", "receiving_officer"),
    AgencyKind.COURT: ("victim_will", "other_request", "other_measure", "service_address"),
    AgencyKind.POLICE: ("other_measure",),
    AgencyKind.COMMITTEE: ("other_measure",),
}


def _kind(actor: Actor) -> str:
    return actor.kind if actor.role == Role.LIAISON else ""


def _purpose(order: ProtectionOrder, actor: Actor) -> str:
    return Purpose.LIAISON if actor.role == Role.LIAISON else purpose_for(order.case, actor)


def open_people(order: ProtectionOrder, actor: Actor, number: bool = False) -> dict[Any, dict[str, Any]]:
    """Names, and the numbers needed to reach the respondent; hers only as the safe number that was agreed."""
    people = people_of(order)
    wanted = [(person, _fields_of(person, actor)) for person in people]
    opened = reveal_sparing(wanted, actor=actor, purpose=_purpose(order, actor), number=number)
    found: dict[Any, dict[str, Any]] = {p.pk: values for p, values in zip(people, opened, strict=True)}
    contact = SafeContact.objects.filter(case=order.case_id, never_call=False).first()
    if contact is not None and contact.phone:
        found["safe"] = reveal(contact, "phone", actor=actor, purpose=_purpose(order, actor))
    return found


def _fields_of(person: Person, actor: Actor) -> tuple[str, ...]:
    """A court needs to know exactly against whom; a committee only who."""
    if person.role != PersonRole.RESPONDENT:
        return ("name",)
    return ("name",) if _kind(actor) == AgencyKind.COMMITTEE else ("name", "phone", "id_number")


def open_texts(order: ProtectionOrder, actor: Actor, number: bool = False) -> dict[Any, dict[str, Any]]:
    """The sealed texts of the order and of its registers, as far as this body may read them."""
    purpose = _purpose(order, actor)
    rows: list[tuple[Any, tuple[str, ...]]] = [(order, TEXTS[_kind(actor)])]
    rows += [(row, ("account",)) for row in order.breaches.all() if row.account and _may_read(row, actor)]
    if _kind(actor) in {"", AgencyKind.COURT}:
        rows += [(row, ("grounds",)) for row in order.petitions.all() if row.grounds]
    opened = reveal_many(rows, actor=actor, purpose=purpose)
    return {row.pk: values for (row, _names), values in zip(rows, opened, strict=True)}


def _may_read(breach: Any, actor: Actor) -> bool:
    """Another body reads what was reported to it or what it found itself."""
    own = {AgencyKind.COURT: FoundBy.COURT, AgencyKind.POLICE: FoundBy.POLICE}.get(_kind(actor))  # type: ignore[call-overload]
    if not _kind(actor):
        return True
    return _kind(actor) != AgencyKind.COMMITTEE and (breach.reported_at is not None or breach.found_by == own)
