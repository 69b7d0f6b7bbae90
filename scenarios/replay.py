"""Perform scenarios, once each, and say what became of them."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from casework.models import Case
from scenarios.cast import Cast
from scenarios.compare import compare
from scenarios.facts import Scenario, read
from scenarios.play import play
from scenarios.tally import Outcome, outcome_of
from workflow.models import StepRecord


def replay(path: Path, cast: Cast) -> Outcome:
    """One file: performed if it is new here, and read out in any case."""
    scenario = read(path)
    case, findings = _case(scenario, cast)
    latest = [event.when.latest or event.when.earliest for event in scenario.events]
    now = max([moment for moment in latest if moment is not None], default=timezone.now())
    outcome = outcome_of(scenario, case, now)
    outcome.findings = findings
    outcome.differences = compare(outcome)
    return outcome


@transaction.atomic
def _case(scenario: Scenario, cast: Cast) -> tuple[Case, list[str]]:
    done = StepRecord.objects.filter(key=f"scenario-{scenario.id}").first()
    if done is not None:
        return Case.objects.get(pk=done.obj_id), [*scenario.findings, "performed before; read out again"]
    story = play(scenario, cast)
    story.case.refresh_from_db()
    return story.case, story.findings
