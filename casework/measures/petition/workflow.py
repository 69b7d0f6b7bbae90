"""信访: a petition from receipt to its last answer. Most violence takes a legal route instead, before any sixty days run.

Sources: 信访工作条例 2, 21–25, 31, 34–36 (XF).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, lead, system
from casework.measures.petition import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    RECEIVED = "received", p_("petition", "Received, notice due")
    ACCEPTED = "accepted", p_("petition", "Accepted, opinion due")
    ROUTED = "routed", _("Sent on a legal route")
    OBJECTED = "objected", _("Objection: not ours")
    REDIRECTED = "redirected", _("Told whose matter it is")
    CONCLUDED = "concluded", _("Written opinion issued")
    REVIEWING = "reviewing", _("Under review")
    REVIEWED = "reviewed", _("Review opinion issued")
    RECHECKING = "rechecking", _("Under re-examination")
    FINAL = "final", _("Re-examined, final")
    SETTLED = "settled", p_("petition", "Settled")


reason = Ask("reason", _("Reason"))
told = Ask("told", _("Told in writing, and why"), kind="flag")
how = Ask("how", _("How it was told"), kind="line", required=False)
whose = Ask("whose", _("Whose matter it is"), kind="line")
outcome = Ask("outcome", _("What the opinion says"), required=False)
to_whom = Ask("to_whom", _("Who was told at the Party committee and the government"), kind="line")
NOTICES = ("xf_notice_15d", "xf_notice_transferred_15d")
WORKING = ("xf_conclude_60d", "xf_extension_30d")
OPEN = (S.RECEIVED, S.ACCEPTED)
ANSWERED = (effects.tell_case, effects.forget_objection)

FLOW = Workflow("petition", _("Petition"), S, moves=[
    #    move             button                                        from             to              who
    Move("accept",         _("Accept and tell in writing"),       (S.RECEIVED,),   S.ACCEPTED,    federation,
         takes=(how,), stops=NOTICES, starts=("xf_conclude_60d",), does=ANSWERED, law="X03"),
    Move("route",          _("Tell which legal route is open"),   OPEN,            S.ROUTED,      federation,
         takes=("legal_way", how), stops=(*NOTICES, *WORKING), does=ANSWERED, law="X05",
         hint=_("Most violence belongs here: court, police, or a body's duty to protect. No sixty days run.")),
    Move("redirect",       _("Tell whose matter it is"),          (S.RECEIVED,),   S.REDIRECTED,  federation,
         takes=(whose, how), stops=NOTICES, does=ANSWERED, law="X03"),
    Move("object",         _("Object: it is not ours"),           (S.RECEIVED,),   S.OBJECTED,    caseworker,
         needs=(needs.was_transferred,), takes=(reason,), stops=("xf_objection_5wd",), law="X04",
         hint=_("Within five working days; after them the matter is ours.")),
    Move("take_back",      _("Objection refused: it is ours"),    (S.OBJECTED,),   S.RECEIVED,    federation,
         takes=(reason,), law="X04"),
    Move("hand_back",      _("Objection granted"),                (S.OBJECTED,),   S.REDIRECTED,  federation,
         stops=NOTICES, law="X04"),
    Move("extend",         p_("petition", "Extend once"),         (S.ACCEPTED,),   STAY,          lead,
         needs=(needs.not_yet_extended, needs.within_thirty_days, needs.reason_told), takes=("extended_to", reason, told),
         starts=(Start("xf_extension_30d", until="extended_to"),), does=(effects.end_sixty_days,), law="X06", asks_when=False),
    Move("conclude",       _("Issue the written opinion"),        (S.ACCEPTED,),   S.CONCLUDED,   caseworker,
         takes=("result", "opinion_number?", outcome), stops=WORKING, starts=("xf_review_request_30d",), law="X06"),
    Move("ask_review",     _("Review asked for"),                 (S.CONCLUDED,),  S.REVIEWING,   federation,
         stops=("xf_review_request_30d",), starts=("xf_review_decision_30d",), does=(effects.tell_superior,), law="X07"),
    Move("review",         _("Review opinion received"),          (S.REVIEWING,),  S.REVIEWED,    caseworker,
         takes=(outcome,), stops=("xf_review_decision_30d",), starts=("xf_recheck_request_30d",), law="X07"),
    Move("ask_recheck",    _("Re-examination asked for"),         (S.REVIEWED,),   S.RECHECKING,  federation,
         stops=("xf_recheck_request_30d",), starts=("xf_recheck_decision_30d",), law="X07"),
    Move("recheck",        _("Re-examination opinion received"),  (S.RECHECKING,), S.FINAL,       caseworker,
         takes=(outcome,), stops=("xf_recheck_decision_30d",), law="X07",
         hint=_("After this the same matter is not taken up again.")),
    Move("settle",         _("Time to ask has passed"),           (S.CONCLUDED, S.REVIEWED), S.SETTLED, system | caseworker,
         law="X07"),
    Move("mark_urgent",    _("Major and urgent"),                 OPEN,            STAY,          federation,
         needs=(needs.not_yet_urgent,), takes=(reason,), starts=("xf_urgent_upward_report",), law="X08",
         does=(effects.mark_urgent,)),
    Move("report_up",      _("Party committee and government told"), OPEN,         STAY,          federation,
         needs=(needs.is_urgent,), takes=(to_whom,), stops=("xf_urgent_upward_report",), law="X08"),
], opening=Move("register", _("Petition"), (), S.RECEIVED, federation,
         takes=("source", "category", "named", "summary", "passed_on_by?"),
         starts=(Start("xf_notice_15d", when=needs.notice_due), Start("xf_objection_5wd", when=needs.passed_on),
                 Start("xf_notice_transferred_15d", when=needs.transferred_notice_due)), law="X02"),
   fires={"xf_review_request_30d": "settle", "xf_recheck_request_30d": "settle"},
   final=(S.ROUTED, S.REDIRECTED, S.FINAL, S.SETTLED))  # fmt: skip
