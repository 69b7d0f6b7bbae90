"""Reads of the registers, and their numbers for the statistics. Each asks a number of queries that does not grow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from agencies.actor import Actor
from agencies.models import User
from casework.measures.registers.models import Entry, Event, MonthRecord, Unit


@dataclass(frozen=True, slots=True)
class EventCount:
    """Events of one month, kind and subject, and who was there. Never about one woman: no figure here is hidden."""

    month: date
    kind: str
    topic: str
    events: int
    women: int
    men: int
    unstated: int
    hours: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    kind: str
    known: int
    with_mechanism: int


def event_counts(homes: Iterable[UUID], first: date, last: date) -> list[EventCount]:
    """What these federations held from `first` to `last`, both included; one query. Struck entries do not count."""
    rows = Event.objects.filter(agency_id__in=list(homes), held_on__range=(first, last), off_on=None)
    sums = {name: Sum(name) for name in ("women", "men", "unstated", "hours")}
    found = rows.order_by().annotate(month=TruncMonth("held_on")).values("month", "kind", "topic")
    counted = found.annotate(events=Count("pk"), **sums).order_by("month", "kind", "topic")
    return [EventCount(**row) for row in counted]


def unit_counts(homes: Iterable[UUID], day: date) -> list[UnitCount]:
    """Units on the register on this day and those whose mechanism stood then, by kind; one query."""
    rows = Unit.objects.filter(Q(off_on=None) | Q(off_on__gt=day), agency_id__in=list(homes))
    stood = Count("pk", filter=Q(established_on__lte=day))
    counted = (
        rows.order_by().values("kind").annotate(known=Count("pk"), with_mechanism=stood).order_by("kind")
    )
    return [UnitCount(**row) for row in counted]


MONTH_SUMS = {
    "bed_days": Sum(F("beds") * F("days")),
    "incoming": Sum("incoming"),
    "answered": Sum("answered"),
    "asked": Sum("asked"),
    "satisfied": Sum("satisfied"),
}


def month_sums(homes: Iterable[UUID], first: date, last: date) -> dict[date, dict[str, int | None]]:
    """What these federations kept of each month, struck lines left out; None: nobody kept it. One query."""
    rows = MonthRecord.objects.filter(agency_id__in=list(homes), month__range=(first, last), off_on=None)
    sums = rows.order_by().values("month").annotate(**MONTH_SUMS)
    return {row.pop("month"): row for row in sums}


def listed(model: type[Entry], actor: Actor, given: dict[str, str], text: str = "") -> "QuerySet[Any]":
    """The lines that fit these codes, and this text if one is looked for."""
    rows = model.objects.visible_to(actor).select_related("agency", "area")
    if "off" not in given:
        rows = rows.filter(off_on=None)
    for name, value in given.items():
        rows = rows.filter(FILTERS[name](value))
    names = {field.name for field in model._meta.concrete_fields}
    for word in text.split():
        rows = rows.filter(_any(column for column in SEARCHED if column in names)(word))
    return rows


SEARCHED = ("title", "partner", "name", "body", "contact", "shelter")
FILTERS: dict[str, Any] = {
    "kind": lambda value: Q(kind=value),
    "topic": lambda value: Q(topic=value),
    "field": lambda value: Q(topics__contains=[value]),
    "language": lambda value: Q(languages__contains=[value]),
    "town": lambda value: Q(area_id=value),
    "of_year": lambda value: Q(month__year=int(value)),
    "year": lambda value: Q(held_on__year=int(value)),
    "mechanism": lambda value: Q(established_on__isnull=value == "no"),
    "off": lambda value: ~Q(off_on=None),
}


def _any(columns: Iterable[str]) -> Any:
    names = list(columns)

    def fits(word: str) -> Q:
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": word})
        return found

    return fits


@dataclass(frozen=True, slots=True)
class Version:
    at: datetime
    who: str
    changed: list[Any]


def versions(entry: Any) -> list[Version]:
    """Who wrote what when, the latest first: the names of the columns that changed, never what stood in sealed ones."""
    rows = list(entry.history.order_by("rev"))
    names = dict(
        User.objects.filter(pk__in={r.history_user_id for r in rows}).values_list("pk", "display_name")
    )
    found = []
    for before, row in zip([None, *rows], rows, strict=False):
        found.append(
            Version(row.history_date, names.get(row.history_user_id, ""), _changed(entry, before, row))
        )
    return found[::-1]


def _changed(entry: Any, before: Any, row: Any) -> list[Any]:
    """Labels of clear columns that differ; a sealed column is sealed anew with every version, so it cannot be compared."""
    if before is None:
        return []
    sealed = {field.name for field in entry.sealed_fields()}
    columns = [f for f in entry._meta.concrete_fields if f.name not in sealed | {"rev"}]
    return [f.verbose_name for f in columns if getattr(before, f.attname) != getattr(row, f.attname)]
