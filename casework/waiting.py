"""What waits for somebody: a worker's day, the clocks of a house, the inbox of a body."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.watch import alerts_for
from casework.break_glass import UNREVIEWED
from casework.codes import Danger
from casework.decisions import decisions
from casework.measure import InboxRow, waiting_rows
from casework.minor_access import A
from casework.models import BreakGlass, Case, MinorAccess, Task
from casework.needs import STILL_OPEN
from casework.selectors import visible_cases
from workflow.models import Alert, Deadline, Notice

PAGE = 20
MOST = 300
DAYS = 14
URGENCY = {Danger.HIGH: 0, Danger.MEDIUM: 1, Danger.UNDETERMINED: 2, Danger.NOT_APPLICABLE: 3, Danger.LOW: 4}


@dataclass
class Waiting:
    """One case and everything in it that waits for this worker, the most urgent first."""

    case: Case
    clocks: list[Deadline] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def due(self) -> list[datetime]:
        return [at for at in (*(c.due_at for c in self.clocks), *(t.due_at for t in self.tasks)) if at]

    def rank(self, far: datetime) -> tuple[int, datetime]:
        return URGENCY.get(Danger(self.case.danger), 9), min(self.due, default=far)


@dataclass(frozen=True)
class Pages:
    """One page of a list that is known as a whole, and the addresses of its neighbours."""

    items: list[Any]
    newer_url: str = ""
    older_url: str = ""


def page_of(items: list[Any], query: dict[str, str], size: int = PAGE) -> Pages:
    """`page` in the query counts from one; what cannot be read is the first page."""
    given = {name: value for name, value in query.items() if name != "page" and value}
    asked = query.get("page", "")
    last = max(1, -(-len(items) // size))
    here = min(int(asked), last) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 6 else 1
    here = max(1, here)

    def url(number: int) -> str:
        return "?" + urlencode(given | ({"page": str(number)} if number > 1 else {}))

    return Pages(
        items[(here - 1) * size : here * size],
        newer_url=url(here - 1) if here > 1 else "",
        older_url=url(here + 1) if here < last else "",
    )


def today(actor: Actor, query: dict[str, str], now: datetime) -> dict[str, Any]:
    """What waits for this worker, case by case: the most dangerous first, then by what is due."""
    tasks = list(_my_tasks(actor)[:MOST])
    clocks = list(due_clocks(actor, now, mine=True)[:MOST])
    alerts = _latest_alerts(actor)
    ids = {
        *(t.case_id for t in tasks),
        *(c.subject_id for c in clocks),
        *(a.deadline.subject_id for a in alerts),
    }
    cases = names_of_cases(ids, actor)
    waiting = _by_case(cases, tasks, clocks, now + timedelta(days=3650))
    return {
        "now": now,
        "count": len(waiting),
        "waiting": page_of(waiting, query),
        "cases": cases,
        "alerts": alerts,
        "leaves": _leaves_to_decide(actor),
        "watch": alerts_for(actor).filter(seen_at=None).count() if actor.role == Role.LEAD else 0,
        "glasses": _glasses_to_know(actor),
        "decides": actor.role == Role.LEAD,
        "decisions": decisions(actor),
        "unassigned": unassigned(actor),
    }


def _by_case(
    cases: dict[UUID, Case], tasks: list[Task], clocks: list[Deadline], far: datetime
) -> list[Waiting]:
    found: dict[UUID, Waiting] = {}
    for clock in clocks:
        if clock.subject_id in cases:
            found.setdefault(clock.subject_id, Waiting(cases[clock.subject_id])).clocks.append(clock)
    for task in tasks:
        if task.case_id in cases:
            found.setdefault(task.case_id, Waiting(cases[task.case_id])).tasks.append(task)
    return sorted(found.values(), key=lambda row: row.rank(far))


def _my_tasks(actor: Actor) -> "QuerySet[Task]":
    return Task.objects.visible_to(actor).filter(done_at=None, assigned_user_id=actor.user_id)


def _latest_alerts(actor: Actor) -> list[Alert]:
    """Of each clock only the last rung that was reached; nobody reads the same news twice."""
    unseen = Alert.objects.visible_to(actor).filter(seen_at=None).select_related("deadline__rule")
    found: dict[UUID, Alert] = {}
    for alert in unseen.order_by("-created_at", "-rung")[:MOST]:
        found.setdefault(alert.deadline_id, alert)
    return list(found.values())


@transaction.atomic
def see_alerts(*, actor: Actor, now: datetime) -> None:
    """This worker has seen what was told; the clocks themselves run on."""
    unseen = Alert.objects.visible_to(actor).filter(seen_at=None)
    unseen.update(seen_at=now, seen_by_id=actor.user_id)


def _leaves_to_decide(actor: Actor) -> list[MinorAccess]:
    """For a duty leader: who asks to read a minor's data, and who has read it in an emergency."""
    if actor.role != Role.LEAD:
        return []
    rows = MinorAccess.objects.visible_to(actor).exclude(asked_by_id=actor.user_id).waiting()
    return sorted(
        rows.select_related("case", "person", "asked_by", "decided_by")[:MOST],
        key=lambda row: row.state != A.EMERGENCY,
    )


def _glasses_to_know(actor: Actor) -> list[BreakGlass]:
    """Emergency access not reviewed yet: for the duty leader who reviews it and for whoever is responsible."""
    rows = (
        BreakGlass.objects.visible_to(actor).filter(state__in=UNREVIEWED).exclude(asked_by_id=actor.user_id)
    )
    if actor.role != Role.LEAD:
        rows = rows.filter(case__assignee_id=actor.user_id)
    return list(rows.select_related("case", "asked_by")[:PAGE])


def unassigned(actor: Actor) -> Iterable[Case]:
    """Cases nobody is responsible for yet: the most dangerous first, then the oldest."""
    ours = Q(agency=actor.agency_id)
    rows = visible_cases(actor).filter(ours, assignee=None, state__in=STILL_OPEN).order_by("created_at")
    return sorted(rows[:MOST], key=lambda case: URGENCY.get(Danger(case.danger), 9))[:PAGE]


def due_clocks(actor: Actor, now: datetime, *, mine: bool = False, days: int = DAYS) -> "QuerySet[Deadline]":
    """Running clocks that end within `days` or have ended; the most urgent first."""
    rows = Deadline.objects.visible_to(actor).live().select_related("rule", "owner_agency", "keeper")
    if mine:
        rows = rows.filter(keeper_id=actor.user_id)
    found: QuerySet[Deadline] = rows.by_due().filter(due__lt=now + timedelta(days=days))
    return found


@dataclass(frozen=True)
class DuePage:
    rows: Pages
    count: int
    late: int
    filters: list[dict[str, Any]]
    chips: list[dict[str, Any]]


DUE_FILTERS: dict[str, tuple[str | Promise, list[tuple[str, str | Promise]]]] = {
    "whose": (_("Whose"), [("mine", _("My cases")), ("ours", _("Our own duties")), ("others", _("Duties of other bodies"))]),
    "when": (_("Time"), [("late", _("Overdue only")), ("coming", _("Still to come"))]),
}  # fmt: skip


def due_page(actor: Actor, query: dict[str, str], now: datetime) -> DuePage:
    """The clocks of the house, narrowed as asked; chips take a filter off again."""
    given = {
        name: query[name]
        for name, (_label, choices) in DUE_FILTERS.items()
        if query.get(name) in dict(choices)
    }
    rows = due_clocks(actor, now, mine=given.get("whose") == "mine")
    if given.get("whose") == "ours":
        rows = rows.filter(owner_agency_id=actor.agency_id)
    if given.get("whose") == "others":
        rows = rows.exclude(owner_agency_id=actor.agency_id)
    found = list(rows)
    late = [row for row in found if row.due_at and row.due_at < now]
    if "when" in given:
        found = late if given["when"] == "late" else [row for row in found if row not in late]
    return DuePage(
        page_of(found, given | {"page": query.get("page", "")}, 50),
        len(found),
        len(late),
        _choices(given),
        _chips(given),
    )


def _choices(given: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "choices": choices, "value": given.get(name, "")}
        for name, (label, choices) in DUE_FILTERS.items()
    ]


def _chips(given: dict[str, str]) -> list[dict[str, Any]]:
    found = []
    for name, value in given.items():
        label, choices = DUE_FILTERS[name]
        rest = {other: kept for other, kept in given.items() if other != name}
        found.append({"label": f"{label}：{dict(choices)[value]}", "url": "?" + urlencode(rest)})
    return found


def names_of_cases(ids: Iterable[UUID], actor: Actor) -> dict[UUID, Case]:
    return {case.pk: case for case in Case.objects.visible_to(actor).filter(pk__in=set(ids))}


@dataclass(frozen=True)
class Owed:
    """One thing a body owes: a row of a life, or a task."""

    due: datetime | None
    row: InboxRow | None = None
    task: Task | None = None


@dataclass(frozen=True)
class Group:
    label: str | Promise
    items: list[Owed]
    folded: bool = False


@dataclass(frozen=True)
class Inbox:
    count: int
    late: int
    groups: list[Group]
    notices: list[Notice]
    newer_url: str = ""
    older_url: str = ""


def inbox(actor: Actor, query: dict[str, str], now: datetime) -> Inbox:
    """One screen of what a body owes: overdue, with time left, and what has no time limit; the oldest first."""
    far = now + timedelta(days=3650)
    owed = [*_rows_owed(actor), *_tasks_owed(actor)]
    owed.sort(key=lambda item: item.due or far)
    page = page_of(owed, query)
    late = [item for item in owed if item.due and item.due < now]
    shown_late = [item for item in page.items if item.due and item.due < now]
    open_ = [item for item in page.items if item.due and item.due >= now]
    undated = [item for item in page.items if item.due is None]
    groups = [
        Group(_("Overdue"), shown_late),
        Group(_("Within the time limit"), open_),
        Group(_("Without a time limit"), undated, folded=bool(shown_late or open_)),
    ]
    notices = Notice.objects.visible_to(actor).filter(seen_at=None)
    filled = [group for group in groups if group.items]
    return Inbox(len(owed), len(late), filled, list(notices[:50]), page.newer_url, page.older_url)


def _rows_owed(actor: Actor) -> list[Owed]:
    return [Owed(row.deadline.due_at if row.deadline else row.due, row=row) for row in waiting_rows(actor)]


def _tasks_owed(actor: Actor) -> list[Owed]:
    tasks = Task.objects.visible_to(actor).filter(done_at=None, assigned_agency_id=actor.agency_id)
    return [Owed(task.due_at, task=task) for task in tasks.select_related("case")]
