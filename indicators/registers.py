"""Numbers of the registers. No person stands behind those of events: they are published as they are.

Those of the monthly records are figures like those of steps: callers stand behind them, so a release hides small ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from casework.measures.registers.codes import EventKind, Topic
from casework.measures.registers.models import Event
from casework.measures.registers.selectors import month_sums
from indicators.figures import Text

KINDS = {"training": [EventKind.TRAINING], "publicity": [EventKind.PUBLICITY, EventKind.LEGAL_EDUCATION]}
SUMS = {
    "events": Count("pk"),
    "people": Sum(F("women") + F("men") + F("unstated")),
    "women": Sum("women"),
    "men": Sum("men"),
    "hours": Sum("hours"),
}


@dataclass(frozen=True, slots=True)
class Monthly:
    """A column of the monthly records, as a figure."""

    key: str
    label: Text
    counts: Text
    column: str


MONTHLY = {
    one.key: one
    for one in (
        Monthly("bed_days", _("Bed-days"), _("Beds of the shelter times the days they could be used."), "bed_days"),
        Monthly("exchange_calls", _("Calls that came in"), _("Incoming calls of the telephone exchange."), "incoming"),
        Monthly("exchange_answered", _("Of these answered"), _("Incoming calls that were answered."), "answered"),
        Monthly("callers_asked", _("Callers asked"), _("Callers asked whether they were satisfied."), "asked"),
        Monthly("callers_satisfied", _("Of these satisfied"), _("Callers who said that they were satisfied."), "satisfied"),
    )
}  # fmt: skip
# figure -> month -> n, only the months of which there is a record
ByMonth = dict[str, dict[date, int]]


def monthly(homes: Iterable[UUID], first: date, last: date) -> ByMonth:
    """One query."""
    found: ByMonth = {key: {} for key in MONTHLY}
    for month, row in month_sums(homes, first, last).items():
        for key, one in MONTHLY.items():
            n = row[one.column]
            if n is not None:
                found[key][month] = n
    return found


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
