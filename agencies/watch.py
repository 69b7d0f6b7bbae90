"""The watch over the reading register: who opens too much, at the wrong time, or what nobody has a reason to open.

The limits are data (data/watch.yaml). Too many cases or refusals are seen while they happen and slow the person down;
the rest is seen as rows get their place in the chain, each exactly once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import connection
from django.utils import timezone

from agencies.actor import SYSTEM_USER_ID, Actor
from agencies.bodies import told_instead
from agencies.kinds import Role
from agencies.models import Agency
from agencies.watchrows import AT_THE_DOOR, Rule, WatchAlert
from privacy.audit import Outcome
from privacy.chain import Fresh
from privacy.chainrows import NO_AGENCY, BaitMark

DATA = Path(__file__).parent / "data" / "watch.yaml"
RECENT = """
SELECT count(DISTINCT owner) FILTER (WHERE outcome = 'ok' AND purpose <> 'search' AND at >= %s),
    count(*) FILTER (WHERE outcome = 'denied' AND at >= %s),
    count(DISTINCT request_id) FILTER (WHERE action = 'search' AND at >= %s)
FROM privacy_readaudit WHERE actor_user = %s AND at >= %s AND request_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Limit:
    rule: Rule
    most: int
    during: timedelta
    slows: bool | str  # everything; nothing; or "search": the search page alone, never a call


@cache
def rules() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


@cache
def limits() -> tuple[Limit, Limit, Limit]:
    return _limit(Rule.MASS_BROWSE), _limit(Rule.GUESSING), _limit(Rule.LOOK_UPS)


def _limit(rule: Rule) -> Limit:
    row = rules()[rule.value]
    return Limit(rule, row["most"], timedelta(minutes=row["minutes"]), row["slows"])


@cache
def hours() -> dict[str, tuple[time, time]]:
    return {
        role: (time.fromisoformat(since), time.fromisoformat(until))
        for role, (since, until) in rules()["out_of_hours"].items()
    }


def too_much(actor: Actor, now: datetime, *, searching: bool = False) -> Limit | None:
    """The limit this person has reached and that stops her here, already told of; None nearly always."""
    since = [now - limit.during for limit in limits()]
    with connection.cursor() as cursor:
        cursor.execute(RECENT, [*since, actor.user_id, min(since)])
        counts = cursor.fetchone()
    for limit, count in zip(limits(), counts, strict=True):
        if count >= limit.most:
            _tell_of(limit, actor, count, now)
            if limit.slows is True or (limit.slows == "search" and searching):
                return limit
    return None


def _tell_of(limit: Limit, actor: Actor, count: int, now: datetime) -> None:
    window = int(now.timestamp() // limit.during.total_seconds())
    tell([_alert(limit.rule, actor, now, str(window), count=count)])


def look(rows: list[Fresh]) -> None:
    """Every row of the register passes here once, just chained."""
    people = [row for row in rows if row.actor_user != SYSTEM_USER_ID]
    tell([*_baits(people), *_late(people), *_unopened(people)])


def _baits(rows: list[Fresh]) -> Iterator[WatchAlert]:
    asked = {one for row in rows for one in (*row.object_ids, row.owner) if one}
    marked = set(BaitMark.objects.filter(object_id__in=asked).values_list("object_id", flat=True))
    for row in rows:
        for one in marked.intersection({*row.object_ids, row.owner}):
            yield _alert(Rule.BAIT, row, row.at, f"{one}:{_day(row.at)}", owner=row.owner or one)


def _late(rows: list[Fresh]) -> Iterator[WatchAlert]:
    for row in rows:
        since, until = hours().get(row.actor_role, (time.min, time.max))
        if (
            row.request_id
            and row.outcome == Outcome.OK
            and not since <= timezone.localtime(row.at).time() < until
        ):
            yield _alert(Rule.OUT_OF_HOURS, row, row.at, _day(row.at), owner=row.owner)


UNOPENED = {Outcome.SEAL_ERROR: Rule.BAD_SEAL, Outcome.NO_KEY: Rule.FOREIGN_KEY}


def _unopened(rows: list[Fresh]) -> Iterator[WatchAlert]:
    """Somebody changed what was kept, or has a process ask for what it must never show: once a day for each file."""
    for row in rows:
        if row.outcome in UNOPENED:
            window = f"{row.owner}:{_day(row.at)}"
            yield _alert(UNOPENED[Outcome(row.outcome)], row, row.at, window, owner=row.owner)


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()


def _alert(rule: Rule, who: Actor | Fresh, at: datetime, window: str, **more: Any) -> WatchAlert:
    user = who.user_id if isinstance(who, Actor) else who.actor_user
    role = who.role if isinstance(who, Actor) else who.actor_role
    agency = who.agency_id if isinstance(who, Actor) else who.actor_agency
    return WatchAlert(
        key=f"{rule.value}:{user}:{window}",
        rule=rule,
        at=at,
        agency=agency or NO_AGENCY,
        user=user,
        role=role,
        **more,
    )


def tell(alerts: Iterable[WatchAlert]) -> None:
    """Once for the same; to the federation that answers for the place where another body has no duty leader."""
    rows = list(alerts)
    if not rows:
        return
    bodies = Agency.objects.select_related("area").in_bulk({row.agency for row in rows})
    for row in rows:
        body = bodies.get(row.agency)
        if body is not None:
            row.agency = told_instead(body)
    WatchAlert.objects.bulk_create(rows, ignore_conflicts=True)


def alerts_for(actor: Actor) -> Any:
    """What this actor is told of: the duty leader her own agency's, the auditor also those of agencies below.

    An administrator is told of what happens at the door, wherever it is.
    """
    if actor.role == Role.ADMINISTRATOR:
        return WatchAlert.objects.filter(rule__in=AT_THE_DOOR)
    if actor.role not in (Role.LEAD, Role.AUDITOR):
        return WatchAlert.objects.none()
    below = [actor.agency_id]
    if actor.role == Role.AUDITOR:
        below += Agency.objects.filter(parent=actor.agency_id).values_list("pk", flat=True)
    return WatchAlert.objects.filter(agency__in=below)


def see(*, actor: Actor, ids: Iterable[UUID], now: datetime) -> int:
    """Mark as seen to by this person; the first time counts."""
    rows = alerts_for(actor).filter(pk__in=ids, seen_at=None)
    return int(rows.update(seen_at=now, seen_by=actor.user_id))
