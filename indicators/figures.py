"""The figures: which moves of which life each counts, and how it may be broken down. Nothing else is counted."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from indicators import dimensions as d

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """`once`: only the first of these moves in a life counts; else every one does."""

    key: str
    label: Text
    flow: str
    moves: tuple[str, ...]
    dims: tuple[d.Dimension, ...]
    counts: Text
    once: bool = False


@dataclass(frozen=True, slots=True)
class ClockFigure:
    """Clocks with an outcome: kept, missed or not to be told. `statutory`: of the law, not of the house."""

    key: str
    label: Text
    statutory: bool
    counts: Text


WHO = (d.FORM, d.RELATION)
CALL_ENDS = ("advise", "decide_advised", "open_case", "join_case", "transfer", "keep_nothing")

GROUPS: tuple[tuple[Text, tuple[Figure, ...]], ...] = (
    (p_("statistics", "Hotline"), (
        Figure("calls_answered", _("Calls answered"), "call", ("answer",), (),
               _("Calls to the hotline that were answered, silent and wrong ones included.")),
        Figure("calls_ended", _("Calls concluded"), "call", CALL_ENDS, (d.OUTCOME, d.CALL_KIND, d.SAFETY),
               _("Calls whose outcome has been recorded, with kind and safety as they stood then.")),
    )),
    (p_("statistics", "Cases"), (
        Figure("cases_opened", _("Cases opened"), "case", ("open",), (d.FORM, d.RELATION, d.MATTER, d.DANGER, d.CHANNEL, d.TOWN),
               _("Cases opened, with the circumstances known at that moment. A case stands under each form of violence it has.")),
        Figure("cases_assessed", _("Cases with danger assessed"), "case", ("assess",), (d.DANGER, *WHO),
               _("Cases whose danger was assessed for the first time, with the level found."), once=True),
        Figure("rights_informed", _("Told of the right to a protection order"), "case", ("inform_rights",), (),
               _("Cases in which she was told; a case counts once."), once=True),
        Figure("danger_escalated", _("High danger passed on"), "case", ("escalate",), (),
               _("Times that police and the superior federation were told of high danger.")),
        Figure("cases_closed", _("Cases closed"), "case", ("close",), (d.REASON, d.DANGER, *WHO),
               _("Closings with their reason; a case that is reopened and closed again counts again.")),
        Figure("cases_reopened", _("Cases reopened"), "case", ("reopen",), (), _("Reopenings of closed cases.")),
    )),
    (p_("statistics", "Warning letters"), (
        Figure("letters_asked", _("Letters asked for"), "warning_letter", ("request",), (d.LETTER_TYPE, *WHO),
               _("Requests to the police for a warning letter; letters are counted, not cases.")),
        Figure("letters_issued", _("Letters issued"), "warning_letter", ("issue",), (d.LETTER_TYPE, d.TOWN, *WHO),
               _("Warning letters the police issued.")),
        Figure("letters_served", _("Letters served"), "warning_letter", ("serve",), (d.UNSIGNED,),
               _("Warning letters served, signed or not.")),
        Figure("letters_criticised", _("Criticism instead of a letter"), "warning_letter", ("criticise",), (),
               _("Requests that ended in criticism and education.")),
        Figure("letters_refused", _("Letters refused"), "warning_letter", ("refuse",), (),
               _("Requests the police refused with a reason.")),
        Figure("letters_penalised", _("Public-security penalties"), "warning_letter", ("penalise", "punish"), (),
               _("Penalties in place of a letter or for violence after it; decisions are counted.")),
        Figure("letters_prosecuted", _("Taken up as a crime"), "warning_letter", ("prosecute", "prosecute_relapse"), (),
               _("Requests or letters that went on as a criminal matter.")),
        Figure("letters_broken", _("Violence after a letter"), "warning_letter", ("visit_relapse", "report_relapse"), WHO,
               _("Letters after which new violence or defiance was recorded; a letter counts once."), once=True),
    )),
    (p_("statistics", "Protection orders"), (
        Figure("orders_filed", _("Applications filed"), "protection_order", ("file",),
               (d.LEGAL_BASIS, d.APPLICANT, d.PROXY, d.URGENT, d.TOWN, *WHO),
               _("Applications filed with a court; to extend or change an order is no new application.")),
        Figure("orders_accepted", _("Applications accepted"), "protection_order", ("accept",), (),
               _("Applications a court accepted.")),
        Figure("orders_granted", _("Orders made"), "protection_order", ("grant", "grant_after_all"), (d.MEASURES, *WHO),
               _("Orders made, after reconsideration too; an order counts once."), once=True),
        Figure("orders_dismissed", _("Applications dismissed"), "protection_order", ("dismiss",), (),
               _("Applications a court dismissed.")),
        Figure("orders_withdrawn", _("Applications withdrawn or ended"), "protection_order",
               ("withdraw", "deem_withdrawn", "terminate"), (), _("Applications that ended without a ruling.")),
        Figure("orders_served", _("Orders served"), "protection_order", ("serve",), (), _("Orders served on the parties.")),
        Figure("orders_extended", _("Orders extended"), "protection_order", ("extend",), (), _("Extensions by a court.")),
        Figure("orders_varied", _("Orders changed"), "protection_order", ("vary",), (), _("Changes by a court.")),
        Figure("orders_breached", _("Orders breached"), "protection_order", ("report_breach",), WHO,
               _("Orders with at least one recorded breach; an order counts once."), once=True),
        Figure("orders_sanctioned", _("Sanctions for breaches"), "protection_order", ("sanction",), (),
               _("Decisions of a court about a breach.")),
    )),
    (p_("statistics", "Visits and referrals"), (
        Figure("visits_done", _("Visits done"), "follow_up_visit", ("hold",), (d.BASIS, d.NEW_VIOLENCE),
               _("Follow-up visits that took place.")),
        Figure("visits_missed", _("Visits without contact"), "follow_up_visit", ("miss",), (d.BASIS,),
               _("Attempts at a follow-up visit in which nobody was reached.")),
        Figure("referrals_sent", _("Referrals sent"), "referral", ("send",), (d.SERVICE, d.URGENCY),
               _("Referrals sent to another body.")),
        Figure("referrals_accepted", p_("statistics", "Referrals accepted"), "referral", ("accept",), (d.SERVICE,),
               _("Referrals the other body accepted.")),
        Figure("referrals_refused", _("Referrals sent back"), "referral", ("refuse",), (),
               _("Referrals the other body sent back with a reason.")),
        Figure("referrals_done", _("Referrals answered"), "referral", ("finish",), (),
               _("Referrals answered with what was done.")),
    )),
)  # fmt: skip

CLOCKS = (
    ClockFigure("clocks_law", _("Time limits of the law"), True,
                _("Duties with a time limit set by law. Kept ones count in the month they were done, missed ones in the "
                  "month the time ran out; where the recorded times cannot tell, they stand apart. Rights are not counted.")),
    ClockFigure("clocks_policy", _("Targets of the house"), False,
                _("Targets the federation has set itself where the law gives no number. Missing one breaks no law.")),
)  # fmt: skip
FIGURES = {figure.key: figure for _label, figures in GROUPS for figure in figures}
CLOCK_FIGURES = {figure.key: figure for figure in CLOCKS}


def counting(flow: str, move: str) -> list[Figure]:
    """The figures a step of this move counts in."""
    return BY_MOVE.get((flow, move), [])


BY_MOVE: dict[tuple[str, str], list[Figure]] = {}
for _figure in FIGURES.values():
    for _move in _figure.moves:
        BY_MOVE.setdefault((_figure.flow, _move), []).append(_figure)
