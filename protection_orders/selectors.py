"""Reads about orders, for this room and for the rooms above."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind
from agencies.models import Agency
from casework.codes import Role as PersonRole
from casework.models import Person
from protection_orders import codes as c
from protection_orders.models import ProtectionOrder
from protection_orders.workflow import S
from workflow.counting import reckon
from workflow.engine import OpenMove, open_moves
from workflow.holidays import calendar_of
from workflow.models import StepRecord
from workflow.rules import rule_data
from workflow.table import Need

# What is likely next; everything else folds away.
NEXT = {
    S.INFORMED: ("prepare", "not_pursue"), S.PREPARED: ("file", "amend"), S.FILED: ("accept",),
    S.ACCEPTED: ("grant", "dismiss"), S.IN_FORCE: ("serve", "notify_federation", "notify_police", "report_breach"),
    S.SERVED: ("report_breach", "notify_federation", "notify_police"), S.DISMISSED: ("reconsider",),
    S.LAPSED: ("feed_back",), S.REVOKED: ("feed_back",),
}  # fmt: skip
ONCE = {"notify_federation": c.Helper.FEDERATION, "notify_police": c.Helper.POLICE}
PROTECTED = (PersonRole.VICTIM, PersonRole.CHILD, PersonRole.PROTECTED_RELATIVE)


def live_orders(case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many orders are in force, per case; one query. Says that there is one, nothing of what it says."""
    rows = ProtectionOrder.objects.filter(case_id__in=list(case_ids), state__in=(S.IN_FORCE, S.SERVED))
    return dict(rows.values_list("case_id").annotate(n=Count("pk")).order_by())


@dataclass(frozen=True)
class Lag:
    """From filing to acceptance: at least, at most. `waiting`: not accepted yet (law.md Q2)."""

    least: timedelta
    most: timedelta
    waiting: bool = False


def acceptance_lag(order: ProtectionOrder, now: datetime) -> Lag | None:
    """None where a time is not known. No law limits it: it is only shown."""
    steps = StepRecord.objects.filter(obj_id=order.pk, move__in=("file", "accept")).defer("payload")
    when = {step.move: step.when for step in steps}
    filed, accepted = when.get("file"), when.get("accept")
    if filed is None or filed.earliest is None or filed.latest is None:
        return None
    if accepted is None:
        waiting = order.state == S.FILED
        return Lag(max(now - filed.latest, timedelta(0)), now - filed.earliest, True) if waiting else None
    if accepted.earliest is None or accepted.latest is None:
        return None
    return Lag(max(accepted.earliest - filed.latest, timedelta(0)), accepted.latest - filed.earliest)


@dataclass(frozen=True)
class MeasureRow:
    label: Any
    asked: bool
    ordered: bool


def measure_rows(order: ProtectionOrder) -> list[MeasureRow]:
    """What was asked for beside what was ordered, in the order of the codes."""
    named = {*order.requested, *order.granted}
    return [
        MeasureRow(m.label, m.value in order.requested, m.value in order.granted)
        for m in c.Measure
        if m.value in named
    ]


@dataclass
class OrderView:
    """All that a panel shows of one order; the number of queries does not depend on the rows."""

    measures: list[MeasureRow]
    lag: Lag | None
    services: list[Any]
    petitions: list[Any]
    breaches: list[Any]
    sanctions: list[Any]
    assistances: list[Any]
    second_reading: date | None = None
    prior: list[Any] = field(default_factory=list)


def order_view(order: ProtectionOrder, now: datetime | None = None) -> OrderView:
    services = list(order.services.all())
    sanctions = list(order.sanctions.all())
    return OrderView(
        measures=measure_rows(order),
        lag=acceptance_lag(order, now or timezone.now()),
        services=services,
        petitions=list(order.petitions.all()),
        breaches=list(order.breaches.all()),
        sanctions=sanctions,
        assistances=list(order.assistances.all()),
        second_reading=_from_service(order, services),
        prior=[s for s in sanctions if s.kind in {c.SanctionKind.FINE, c.SanctionKind.DETENTION}],
    )


def _from_service(order: ProtectionOrder, services: list[Any]) -> date | None:
    """The respondent's five days counted from service: the other reading of ADVL 31 (law.md Q1). Shown, never judged."""
    reached = next((row.happened for row in services if row.recipient == c.Recipient.RESPONDENT), None)
    if reached is None or reached.latest is None:
        return None
    span = reckon(rule_data("ppo_reconsider_order_5d"), reached.latest, calendar_of(""))
    return timezone.localdate(span.end) if span else None


@dataclass(frozen=True)
class Checks:
    """What filing needs, for the object as it stands in memory."""

    met: list[Need]
    missing: list[Need]

    @property
    def all(self) -> list[Need]:
        return [*self.met, *self.missing]


def checklist(order: ProtectionOrder) -> Checks:
    checked = [(need, need.test(order)) for need in order.flow.move("file").needs]
    return Checks([need for need, met in checked if met], [need for need, met in checked if not met])


def moves_of(order: ProtectionOrder, actor: Actor) -> tuple[list[OpenMove], list[OpenMove]]:
    """(likely next, all others) of what this actor can do."""
    first = list(NEXT.get(S(order.state), ()))
    first += ["tell_court"] if order.unreported else []
    first += ["apply_extend"] if order.renewable else []
    first += ["extend", "refuse_change"] if order.extend_applied else []
    waiting = c.Helper.POLICE in order.helped_by and not order.verified
    first = (
        ["verify", *first]
        if waiting and actor.kind == AgencyKind.POLICE
        else [*first, "verify"]
        if waiting
        else first
    )
    done = {move for move, helper in ONCE.items() if helper in order.helped_by}
    found = open_moves(order, actor)
    main = [f for f in found if f.move.name in first and f.move.name not in done]
    main.sort(key=lambda f: first.index(f.move.name))
    return main, [f for f in found if f not in main]


def people_of(order: ProtectionOrder) -> list[Person]:
    """Applicant's side and the respondent; only those whom this order concerns."""
    protects = order.protects or [PersonRole.VICTIM]
    rows = list(order.case.persons.filter(role__in=(*PROTECTED, PersonRole.RESPONDENT, PersonRole.PROXY)))
    return [row for row in rows if _concerned(row, order, protects)]


def _concerned(person: Person, order: ProtectionOrder, protects: list[str]) -> bool:
    if person.role == PersonRole.RESPONDENT:
        return order.respondent_id in (None, person.pk)
    return person.role in {*protects, PersonRole.VICTIM, PersonRole.PROXY}


def as_typed(order: ProtectionOrder, form: Any) -> ProtectionOrder:
    """A copy in memory with what was typed so far, wherever it has the right shape; never saved."""
    order = copy(order)
    if not form.is_bound:
        for name, value in first_answers(order).items():
            setattr(order, "court_id" if name == "court" else name, value)
        return order
    form.is_valid()
    for name in form.fields:
        if name in form.cleaned_data and name not in ("rev", "key") and hasattr(order, name):
            value = form.cleaned_data[name]
            if name not in form.sealed or value:
                setattr(order, name, value)
    return order


def first_answers(order: ProtectionOrder) -> dict[str, Any]:
    """What the record already says, where the application says nothing yet."""
    found: dict[str, Any] = {}
    roles = set(order.case.persons.values_list("role", flat=True))
    if not order.protects:
        found["protects"] = [role for role in c.Protects.values if role in roles or role == "victim"]
    if not order.evidence:
        kinds = set(order.case.evidences.values_list("kind", flat=True))
        found["evidence"] = sorted({*kinds, "E1", "E8"}, key=lambda kind: int(kind[1:]))
    if order.urgent is None and order.case.danger == "high":
        found["urgent"] = True
    courts = list(
        Agency.objects.filter(kind=AgencyKind.COURT, is_active=True).values_list("pk", flat=True)[:2]
    )
    if order.court_id is None and len(courts) == 1:
        found["court"] = courts[0]
    return found
