"""督促处理: the federation asks a body to act, urges it in writing, and at last turns to the government or the procuratorate.

Sources: 妇女权益保障法 73, 77, 78 (L01, L04, L05), 内蒙古条例 14 (N06). The law names no days for an answer: ours are policy.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, lead, liaison
from casework.measures.supervision import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("supervision", "Being prepared")
    REQUESTED = "requested", p_("supervision", "Asked to act, answer awaited")
    OPINION = "opinion", p_("supervision", "Urged in writing, answer awaited")
    INSPECTION = "inspection", p_("supervision", "Before the government for inspection")
    CLUE = "clue", p_("supervision", "Clue with the procuratorate")
    SUGGESTED = "suggested", p_("supervision", "Procuratorial suggestion sent")
    SUED = "sued", p_("supervision", "Public-interest suit filed")
    SUPPORT = "support", p_("supervision", "Support of her suit asked for")
    SETTLED = "settled", p_("supervision", "Dealt with")
    UNSETTLED = "unsettled", p_("supervision", "Closed without a result")
    DROPPED = "dropped", p_("supervision", "Not pursued")


either = caseworker | liaison  # a body without an account: the federation records what it answers
REASON = Ask("reason", _("Reason"))
ANSWER = Ask("answer", _("What the answer says"))
DONE = Ask("account", _("What was done"))
SUPPORTED = Ask(
    "decision", _("Decision"), kind="choice",
    choices=(
        ("supported", _("Supported")), ("refused", p_("support", "Not supported")),
        ("withdrawn", _("Application withdrawn")),
    ),
)  # fmt: skip
ASKED, PROC = (S.REQUESTED, S.OPINION, S.INSPECTION), (S.CLUE, S.SUGGESTED, S.SUED)
WAITING, PROC_REPLY = (*ASKED, S.SUGGESTED), "procuratorate_suggestion_reply_2m"
REPLY, DUE = ("supervision_reply",), Start("supervision_reply", until="reply_by")

FLOW = Workflow("supervision", _("Supervision"), S, moves=[
    #    move              button                                    from                        to            who
    Move("send",           _("Ask the body to act"),                 (S.DRAFTED,),               S.REQUESTED,  lead,
         needs=(needs.addressee_named,), takes=("reply_by?",), starts=(DUE,),
         does=(effects.number_request, effects.tell_addressee), law="L01"),
    Move("answer",         _("Record the written answer"),           WAITING,                    STAY,         either,
         takes=(ANSWER,), stops=(*REPLY, PROC_REPLY), does=(effects.note_answer,), law="L01"),
    Move("urge",           _("Send a supervision opinion"),          (S.REQUESTED,),             S.OPINION,    lead,
         needs=(needs.silent_or_inadequate,), takes=("reply_by?",), stops=REPLY, starts=(DUE,),
         does=(effects.ask_anew, effects.tell_addressee), law="L01"),
    Move("ask_inspection", _("Ask the government to inspect"),       (S.OPINION,),               S.INSPECTION, lead,
         needs=(needs.silent_or_inadequate,), takes=(REASON,), stops=REPLY, does=(effects.tell_addressee,), law="L01"),
    Move("pass_clue",      _("Pass a clue to the procuratorate"),    (S.DRAFTED, *ASKED),        S.CLUE,       lead,
         takes=("clue_kind", "procuratorate?"), stops=REPLY,
         does=(effects.number_request, effects.tell_procuratorate), law="L04"),
    Move("note_suggestion", _("Procuratorial suggestion sent"),      (S.CLUE,),                  S.SUGGESTED,  either,
         starts=(PROC_REPLY,), law="N06"),
    Move("note_hearing",   _("Public hearing held"),                 PROC,                       STAY,         either, law="N06"),
    Move("note_suit",      _("Public-interest suit filed"),          (S.CLUE, S.SUGGESTED),      S.SUED,       either, law="L04"),
    Move("rectify",        _("Put right"),                           (*PROC, S.INSPECTION),      S.SETTLED,    either,
         takes=(DONE,), does=(effects.drop_clocks, effects.tell_home), law="L04"),
    Move("ask_support",    _("Ask for support of her suit"),         (S.DRAFTED,),               S.SUPPORT,    lead,
         takes=("procuratorate?",), does=(effects.number_request, effects.tell_procuratorate), law="L05"),
    Move("decide_support", _("Decision on support"),                 (S.SUPPORT,),               S.SETTLED,    either,
         takes=(SUPPORTED,), does=(effects.tell_home,), law="L05"),
    Move("settle",         p_("supervision", "Dealt with"),          ASKED,                      S.SETTLED,    caseworker,
         needs=(needs.answered,), takes=(REASON,), law="L01", asks_when=False),
    Move("give_up",        _("Close without a result"),              (*ASKED, *PROC, S.SUPPORT), S.UNSETTLED,  lead,
         takes=(REASON,), does=(effects.drop_clocks,), law="L01", asks_when=False),
    Move("drop",           p_("supervision", "Do not pursue"),       (S.DRAFTED,),               S.DROPPED,    caseworker,
         takes=(REASON,), law="A05", asks_when=False),
], opening=Move("draft", _("Ask a body to act"), (), S.DRAFTED, caseworker,
         takes=("addressee?", "subject", "facts_of_matter", "demand"), law="L01", asks_when=False),
   final=(S.SETTLED, S.UNSETTLED, S.DROPPED))  # fmt: skip
