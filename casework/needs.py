"""What a case needs before a step. Each sees the case with the step's fields already filled in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.codes import AgeBand, ClosingReason, Danger, Matter
from workflow.table import need

if TYPE_CHECKING:
    from casework.models import Case

NO_FOLLOW_UP = frozenset({ClosingReason.DECEASED, ClosingReason.MISTAKEN})
MINORS = frozenset({AgeBand.UNDER_6, AgeBand.UNDER_14, AgeBand.UNDER_18})
STILL_OPEN = frozenset({"intake", "assessed", "active", "monitoring"})


@need(_("Assess the danger first: answer the scale or record the duty leader's judgement."), law="F01")
def danger_assessed(case: "Case") -> bool:
    return case.latest_level() == case.danger


@need(_("Name the caseworker who is responsible first."), law="F03")
def assignee_named(case: "Case") -> bool:
    return case.assignee_id is not None


@need(_("The danger is high: mediation and persuasion to make up are not allowed."), law="F03")
def danger_not_high(case: "Case") -> bool:
    return case.danger != Danger.HIGH


@need(
    _("The danger is not yet known: answer all questions of the scale before mediation is thought of."),
    law="F03",
)
def danger_known(case: "Case") -> bool:
    return case.danger in {Danger.LOW, Danger.MEDIUM, Danger.HIGH}


@need(_("The danger is not high, so nothing has to be reported upward."), law="F03")
def danger_is_high(case: "Case") -> bool:
    return case.danger == Danger.HIGH


@need(_("Both have to be told: the police and the superior federation."), law="F03")
def both_told(case: "Case") -> bool:
    return not case.asked or (
        case.asked.get("police_told") is True and case.asked.get("superior_told") is True
    )


@need(_("Tell her of her right to a protection order first, and record it."), law="P13")
def rights_informed(case: "Case") -> bool:
    return case.rights_informed_at is not None


@need(_("Answer the question about children first: is a child living with the violence?"), law="A05")
def children_question_answered(case: "Case") -> bool:
    return case.children_answered is not None


@need(_("Say why the case is closed."), law="F06")
def closing_reason_given(case: "Case") -> bool:
    return bool(case.closing_reason)


@need(_("Plan the follow-up: give the day on which you ask whether she is safe."), law="F05")
def follow_up_planned(case: "Case") -> bool:
    return case.follow_up_on is not None or case.closing_reason in NO_FOLLOW_UP


@need(_("Record the follow-up first: is she safe after the case was closed?"), law="F05")
def followed_up(case: "Case") -> bool:
    return not case.has_open_clock("wf_post_close_follow_up")


@need(_("Choose another women's federation: a case is passed on, never refused."), law="N02")
def passed_to_federation(case: "Case") -> bool:
    return case.passed_on_properly()


@need(_("Choose an open case of the same person, other than this one."), law="F01")
def joins_another(case: "Case") -> bool:
    other = case.joined_to
    return other is None or (other.pk != case.pk and other.state in STILL_OPEN)


@need(_("This is no named direct petition, so no written notice is due."), law="X03")
def notice_is_due(case: "Case") -> bool:
    return case.named_petition and not case.legal_route


@need(_("This is no matter of sexual harassment, so no written result is due."), law="L06")
def result_is_due(case: "Case") -> bool:
    return is_harassment(case)


@need(_("This is no matter of trafficking, so no report of it is due."), law="M11")
def trafficking_is_told(case: "Case") -> bool:
    return is_trafficking(case)


@need(_("Choose another case type than the present one."), law="F01")
def another_type(case: "Case") -> bool:
    return case.matter != case.kept_matter()


def is_harassment(case: "Case") -> bool:
    return case.matter == Matter.SEXUAL_HARASSMENT


@need(_("Nobody has asked about her data since the last answer."), law="D09")
def data_was_asked(case: "Case") -> bool:
    return case.has_open_clock("data_subject_request")


@need(_("Write the reason that was told to her: a refusal needs one."), law="D09")
def refusal_has_reason(case: "Case") -> bool:
    return not case.asked or case.asked.get("answer") != "refused" or bool(case.asked.get("why"))


def is_trafficking(case: "Case") -> bool:
    return case.matter == Matter.TRAFFICKING


def still_to_be_told(case: "Case") -> bool:
    return case.rights_informed_at is None and case.may_need_order()


def named_direct_petition(case: "Case") -> bool:
    """Anonymous callers are exempt, and most violence takes a legal route instead (X03, X05)."""
    return case.named_petition and not case.legal_route


def newly_high(case: "Case") -> bool:
    return case.danger == Danger.HIGH and not case.escalated


def follow_up_due(case: "Case") -> bool:
    return case.closing_reason not in NO_FOLLOW_UP


def kept_thirty_years(case: "Case") -> bool:
    """House policy until the archive office settles the classes: the gravest cases and those of minors (D21)."""
    return case.danger == Danger.HIGH or case.victim_age_band in MINORS


def kept_ten_years(case: "Case") -> bool:
    return not kept_thirty_years(case)


def concerns_violence(case: "Case") -> bool:
    """The right to a protection order is told to everybody who may need one."""
    return case.may_need_order()
