"""Bodies that sat together over one case, as a text tells it."""

from datetime import timedelta
from uuid import UUID

from agencies.kinds import AgencyKind
from agencies.models import Agency
from casework.measures.case_conference.models import CaseConference
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform

KINDS = (
    ("法院", AgencyKind.COURT), ("公安", AgencyKind.POLICE), ("派出所", AgencyKind.POLICE), ("民政", AgencyKind.CIVIL_AFFAIRS),
    ("司法", AgencyKind.JUSTICE), ("检察", AgencyKind.PROCURATORATE), ("残联", AgencyKind.PARTNER),
    ("社区", AgencyKind.COMMITTEE), ("居委", AgencyKind.COMMITTEE), ("村委", AgencyKind.COMMITTEE),
)  # fmt: skip
MISSING = "原文未述"


def reviewed(story: Play, event: Event) -> None:
    """A review of danger by several bodies with the federation among them is a conference; any other is an event."""
    story.note(event)
    bodies = _bodies(event.actor)
    if not bodies or not words.names_federation(event.actor):
        return
    worker, now, said = story.cast.caseworker, story.clock, event.details or MISSING
    one: CaseConference = begin(
        CaseConference, actor=worker, case=story.case, ground="stuck", basis="duty", brief=said, now=now
    )
    meets_at = now + timedelta(minutes=1)  # the text names no hour
    perform(one, "call", actor=story.cast.lead, meets_at=meets_at, place=MISSING, invited=bodies, now=now)
    perform(one, "hold", actor=worker, attended=bodies, minutes=said, **story.at(event))
    perform(one, "sign", actor=story.cast.lead, nothing=True, **story.at(event))
    perform(one, "close", actor=worker, now=story.clock)


def _bodies(text: str) -> list[UUID]:
    """One of the district's own bodies for each kind that is named."""
    kinds = dict.fromkeys(kind for word, kind in KINDS if word in text)
    found = [Agency.objects.filter(kind=kind).order_by("name").first() for kind in kinds]
    return [body.pk for body in found if body is not None]
