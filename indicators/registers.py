"""Numbers of the register of events: no person stands behind them, so they are published as they are."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from casework.measures.registers.codes import EventKind, Topic
from casework.measures.registers.models import Event

KINDS = {"training": [EventKind.TRAINING], "publicity": [EventKind.PUBLICITY, EventKind.LEGAL_EDUCATION]}
SUMS = {
    "events": Count("pk"),
    "people": Sum(F("women") + F("men") + F("unstated")),
    "women": Sum("women"),
    "men": Sum("men"),
    "hours": Sum("hours"),
}


def is_register(text: str) -> bool:
    """ "training.hours" and the like."""
    kind, _, what = text.partition(".")
    return kind in KINDS and what in SUMS


def registered(text: str, homes: Iterable[UUID], first: date, last: date) -> int:
    """Of events against domestic violence held in the span and still listed at its end; one query."""
    kind, _, what = text.partition(".")
    rows = Event.objects.filter(
        agency__in=list(homes), kind__in=KINDS[kind], topic=Topic.VIOLENCE, held_on__range=(first, last)
    )
    listed = rows.filter(Q(off_on=None) | Q(off_on__gt=last))
    return int(listed.aggregate(n=SUMS[what])["n"] or 0)
