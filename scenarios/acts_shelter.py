"""A stay in a shelter as a text tells it: asked for, taken in, longer, left."""

from typing import Any

from casework.measures.shelter_stay.models import ShelterStay
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform
from workflow.when import Precision, When


def _facts(story: Play) -> dict[str, Any]:
    """The file's own row for the stay now being told."""
    rows = story.scenario.rows("shelter_stays")
    return rows[min(len(story.stays), len(rows) - 1)] if rows else {}


def requested(story: Play, event: Event) -> None:
    persons = _facts(story).get("persons")
    children = persons - 1 if isinstance(persons, int) and persons > 1 else 0
    before = When(None, event.when.latest, Precision.RANGE)
    stay = begin(
        ShelterStay, actor=story.cast.caseworker, case=story.case, subject="family" if children else "adult",
        at=before, now=story.clock,
    )  # fmt: skip
    takes: dict[str, Any] = {
        "agency": story.cast.shelter.agency_id,
        "source": "self",
        "children_count": children,
    }
    perform(stay, "request", actor=story.cast.caseworker, request=event.details, **takes, **story.at(event))
    story.stays.append(stay)


def _open(story: Play, event: Event) -> ShelterStay:
    """The request an admission speaks of; where the text has none, one without a date."""
    if not story.stays or story.stays[-1].state != "requested":
        before = When(None, event.when.latest, Precision.RANGE)
        requested(story, Event(event.seq, "shelter_requested", "", "", before, True))
        story.say(event, "no request stated before it; one without a date was recorded")
    return story.stays[-1]


def admitted(story: Play, event: Event) -> None:
    perform(_open(story, event), "admit", actor=story.cast.shelter, **story.at(event))


def extended(story: Play, event: Event) -> None:
    if not story.stays:
        story.note(event)
        return
    row = _facts(story).get("extended_until")
    if row is None:
        story.say(event, "the new day is not stated; kept on the timeline")
        story.note(event)
        return
    perform(
        story.stays[-1], "file_longer", actor=story.cast.shelter, leave_by=row, reason=event.details or "原文未述",
        **story.at(event),
    )  # fmt: skip


def left(story: Play, event: Event) -> None:
    if not story.stays or not story.stays[-1].is_in:
        story.note(event)
        return
    perform(
        story.stays[-1], "leave", actor=story.cast.shelter, exit_mode="self", reason=event.details or "原文未述",
        **story.at(event),
    )  # fmt: skip


def taken_into_care(story: Play, event: Event) -> None:
    """By civil affairs: temporary guardianship. With the other parent or a private person: an entry of the timeline."""
    if words.body(event.actor) != "civil_affairs":
        story.note(event)
        return
    stay = begin(ShelterStay, actor=story.cast.caseworker, case=story.case, subject="minor", now=story.clock)
    perform(
        stay, "request", actor=story.cast.caseworker, agency=story.cast.shelter.agency_id, source="police",
        **story.at(event),
    )  # fmt: skip
    perform(stay, "take_into_care", actor=story.cast.shelter, ground="harmed", **story.at(event))
    story.stays.append(stay)
