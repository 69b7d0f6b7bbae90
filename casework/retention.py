"""保管期限: how long each class is kept, as data, and whose time is over."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from casework.tools import Words
from workflow.models import Deadline, StepRecord

if TYPE_CHECKING:
    from casework.models import Case

UNITS = ("years", "months", "days", "hours")
ASKED = "asked"


@dataclass(frozen=True)
class Span:
    number: int
    unit: str

    def __str__(self) -> str:
        """In the words of the page."""
        if not self.number:
            return str(_("no minimum"))
        words = {
            "years": ngettext("%(n)s year", "%(n)s years", self.number),
            "months": ngettext("%(n)s month", "%(n)s months", self.number),
            "days": ngettext("%(n)s day", "%(n)s days", self.number),
            "hours": ngettext("%(n)s hour", "%(n)s hours", self.number),
        }
        return words[self.unit] % {"n": self.number}

    @property
    def years(self) -> int:
        return self.number if self.unit == "years" else 0

    def before(self, now: datetime) -> datetime:
        """What is older than this has been kept so long."""
        if self.unit in ("days", "hours"):
            return now - timedelta(**{self.unit: self.number})
        months = now.year * 12 + now.month - 1 - self.number * (12 if self.unit == "years" else 1)
        year, month = months // 12, months % 12 + 1
        return now.replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Class:
    """One class of records. `law` and `policy` are two columns and stay two."""

    key: str
    label: Words
    since: Words
    law: Span
    ref: str
    confidence: str
    policy: Span
    why: Words
    shreds: str
    clock: str

    @property
    def years(self) -> int:
        return max(self.law.years, self.policy.years)

    def over_before(self, now: datetime) -> datetime:
        """The later of both ends counts."""
        return min(self.law.before(now), self.policy.before(now))


@cache
def classes() -> dict[str, Class]:
    rows = yaml.load(
        Path(__file__).with_name("data").joinpath("retention.yaml").read_text("utf-8"),
        Loader=yaml.CSafeLoader,
    )
    return {row["key"]: _class(row) for row in rows}


def _class(row: dict[str, Any]) -> Class:
    law, policy = row["law"], row["policy"]
    return Class(
        row["key"], Words(**row["label"]), Words(**row["from"]), _span(law), law["ref"], law["confidence"], _span(policy),
        Words(**policy["why"]), row["shreds"], row.get("clock", ""),
    )  # fmt: skip


def _span(facts: dict[str, Any]) -> Span:
    unit = next(unit for unit in UNITS if unit in facts)
    return Span(facts[unit], unit)


def class_of(case: "Case") -> Class:
    """By the clock that began with its archiving; the facts of the case may have changed since."""
    clocks = {one.clock: one for one in classes().values() if one.clock}
    held = Deadline.objects.filter(obj_id=case.pk, clock__in=clocks).order_by("-created_at").first()
    return clocks[held.clock] if held and case.state == "archived" else classes()["case_closed"]


def kept_since(case: "Case") -> datetime | None:
    archived = StepRecord.objects.filter(obj_id=case.pk, move="archive").aggregate(at=Max("recorded_at"))[
        "at"
    ]
    return archived if case.state == "archived" else None


def kept_until(case: "Case") -> date | None:
    """The last day; None: it is not in the archive, so no time runs."""
    since = kept_since(case)
    if since is None:
        return None
    day = timezone.localdate(since)
    year = day.year + class_of(case).years
    # A file of the 29th of February is kept until the 28th.
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


@dataclass(frozen=True)
class Due:
    case: "Case"
    kind: Class
    until: date
    held: bool


def over(cases: Any, actor: Actor, today: date, limit: int = 200) -> list[Due]:
    """Archived cases of this body whose time is over; the longest over first."""
    kept = [one.clock for one in classes().values() if one.clock]
    ended = Deadline.objects.filter(clock__in=kept, closed_at=None, started_to__lt=_years_ago(today))
    rows = cases.filter(agency_id=actor.agency_id, state="archived", pk__in=ended.values("obj_id"))
    marks = FileMark.objects.standing().filter(kind=MarkKind.HOLD)
    held = set(marks.values_list("subject_id", flat=True))
    found = [(case, kept_until(case)) for case in rows.order_by("created_at")[:limit]]
    due = [
        Due(case, class_of(case), until, case.pk in held) for case, until in found if until and until < today
    ]
    return sorted(due, key=lambda one: one.until)


def _years_ago(today: date) -> datetime:
    """No class of the archive is shorter: what was archived later cannot be over."""
    least = min(one.years for one in classes().values() if one.clock)
    return timezone.now() - timedelta(days=365 * least)
