"""Ticking the checklist of the case's type."""

from django.db import transaction

from agencies.actor import Actor
from casework.codes import Ticked
from casework.models import Case, Tick
from casework.services.cases import reach
from workflow.errors import NotVisible


@transaction.atomic
def tick(case: Case, *, actor: Actor, item: str, answer: str) -> Tick:
    """Said twice it stands once. An item the type does not know is the same as none."""
    case = reach(case, actor=actor)
    if item not in {step.key for step in case.type.items}:
        raise NotVisible
    last: Tick | None = case.ticks.filter(matter=case.matter, item=item).last()
    if last is not None and last.answer == answer:
        return last
    row = Tick(case=case, matter=case.matter, item=item, version=case.type.version, answer=Ticked(answer))
    row.made_by_id = actor.user_id
    row.acting(actor).save()
    return row
