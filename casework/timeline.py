"""One story out of three sources: the steps of every life, the coded events, the incidents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.selectors import names_of
from casework.models import Case
from workflow.models import StepRecord
from workflow.registry import lives
from workflow.table import Workflow
from workflow.when import When


@dataclass(frozen=True)
class Entry:
    """`source`: step, happening or incident. `obj` is its row; sealed texts stay closed until revealed."""

    source: str
    title: str | Promise
    when: When
    recorded_at: datetime
    who: str | Promise
    obj: Any
    note: str | Promise = ""
    danger: bool = False

    @property
    def at(self) -> datetime:
        return self.when.earliest or self.when.latest or self.recorded_at

    @property
    def dated(self) -> bool:
        return self.when.earliest is not None or self.when.latest is not None


def timeline(case: Case) -> tuple[list[Entry], list[Entry]]:
    """(dated, newest first; undated, in the order they were told)."""
    entries = [*_steps(case), *_happenings(case), *_incidents(case)]
    dated = sorted((e for e in entries if e.dated), key=lambda e: (e.at, e.recorded_at), reverse=True)
    return dated, [entry for entry in entries if not entry.dated]


def _steps(case: Case) -> Iterable[Entry]:
    flows = {key: model.flow for key, model in lives().items()}
    rows = list(StepRecord.objects.filter(subject_id=case.pk))
    names = names_of(row.actor_user for row in rows)
    for row in rows:
        flow = flows.get(row.flow)
        if flow is not None:
            moved = row.from_state != row.to_state
            state = flow.states(row.to_state).label if moved else ""
            who = names.get(row.actor_user) or _("System")
            yield Entry("step", _title(flow, row.move), row.when, row.recorded_at, who, row, state)


def _title(flow: Workflow, move: str) -> str:
    try:
        return f"{flow.label}：{flow.move(move).button}"
    except KeyError:
        return str(flow.label)


def _happenings(case: Case) -> Iterable[Entry]:
    for row in case.happenings.all():
        yield Entry(
            "happening", row.get_kind_display(), row.happened, row.created_at, row.get_actor_body_display(), row,
            _("Concluded, not told") if row.inferred else "",
        )  # fmt: skip


def _incidents(case: Case) -> Iterable[Entry]:
    for row in case.incidents.all():
        yield Entry("incident", _("Violence"), row.happened, row.created_at, "", row, danger=True)
