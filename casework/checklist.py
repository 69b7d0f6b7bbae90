"""The checklist of a case as its page shows it: items, what was ticked, where help is asked for first."""

from dataclasses import dataclass
from typing import Any

from agencies.actor import Actor
from casework.case_types import Step
from casework.codes import Ticked
from casework.measure import measure_models
from casework.models import Case, Tick


@dataclass(frozen=True, slots=True)
class Line:
    """`tick`: the latest word on this item, if any."""

    step: Step
    tick: Tick | None

    @property
    def settled(self) -> bool:
        return self.tick is not None and self.tick.answer != Ticked.OPEN


def checklist(case: Case, actor: Actor) -> dict[str, Any]:
    """First steps first; one query."""
    latest = {row.item: row for row in case.ticks.filter(matter=case.matter).select_related("made_by")}
    lines = sorted(
        (Line(step, latest.get(step.key)) for step in case.type.items), key=lambda x: not x.step.first
    )
    return {
        "lines": lines,
        "settled": sum(line.settled for line in lines),
        "harms": case.type.harm_words(case.harms),
        "hand_overs": _hand_overs(case, actor),
        "version": case.type.version,
    }


def _hand_overs(case: Case, actor: Actor) -> list[tuple[str, str, str]]:
    """(flow, address part, word) of the services this type asks for first, from whatever room hands over."""
    found = []
    for kind in measure_models():
        if kind.service_column and kind.flow.opening.who(actor, None):
            words = dict(kind._meta.get_field(kind.service_column).choices or ())  # type: ignore[union-attr]
            named = [(service, words[service]) for service in case.type.refer if service in words]
            found += [
                (kind.flow.key, f"{kind.service_column}={service}", str(word)) for service, word in named
            ]
    return found
