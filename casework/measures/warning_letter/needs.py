"""What a warning letter needs before a step. Each sees the letter with the step's fields already filled in."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.warning_letter.models import WarningLetter

CLEAN_VISITS = 3
DEFIANCE_FROM = date(
    2026, 1, 1
)  # the revised 治安管理处罚法 is in force; no act before it is punished under it


@need(_("Record the perpetrator first: the letter must say who he or she is."), law="W07")
def perpetrator_known(letter: "WarningLetter") -> bool:
    return letter.case_has("respondent")


@need(_("Record at least one incident first: the letter must state the facts."), law="W07")
def facts_recorded(letter: "WarningLetter") -> bool:
    return letter.case_has("incident")


@need(
    _(
        "There was a letter or a penalty in this case before. A letter may not stand in for punishment: give the reason."
    ),
    law="W18",
)
def first_letter_or_reasoned(letter: "WarningLetter") -> bool:
    return bool(letter.second_letter_reason) or not letter.case_has("earlier")


@need(_("That the federation was told is already recorded."), law="W10")
def notice_not_yet_noted(letter: "WarningLetter") -> bool:
    return not letter.notice_noted


@need(_("Write the safety plan first: service can set off new violence."), law="F03")
def safety_plan_ready(letter: "WarningLetter") -> bool:
    return letter.case_has("plan")


@need(_("The letter has been served already."), law="W08")
def not_yet_served(letter: "WarningLetter") -> bool:
    return not letter.was_served


@need(_("The letter was never served: serve it, or record the penalty."), law="W08")
def served_before(letter: "WarningLetter") -> bool:
    return letter.was_served


@need(_("He or she refused to sign: note that the refusal was recorded on video."), law="W08")
def refusal_noted_on_video(letter: "WarningLetter") -> bool:
    return letter.refusal_on_video or not letter.refused_to_sign


@need(_("She has no or limited legal capacity: her copy goes to a guardian or to civil affairs."), law="W09")
def guardian_served(letter: "WarningLetter") -> bool:
    return not letter.needs_guardian or letter.served_to not in {"", "victim"}


@need(_("Her guardian is the suspected perpetrator: serve another guardian or civil affairs."), law="W09")
def guardian_not_perpetrator(letter: "WarningLetter") -> bool:
    return letter.served_to != "guardian" or not letter.guardian_is_suspect


@need(_("Three clean visits in a row are needed before the visits may end."), law="W12")
def three_clean_visits(letter: "WarningLetter") -> bool:
    return letter.clean_visits >= CLEAN_VISITS or not concerns_violence(letter)


@need(
    _(
        "Defying a letter is punishable by itself only since 1 January 2026, and this is not known to be later."
    ),
    law="W19",
)
def defiance_punishable(letter: "WarningLetter") -> bool:
    if letter.asked.get("ground") != "defiance":
        return True
    return letter.relapsed_on is not None and letter.relapsed_on >= DEFIANCE_FROM


def concerns_violence(letter: "WarningLetter") -> bool:
    """The 72 hours, the visits and the education are rules on domestic violence; a letter for sexual
    harassment (W20) has no such clocks."""
    return letter.concerns_violence


def due_on_the_spot(letter: "WarningLetter") -> bool:
    return concerns_violence(letter) and letter.spot_due


def visits_go_on(letter: "WarningLetter") -> bool:
    """After the visit now being recorded another is due, unless it completes the row."""
    return concerns_violence(letter) and letter.clean_visits + letter.visit_counts < CLEAN_VISITS


def quarterly_again(letter: "WarningLetter") -> bool:
    """A first visit that is still owed runs on by its own clock."""
    return concerns_violence(letter) and letter.first_visit_done
