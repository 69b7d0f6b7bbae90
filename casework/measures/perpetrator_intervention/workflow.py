"""加害人干预: legal education, warning talk, counselling and correction course, in a file apart from the victim's.

Sources: 反家庭暴力法 22 (ADVL), 公通字〔2024〕34号 19 (GJ34), 法发〔2022〕10号 16 (FF10). None of them gives a number of days.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, liaison
from casework.measures.perpetrator_intervention import asks, effects, needs
from workflow.table import STAY, Move, Workflow


class S(models.TextChoices):
    PROPOSED = "proposed", p_("intervention", "File opened")
    ASKED = "asked", p_("intervention", "A body is asked")
    RUNNING = "running", p_("intervention", "Sessions running")
    BROKEN_OFF = "broken_off", p_("intervention", "Broken off")
    COMPLETED = "completed", p_("intervention", "Completed")
    CLOSED = "closed", p_("intervention", "Not pursued")


holder = liaison | caseworker  # bodies without an account: the federation records what they tell it
BEFORE, HELD = (S.PROPOSED, S.ASKED), (S.RUNNING, S.BROKEN_OFF)

FLOW = Workflow("perpetrator_intervention", _("Work with the perpetrator"), S, moves=[
    #    move              button                                      from                      to            who
    Move("ask",            _("Ask a body to hold it"),                 (S.PROPOSED,),            S.ASKED,      caseworker,
         takes=("programme", "agency", "planned?", asks.FOR_BODY), does=(effects.tell_holder,), law="A22", asks_when=False),
    Move("hold_ourselves", _("We hold it ourselves"),                  (S.PROPOSED,),            S.RUNNING,    caseworker,
         takes=("programme", "planned?", "next_on?"), does=(effects.take_ourselves,), law="W14",
         hint=_("If it can be, not by the worker who carries her case; never together with her.")),
    Move("take_up",        p_("intervention", "Take it up"),           (S.ASKED,),               S.RUNNING,    holder,
         takes=("planned?", "next_on?"), does=(effects.tell_home,), law="A22"),
    Move("decline",        p_("intervention", "Decline"),              (S.ASKED,),               S.PROPOSED,   holder,
         takes=(asks.REASON,), does=(effects.release, effects.ask_ours)),
    Move("record_session", _("Record a session"),                      (S.RUNNING,),             STAY,         holder,
         takes=(asks.HELD, asks.ATTENDANCE, asks.ATTITUDE, asks.TALKED, "next_on?"), does=(effects.record_session,), law="A22"),
    Move("record_breach",  _("Record a breach of the rules"),          HELD,                     STAY,         holder,
         takes=(asks.BREACH, asks.HAPPENED), does=(effects.record_breach,), law="P16", danger=True,
         hint=_("A threat, forbidden contact or new violence is told to the federation at once.")),
    Move("correct",        _("Correct how to reach him or her"),       (*BEFORE, *HELD),         STAY,         holder,
         takes=("phone?", "language?"), asks_when=False),
    Move("complete",       p_("intervention", "Complete"),             (S.RUNNING,),             S.COMPLETED,  holder,
         needs=(needs.session_attended, needs.planned_done_or_reasoned), takes=(asks.OUTCOME, asks.SHORT, asks.TALKED),
         does=(effects.close, effects.tell_home), law="A22"),
    Move("break_off",      p_("intervention", "Break off"),            (S.RUNNING,),             S.BROKEN_OFF, holder,
         takes=(asks.REASON,), does=(effects.tell_home, effects.ask_ours)),
    Move("resume",         p_("intervention", "Take it up again"),     (S.BROKEN_OFF,),          S.RUNNING,    holder,
         takes=("next_on?",), does=(effects.tell_home,)),
    Move("close",          _("Do not pursue it"),                      (*BEFORE, S.BROKEN_OFF),  S.CLOSED,     caseworker,
         takes=(asks.REASON,), does=(effects.close, effects.tell_holder), asks_when=False),
], opening=Move("open", _("Work with the perpetrator"), (), S.PROPOSED, caseworker,
         needs=(needs.perpetrator_named,), takes=("basis", asks.WHOM), does=(effects.open_file,), law="A22 W14", asks_when=False),
   final=(S.COMPLETED, S.CLOSED))  # fmt: skip
