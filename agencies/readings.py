"""The reading register as the auditor's page shows it: ids, codes and who; never whose data it was by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from agencies.actor import Actor
from agencies.models import Agency, Posting, User
from agencies.selectors import field_words, names_of
from privacy.audit import Action, Outcome, ReadAudit
from privacy.chainrows import AuditChain
from privacy.verify import Fault

PAGE = 100
KEY = "~"


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of the register as an auditor sees it: codes, and the name of the worker."""

    at: datetime
    name: str
    role: str
    action: str
    purpose: str
    outcome: str
    refused: bool
    fields: str
    owner: str
    full_owner: str


@dataclass(frozen=True, slots=True)
class State:
    """How far the chain of one agency was checked, and what is wrong with it, if anything is."""

    agency: str
    rows: int
    verified: int
    at: datetime | None
    fault: str
    bad_seq: int | None
    bad_row: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the auditor asked for. What makes no sense asks for nothing."""

    person: UUID | None = None
    owner: tuple[UUID, UUID] | None = None
    action: str = ""
    outcome: str = ""
    day: datetime | None = None
    before: tuple[datetime, UUID] | None = None

    @classmethod
    def of(cls, query: dict[str, str]) -> "Asked":
        return cls(
            person=_uuid(query.get("person", "")),
            owner=_range(query.get("case", "")),
            action=_code(query.get("action", ""), Action.values),
            outcome=_code(query.get("outcome", ""), Outcome.values),
            day=_day(query.get("day", "")),
            before=_place(query.get("before", "")),
        )

    def condition(self) -> Q:
        found = Q()
        for column, value in (
            ("actor_user", self.person),
            ("action", self.action),
            ("outcome", self.outcome),
        ):
            if value:
                found &= Q(**{column: value})
        if self.owner:
            found &= Q(owner__range=self.owner)
        if self.day:
            found &= Q(at__gte=self.day, at__lt=self.day + timedelta(days=1))
        if self.before:
            at, last = self.before
            found &= Q(at__lt=at) | Q(at=at, id__lt=last)
        return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _range(text: str) -> tuple[UUID, UUID] | None:
    """A whole id, or its beginning as the page shows it."""
    digits = text.strip().lower().replace("-", "")
    if not 6 <= len(digits) <= 32 or set(digits) - set("0123456789abcdef"):
        return None
    return UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))


def _code(text: str, known: Iterable[str]) -> str:
    return text if text in known else ""


def _day(text: str) -> datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _place(text: str) -> tuple[datetime, UUID] | None:
    at, _, last = text.partition(KEY)
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment):
        return None
    return moment, _uuid(last) or UUID(int=0)


def _below(actor: Actor) -> QuerySet[Agency]:
    return Agency.objects.filter(Q(pk=actor.agency_id) | Q(parent=actor.agency_id))


def newest(actor: Actor, limit: int) -> list[Reading]:
    """The same rows without a page: the newest `limit` of them, two queries."""
    rows = ReadAudit.objects.filter(actor_agency__in=_below(actor).values("pk"))
    found = list(rows.order_by("-at", "-id")[:limit])
    names = dict(User.objects.filter(pk__in={r.actor_user for r in found}).values_list("pk", "display_name"))
    return [_reading(row, names) for row in found]


def readings(actor: Actor, asked: Asked) -> tuple[list[Reading], str]:
    """A page of what people of the auditor's own agency and of those below it did, and the key of the next."""
    rows = ReadAudit.objects.filter(asked.condition(), actor_agency__in=_below(actor).values("pk"))
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    names = dict(User.objects.filter(pk__in={r.actor_user for r in found}).values_list("pk", "display_name"))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return [
        _reading(row, names) for row in found[:PAGE]
    ], f"{last.at.isoformat()}{KEY}{last.pk}" if last else ""


def _reading(row: ReadAudit, names: dict[UUID, str]) -> Reading:
    return Reading(
        at=row.at,
        name=names.get(row.actor_user, ""),
        role=row.actor_role,
        action=row.get_action_display(),
        purpose=row.get_purpose_display(),
        outcome=row.get_outcome_display(),
        refused=row.outcome != Outcome.OK,
        fields=field_words(row.table, row.fields),
        owner=str(row.owner)[:8] if row.owner else "",
        full_owner=str(row.owner) if row.owner else "",
    )


def people_read_of(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who works or worked in these agencies, for the filter."""
    ids = Posting.objects.filter(agency__in=_below(actor)).values_list("user", flat=True)
    return sorted(
        ((str(pk), name) for pk, name in names_of(ids).items() if pk in set(ids)), key=lambda one: one[1]
    )


def chain_states(actor: Actor) -> list[State]:
    names = {agency.pk: str(agency) for agency in _below(actor)}
    return [
        State(
            names[head.chain], head.seq, head.verified, head.verified_at,
            str(Fault(head.fault).label) if head.fault else "", head.bad_seq, str(head.bad_row or ""),
        )
        for head in AuditChain.objects.filter(chain__in=names)
    ]  # fmt: skip


def alert_lines(rows: Any) -> list[dict[str, Any]]:
    """Alerts with the names of those they are about and of those who saw them."""
    found = list(rows)
    names = names_of({one for row in found for one in (row.user, row.seen_by) if one})
    return [
        {
            "alert": row,
            "name": names.get(row.user, ""),
            "seen_by": names.get(row.seen_by, "") if row.seen_by else "",
        }
        for row in found
    ]
