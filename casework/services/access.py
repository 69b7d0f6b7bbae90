"""Asking for leave to read a minor's data, and opening it at once when a child may be in danger."""

from django.db import transaction
from django.utils import timezone

from agencies.actor import Actor
from agencies.authority import Act
from casework.minor_access import A
from casework.models import MinorAccess, Person
from casework.services.cases import reach
from workflow.engine import begin, perform
from workflow.errors import NotVisible
from workflow.outbox import send


@transaction.atomic
def ask_to_read(person: Person, *, actor: Actor, why: str, reason: str = "") -> MinorAccess:
    """A request to the duty leaders. One that waits already, or is good, is not made twice."""
    case = reach(person.case, actor=actor, act=Act.READ)
    if not Person.objects.filter(pk=person.pk, case=case).exists():
        raise NotVisible
    mine = MinorAccess.objects.filter(person=person, asked_by_id=actor.user_id)
    standing: MinorAccess | None = mine.filter(state=A.ASKED).first() or mine.good(timezone.now()).first()
    if standing is not None:
        return standing
    leave = begin(
        MinorAccess, actor=actor, case=case, person=person, asked_by_id=actor.user_id, why=why, reason=reason
    )
    send(agency_id=case.agency_id, kind="minor_access_asked", obj=leave)
    return leave


@transaction.atomic
def open_in_emergency(person: Person, *, actor: Actor, why: str, reason: str = "") -> MinorAccess:
    """Good at once for a day, told to the duty leaders at once, reviewed afterwards."""
    leave = ask_to_read(person, actor=actor, why=why, reason=reason)
    if leave.state == A.ASKED:
        perform(leave, "open_in_emergency", actor=actor)
    return leave
