"""Opening what is sealed on the page of a measure: who may read what is said by the measure, written down first."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from agencies.actor import Actor
from agencies.authority import Act, Basis, authorize
from casework.measure import Measure
from casework.models import Person
from casework.reveals import NUMBER
from casework.selectors import purpose_for
from privacy.actors import ActorLike
from privacy.reading import Pair, reveal_many
from workflow.models import LifeModel

Opened = dict[UUID, dict[str, Any]]


def people_of(measure: Measure) -> list[Person]:
    """Whom it is about. Whoever reported is never among them: that is another table under another key."""
    rows = Person.objects.filter(case=measure.case_id, role__in=measure.page_roles)
    return list(rows.order_by("created_at", "id"))


def reveal_sparing(
    pairs: Iterable[Pair], *, actor: ActorLike, purpose: str, number: bool
) -> list[dict[str, Any]]:
    """`reveal_many` for a page that opens people: ID numbers only where they are asked for (`number`), because they
    cost a proof of the person. Where one is kept back, `number_waits` tells the page to offer it (`casework/_number.html`).
    """
    wanted = [(row, tuple(names)) for row, names in pairs]
    spared = [(row, tuple(n for n in names if number or n != NUMBER)) for row, names in wanted]
    opened = reveal_many(spared, actor=actor, purpose=purpose)
    for (row, names), values in zip(wanted, opened, strict=True):
        if NUMBER in names and NUMBER not in values and row.id_number:
            values["number_waits"] = True
    return opened


def open_measure(measure: Measure, actor: Actor, number: bool = False) -> Opened:
    """Texts and people by row id; ID numbers where they are asked for."""
    mask = authorize(actor, Act.READ, measure, reached=True)
    purpose = mask.purpose if mask.basis == Basis.HANDED else purpose_for(measure.case, actor)
    texts = tuple(name for name in measure.texts_for(actor) if name in mask.fields)
    rows: list[tuple[Any, tuple[str, ...]]] = [(measure, texts)]
    rows += [(person, measure.person_fields_for(actor)) for person in people_of(measure)]
    rows += measure.page_rows(actor)
    rows = [(row, names) for row, names in rows if names]
    opened = reveal_sparing(rows, actor=actor, purpose=purpose, number=number)
    return {row.pk: values for (row, _names), values in zip(rows, opened, strict=True)}


def labelled(measure: LifeModel, opened: Opened) -> list[tuple[Any, str]]:
    """(name of the column, opened text) of the measure's own texts, empty ones left out."""
    texts = opened.get(measure.pk, {})
    found = [(measure._meta.get_field(name), text) for name, text in texts.items() if text]
    return [(getattr(column, "verbose_name", ""), text) for column, text in found]
