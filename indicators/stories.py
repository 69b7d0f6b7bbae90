"""Figures over the whole life of a case: what followed its opening, and what came back after its closing.

A story counts in the month of its beginning, so that a part of a year's cases never outgrows the year. It is told
again from its steps whenever one is added, whatever the order they are counted in: see consumer.count_stories.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.counting import Key, first_of_month, happened, home_of
from indicators.figures import VIOLENCE, Only, Text, only
from workflow.counting import add_months
from workflow.models import StepRecord

Moves = frozenset[tuple[str, str]]
# Longer than this is one class: sixty days.
LONGEST = 60 * 24


@dataclass(frozen=True, slots=True)
class Story:
    """The first of `begins` in a case; with `then`, only if one of these followed, within so many months.

    `hours`: also by the full hours between the two, so that a median can be read from the tallies.
    """

    key: str
    label: Text
    counts: Text
    begins: Moves
    then: Moves = frozenset()
    months: int = 0
    hours: bool = False
    only: tuple[Only, ...] = ()
    then_only: tuple[Only, ...] = ()


def moves(*texts: str) -> Moves:
    """ "case open close" -> the two moves of a case."""
    return frozenset((flow, move) for flow, *names in (text.split() for text in texts) for move in names)


OPENED, CLOSED = moves("case open"), moves("case close")
ASKED = moves("warning_letter request learn", "protection_order file", "shelter_stay request", "referral send",
              "criminal_track report", "no_contact_order ask learn", "mandatory_report report")  # fmt: skip
GIVEN = moves("warning_letter issue", "protection_order grant grant_after_all", "shelter_stay admit take_into_care",
              "referral start finish", "criminal_track file", "no_contact_order order learn")  # fmt: skip
AGAIN = moves("warning_letter visit_relapse report_relapse", "protection_order report_breach",
              "no_contact_order report_breach", "follow_up_visit hold")  # fmt: skip
HEARD = moves("interview hold")
FIRST_ACTION = moves("case assess inform_rights escalate activate") | ASKED

STORIES = {
    story.key: story
    for story in (
        Story("story_opened", _("Cases of violence opened"), _("Cases of domestic violence, in the month they were opened."),
              OPENED, only=(VIOLENCE,)),
        Story("story_assessed", _("… danger assessed"), _("Of these, those whose danger was assessed."),
              OPENED, moves("case assess"), only=(VIOLENCE,)),
        Story("story_informed", _("… told of her rights"), _("Of these, those in which she was told of the protection order."),
              OPENED, moves("case inform_rights", "protection_order inform"), only=(VIOLENCE,)),
        Story("story_asked", _("… a measure asked for"), _("Of these, those with at least one measure asked for."),
              OPENED, ASKED, only=(VIOLENCE,)),
        Story("story_given", _("… a measure in force"), _("Of these, those with at least one measure made, begun or given."),
              OPENED, GIVEN, only=(VIOLENCE,)),
        Story("story_visited", _("… visited afterwards"), _("Of these, those with at least one follow-up visit that took place."),
              OPENED, moves("follow_up_visit hold"), only=(VIOLENCE,)),
        Story("story_closed", _("Cases of violence closed"),
              _("Cases of domestic violence, in the month they were first closed."),
              CLOSED, only=(VIOLENCE,)),
        Story("story_again_6", _("New violence within 6 months"),
              _("Of these, those with recorded new violence within 6 months."),
              CLOSED, AGAIN, 6, only=(VIOLENCE,)),
        Story("story_again_12", _("New violence within 12 months"),
              _("Of these, those with recorded new violence within 12 months."),
              CLOSED, AGAIN, 12, only=(VIOLENCE,)),
        Story("story_heard", _("Cases with an interview"),
              _("Cases in which somebody harmed was interviewed, in the month of the first time."),
              HEARD),
        Story("story_heard_again", _("… interviewed again"), _("Of these, those in which the same person had to tell it again."),
              HEARD, HEARD, then_only=(only("repeat", "True"),)),
        Story("story_first_action", _("… a first action"),
              _("Cases of domestic violence with a first action, by the hours until then."),
              OPENED, FIRST_ACTION, hours=True, only=(VIOLENCE,)),
    )
}  # fmt: skip
TOLD: Moves = frozenset[tuple[str, str]]().union(*(one.begins | one.then for one in STORIES.values()))
NEW_VIOLENCE = only("new_violence", "True")


def is_told(step: StepRecord) -> bool:
    """Could this step change a story?"""
    return (step.flow, step.move) in TOLD


def story_keys(steps: Sequence[StepRecord]) -> list[Key]:
    """Where the steps of one case stand in the tallies; sorted, each once."""
    rows = sorted(steps, key=lambda step: step.seq)
    return sorted({key for story in STORIES.values() for key in _keys(story, rows)})


def _keys(story: Story, steps: Sequence[StepRecord]) -> Iterable[Key]:
    first = next((step for step in steps if (step.flow, step.move) in story.begins), None)
    if first is None or not all(one.holds(first.facts) for one in story.only):
        return
    began = happened(first)
    key = Key(first_of_month(began), story.key, home_of(first.facts), "")
    if not story.then:
        yield key
        return
    ends = [happened(step) for step in steps if _follows(step, story, first)]
    last = add_months(_day(began), story.months)
    if ends := [at for at in ends if not story.months or _day(at) <= last]:
        yield key
        if story.hours:
            yield key._replace(dims=f"hours={_hours(began, min(ends))}")


def _follows(step: StepRecord, story: Story, first: StepRecord) -> bool:
    if (step.flow, step.move) not in story.then or (story.months and happened(step) < happened(first)):
        return False
    if step.flow == "follow_up_visit" and story.then == AGAIN:
        return NEW_VIOLENCE.holds(step.facts)
    return all(one.holds(step.facts) for one in story.then_only)


def _day(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def _hours(began: datetime, ended: datetime) -> int:
    return max(0, min(LONGEST, (ended - began) // timedelta(hours=1)))
