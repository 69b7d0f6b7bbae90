"""What police, procuratorate and court made of it as a crime. A text often tells the end and not the way."""

from typing import Any

from casework.measures.criminal_track.models import CriminalTrack
from casework.measures.criminal_track.workflow import OPEN, STOPPED
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform
from workflow.when import Precision, When

OFFENCES = (
    ("故意杀人", "232"), ("murder", "232"), ("故意伤害", "234"), ("强奸", "236"), ("猥亵", "237"), ("非法拘禁", "238"),
    ("虐待被监护", "260_1"), ("虐待", "260"), ("遗弃", "261"), ("拒不执行", "313"),
)  # fmt: skip
GRADES = (
    ("轻微伤", "slight"), ("轻伤一级", "light_1"), ("轻伤二级", "light_2"), ("轻伤", "light_2"),
    ("重伤一级", "grave_1"), ("重伤", "grave_2"),
)  # fmt: skip


def _track(story: Play, event: Event) -> CriminalTrack:
    """The one criminal matter of the text, begun when it is first told of; when that was is not stated."""
    found: CriminalTrack | None = CriminalTrack.objects.filter(case=story.case).order_by("created_at").last()
    if found is not None:
        return found
    return begin(
        CriminalTrack, actor=story.cast.caseworker, case=story.case, now=story.clock,
        at=When(None, event.when.latest, Precision.RANGE), police_agency=story.cast.police.agency_id,
    )  # fmt: skip


def _offences(text: str) -> list[str]:
    return [
        code for word, code in OFFENCES if word in text.lower() and not (code == "260" and "被监护" in text)
    ]


def filed(story: Play, event: Event) -> None:
    """Filed by police: a criminal case. Anybody else's filing is an entry of the timeline."""
    if words.body(event.actor) != "police":
        story.note(event)
        return
    track = _track(story, event)
    perform(track, "file", actor=story.cast.caseworker, offences=_offences(event.details), **story.at(event))


def commissioned(story: Play, event: Event) -> None:
    """Whether it could be judged at once is not told: complex is the reading that accuses nobody."""
    track = _track(story, event)
    perform(track, "commission", actor=story.cast.caseworker, appraisal="complex", **story.at(event))


def appraised(story: Play, event: Event) -> None:
    grade = words.one_of(event.details, GRADES, "")
    takes: dict[str, Any] = {"account": event.details}
    if grade:
        takes["grade"] = grade
    perform(_track(story, event), "certify", actor=story.cast.caseworker, **takes, **story.at(event))


def detained(story: Play, event: Event) -> None:
    perform(_track(story, event), "detain", actor=story.cast.caseworker, custody="held", **story.at(event))


def prosecuted(story: Play, event: Event) -> None:
    track = _track(story, event)
    if track.state in STOPPED:
        perform(
            track,
            "reopen",
            actor=story.cast.caseworker,
            reason=event.details or event.kind,
            **story.at(event),
        )
    perform(
        track, "prosecute", actor=story.cast.caseworker, offences=_offences(event.details), **story.at(event)
    )


def convicted(story: Play, event: Event) -> None:
    """A victim sentenced for resisting is no conviction of the perpetrator; the text says whom."""
    track = _track(story, event)
    takes: dict[str, Any] = {"offences": found} if (found := _offences(event.details)) else {}
    perform(
        track,
        "convict",
        actor=story.cast.caseworker,
        verdict="unknown",
        account=event.details,
        **takes,
        **story.at(event),
    )


def judged(story: Play, event: Event) -> None:
    """A judgment in a criminal matter that is under way acquits or convicts in words we cannot tell apart: it is noted."""
    track = CriminalTrack.objects.filter(case=story.case, state__in=OPEN).first()
    if track is not None:
        story.say(event, "the criminal judgment does not say guilty or not; kept on the timeline")
    story.note(event)
