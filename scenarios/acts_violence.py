"""Violence, and the warning letters for it."""

from typing import Any

from casework import services
from casework.measures.warning_letter.models import WarningLetter
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform
from workflow.when import Precision, When


def incident(story: Play, event: Event) -> None:
    alleged = "alleged_only" in (story.scenario.part("violence_forms").get("other") or [])
    services.record_incident(
        story.case, actor=story.cast.caseworker, when=event.when, account=event.details, alleged_only=alleged
    )
    relapse(story, event)


def relapse(story: Play, event: Event) -> None:
    """Violence after a letter was issued is a fact of the letter's life too (W18)."""
    letter = story.letter
    if letter is not None and letter.state not in (
        "ended",
        "penalised",
        "prosecuted",
        "refused",
        "criticised",
    ):
        perform(
            letter,
            "report_relapse",
            actor=story.cast.caseworker,
            account=event.details or event.kind,
            **story.at(event),
        )


def letter_issued(story: Play, event: Event) -> None:
    rows = story.scenario.rows("warning_letters")
    row = rows[len(story.letters)] if len(rows) > len(story.letters) else {}
    kind = "harassment" if str(row.get("type")) in ("harassment", "sexual_harassment") else "dv"
    if story.letters:
        story.say(event, "a second letter: the product asks why there is no penalty instead (W18)")
    if not story.case.incidents.exists():
        services.record_incident(
            story.case, actor=story.cast.caseworker, when=When.unknown(), account=event.details
        )
        story.say(
            event,
            "no incident dated before the letter; one without a date was recorded, because a letter states facts",
        )
    begun = begin(
        WarningLetter, actor=story.cast.caseworker, case=story.case, letter_type=kind, origin="police"
    )
    story.letters.append(begun)
    before = When(None, event.when.latest, Precision.RANGE)
    perform(
        begun,
        "learn",
        actor=story.cast.caseworker,
        police_agency=story.cast.police.agency_id,
        at=before,
        now=story.clock,
    )
    reason: dict[str, Any] = {"second_letter_reason": "原文未述理由"} if len(story.letters) > 1 else {}
    perform(begun, "issue", actor=story.cast.police, **reason, **story.at(event))


def letter_served(story: Play, event: Event) -> None:
    if story.letter is None:
        letter_issued(story, event)
    assert story.letter is not None
    perform(story.letter, "serve", actor=story.cast.police, **story.at(event))


def police_visit(story: Play, event: Event) -> None:
    if story.letter is None or story.letter.state != "served":
        story.note(event)
        return
    perform(
        story.letter,
        "visit_clean",
        actor=story.cast.police,
        found_by="police",
        account=event.details,
        **story.at(event),
    )
