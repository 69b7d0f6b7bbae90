"""Who leads a target, who reports an indicator, who sits in a group, and what the district decides. Each with its door."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from monitor.dictionary import dictionary
from monitor.held import PlanReference
from monitor.people import is_bureau, is_office
from monitor.stored import Decision, Means, Occasion, Reporter, Responsibility, Seat
from workflow.errors import NotAllowed

MATRIX = ("target", "agency", "part")


def _only(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


@transaction.atomic
def answer_for(area: str, target: str, *, actor: Actor, leads: Agency | None, joins: list[Agency]) -> None:
    """The units of a target anew. The committee office decides it."""
    _only(is_office(actor))
    Responsibility.objects.filter(area=area, target=target).delete()
    rows = [Responsibility(area_id=area, target=target, agency=leads, part="lead")] if leads else []
    rows += [
        Responsibility(area_id=area, target=target, agency=one, part="joins") for one in joins if one != leads
    ]
    Responsibility.objects.bulk_create(rows)


@transaction.atomic
def report(area: str, indicator: str, *, actor: Actor, agency: Agency) -> None:
    """Who reports an indicator. The statistics bureau decides it."""
    _only(is_bureau(actor) and not dictionary().indicators[indicator].casework)
    Reporter.objects.update_or_create(area_id=area, indicator=indicator, defaults={"agency": agency})


@transaction.atomic
def seat(area: str, group: str, *, actor: Actor, user_id: UUID, ends_on: date | None = None) -> Seat:
    _only(is_office(actor))
    found, _made = Seat.objects.update_or_create(
        area_id=area, group=group, user_id=user_id, defaults={"ends_on": ends_on}
    )
    return found


@transaction.atomic
def refer(
    area: str, target: str, *, actor: Actor, document: str, place: str, dated_on: date
) -> PlanReference:
    """A target was taken over into another plan. The committee office keeps it; entered again, the later entry stands."""
    _only(is_office(actor))
    columns: dict[str, Any] = {"place": place, "dated_on": dated_on, "entered_by_id": actor.user_id}
    key: dict[str, Any] = {"area_id": area, "target": target, "document": document}
    return PlanReference.objects.update_or_create(**key, defaults=columns)[0]


@transaction.atomic
def hold(area: str, *, actor: Actor, **columns: Any) -> Occasion:
    """Something of the calendar was held. The committee office keeps it."""
    _only(is_office(actor))
    return Occasion.objects.create(area_id=area, entered_by_id=actor.user_id, **columns)


@transaction.atomic
def provide(area: str, *, actor: Actor, year: int, target: str, **columns: Any) -> Means:
    """A unit's own money and people for a year; entered again, the later entry stands."""
    _only(is_bureau(actor) or is_office(actor) or actor.role in (Role.LIAISON, Role.LEAD))
    key: dict[str, Any] = {"area_id": area, "agency_id": actor.agency_id, "year": year, "target": target}
    found, _made = Means.objects.update_or_create(**key, defaults={**columns, "entered_by_id": actor.user_id})
    return found


@transaction.atomic
def decide(
    area: str,
    indicator: str,
    kind: str,
    number: Decimal,
    source: str,
    *,
    actor: Actor,
    year: int | None = None,
) -> Decision:
    """Bureau and committee office; a unit the baseline and the milestones of what it reports."""
    mine = Reporter.objects.filter(area=area, indicator=indicator, agency=actor.agency_id).exists()
    _only(
        is_bureau(actor)
        or is_office(actor)
        or (mine and kind in (Decision.Kind.BASELINE, Decision.Kind.MILESTONE))
    )
    columns: dict[str, Any] = {"area_id": area, "agency_id": actor.agency_id, "decided_by_id": actor.user_id}
    return Decision.objects.create(
        indicator=indicator, kind=kind, number=number, source=source, year=year, **columns
    )
