"""What a warning letter needs before a step. Each sees the letter with the step's fields already filled in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.warning_letter.models import WarningLetter

CLEAN_VISITS = 3


@need(_("Record the perpetrator first: the letter must say who he or she is."), law="W07")
def perpetrator_known(letter: "WarningLetter") -> bool:
    return letter.case_has_person("respondent")


@need(_("Record at least one incident first: the letter must state the facts."), law="W07")
def facts_recorded(letter: "WarningLetter") -> bool:
    return letter.case_has_incident()


@need(
    _(
        "There is an earlier letter in this case. A second letter may not stand in for punishment: give the reason."
    ),
    law="W18",
)
def first_letter_or_reasoned(letter: "WarningLetter") -> bool:
    return bool(letter.second_letter_reason) or not letter.earlier_letters()


@need(_("The notice has already been noted."), law="W10")
def notice_not_yet_noted(letter: "WarningLetter") -> bool:
    return not letter.notice_noted


@need(_("Write the safety plan first: service can set off new violence."))
def safety_plan_ready(letter: "WarningLetter") -> bool:
    return letter.case_has_safety_plan()


@need(_("He or she refused to sign: note that the refusal was recorded on video."), law="W08")
def refusal_noted_on_video(letter: "WarningLetter") -> bool:
    return letter.refusal_on_video or not letter.refused_to_sign


@need(_("Three clean visits in a row are needed before the visits may end."), law="W12")
def three_clean_visits(letter: "WarningLetter") -> bool:
    return letter.clean_visits >= letter.clean_visit_goal


def visits_go_on(letter: "WarningLetter") -> bool:
    """After the visit now being recorded another is due, unless it completes the row."""
    return letter.clean_visits + 1 < letter.clean_visit_goal


@need(_("The letter was never served: visits begin with service."), law="W11")
def was_served(letter: "WarningLetter") -> bool:
    return letter.was_served()
