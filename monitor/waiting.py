"""What waits for whom: for each seat and each office one list, made of rows that person may see anyway."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext as p_

from agencies.actor import Actor
from monitor.models import (
    EarlyWarning,
    Inspection,
    PlanRecord,
    PlanReport,
    Proposal,
    Publication,
    Round,
    Seat,
    Submission,
    UnitPaper,
)
from monitor.people import is_bureau, is_office
from monitor.seats import Group, seats_now


@dataclass(frozen=True, slots=True)
class Desk:
    """One seat or office: until when it lasts, (what, rows) that wait, and the frozen tables it may read."""

    name: str
    ends_on: Any = None
    waits: list[tuple[str, list[Any]]] = field(default_factory=list)
    tables: list[Publication] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return any(rows for _what, rows in self.waits)


def desks(actor: Actor) -> list[Desk]:
    found = []
    if is_bureau(actor):
        found.append(Desk(p_("group", "Statistics bureau"), waits=_bureau(actor)))
    if is_office(actor):
        found.append(Desk(p_("group", "Committee office"), waits=_office(actor)))
    return found + [_seat(one, actor) for one in seats_now(actor)]


def _seat(one: Seat, actor: Actor) -> Desk:
    name = str(one.get_group_display())
    if one.group == Group.THIRD_PARTY:
        tables = Publication.objects.filter(area=one.area_id).defer("content")
        return Desk(name, one.ends_on, tables=list(tables[:60]))
    waits = {Group.LEADING: _leading, Group.MONITORING: _monitoring, Group.EVALUATION: _evaluation}[
        Group(one.group)
    ]
    return Desk(name, one.ends_on, waits(actor, one.area_id))


def _bureau(actor: Actor) -> list[tuple[str, list[Any]]]:
    handed = Submission.objects.visible_to(actor).filter(state="handed_in").select_related("round", "agency")
    return [
        (p_("waits", "Reports of units to accept or give back"), _listed(handed, _of_submission)),
        (p_("waits", "Rounds to lead on"), _rounds(actor, "planned", "validating", "approved")),
        (p_("waits", "Reports to publish"), _titled(PlanReport.objects.visible_to(actor).filter(state="approved"))),
    ]  # fmt: skip


def _office(actor: Actor) -> list[tuple[str, list[Any]]]:
    warnings = EarlyWarning.objects.visible_to(actor).filter(state__in=["raised", "acknowledged"])
    return [
        (p_("waits", "Papers of units handed in"), _of_units(UnitPaper.objects.visible_to(actor).filter(state="handed_in"))),
        (p_("waits", "Findings said to be mended"), _of_units(Inspection.objects.visible_to(actor).filter(state="mended"))),
        (p_("waits", "Problems past their day"), _overdue(actor)),
        (p_("waits", "Early warnings without a response"), _titled(warnings)),
        (p_("waits", "Reports to publish"), _titled(PlanReport.objects.visible_to(actor).filter(state="approved"))),
    ]  # fmt: skip


def _leading(actor: Actor, area: str) -> list[tuple[str, list[Any]]]:
    reports = PlanReport.objects.visible_to(actor).filter(
        area=area, state="review", leading__contains=[actor.user_id]
    )
    rounds = Round.objects.visible_to(actor).filter(
        area=area, state="review", leading__contains=[actor.user_id]
    )
    proposals = Proposal.objects.visible_to(actor).filter(area=area, state="proposed")
    return [
        (p_("waits", "Rounds to approve"), _titled(rounds)), (p_("waits", "Reports to approve"), _titled(reports)),
        (p_("waits", "Proposals to decide"), _titled(proposals)),
    ]  # fmt: skip


def _monitoring(actor: Actor, area: str) -> list[tuple[str, list[Any]]]:
    reports = PlanReport.objects.visible_to(actor).filter(area=area, state__in=["draft", "comments"])
    raised = EarlyWarning.objects.visible_to(actor).filter(area=area, state="raised")
    return [
        (p_("waits", "Rounds under way"), _rounds(actor, "collecting", "validating")),
        (p_("waits", "Reports being written"), _titled(reports)),
        (p_("waits", "Early warnings nobody has acknowledged"), _titled(raised)),
    ]  # fmt: skip


def _evaluation(actor: Actor, area: str) -> list[tuple[str, list[Any]]]:
    reports = (
        PlanReport.objects.visible_to(actor)
        .filter(area=area, state__in=["draft", "comments"])
        .exclude(kind="annual")
    )
    own = UnitPaper.objects.visible_to(actor).filter(area=area, kind="self").exclude(state="received")
    return [
        (p_("waits", "Self-evaluations under way"), _of_units(own)), (p_("waits", "Reports being written"), _titled(reports)),
        (p_("waits", "Problems past their day"), _overdue(actor)),
    ]  # fmt: skip


def _of_submission(one: Submission) -> str:
    return f"{one.agency} · {one.round.title()}"


def _rounds(actor: Actor, *states: str) -> list[Any]:
    return _titled(Round.objects.visible_to(actor).filter(state__in=states))


def _overdue(actor: Actor) -> list[Any]:
    late = PlanRecord.objects.visible_to(actor).filter(
        kind="problem", state="open", due_on__lt=timezone.localdate()
    )
    return _of_units(late)


def _titled(rows: Iterable[Any]) -> list[Any]:
    return _listed(rows, lambda one: one.title())


def _of_units(rows: Any) -> list[Any]:
    return _listed(rows.select_related("agency"), lambda one: f"{one.agency} · {one.title()}")


def _listed(rows: Any, words: Any) -> list[Any]:
    return [(words(one), one.get_absolute_url(), one.state_label) for one in rows[:50]]
