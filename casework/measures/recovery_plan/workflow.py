"""康复计划: getting on her feet again. Goals of her own, sessions, livelihood and judicial assistance, reviews.

Sources: 反家庭暴力法 5, 19, 22 (ADVL), 内蒙古条例 18 (IMAR). No law gives a number of days: the review is the house's own clock.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker
from casework.measures.recovery_plan import asks, effects, needs
from workflow.table import STAY, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("recovery", "Being written with her")
    RUNNING = "running", p_("recovery", "Running")
    PAUSED = "paused", p_("recovery", "Paused on her wish")
    COMPLETED = "completed", p_("recovery", "Completed")
    ENDED = "ended", p_("recovery", "Ended before its goals")


OPEN, LIVE = (S.DRAFTED, S.RUNNING, S.PAUSED), (S.RUNNING, S.PAUSED)
REVIEW = (Start("recovery_review", until="review_on"),)

FLOW = Workflow("recovery_plan", _("Recovery plan"), S, moves=[
    #    move               button                                   from          to           who
    Move("add_goal",        _("Add a goal"),                         OPEN,         STAY,        caseworker,
         takes=(asks.FIELD, asks.GOAL, asks.BY), does=(effects.add_goal,), law="A05", asks_when=False),
    Move("agree",           _("She agrees: begin"),                  (S.DRAFTED,), S.RUNNING,   caseworker,
         needs=(needs.has_goal, needs.agreed_herself, needs.review_ahead), takes=(asks.AGREES, "review_on"), starts=REVIEW,
         law="A05", hint=_("Nothing is done for her that she does not want. She can change or end it at any time.")),
    Move("record_session",  p_("recovery", "Record a session"),      LIVE,         STAY,        caseworker,
         takes=(asks.HELD, asks.HOLDER, asks.ATTENDANCE, asks.NOTED), does=(effects.record_session,), law="A22"),
    Move("ask_for_aid",     _("Assistance asked for"),               OPEN,         STAY,        caseworker,
         takes=(asks.AID, asks.BODY, asks.GROUND), does=(effects.ask_for_aid,), law="N03",
         hint=_("Judicial assistance is asked for at the court, procuratorate or police that handled the matter; "
                "social assistance at the town or civil affairs.")),
    Move("record_answer",   _("Answer to a request"),                OPEN,         STAY,        caseworker,
         needs=(needs.aid_is_waiting,), takes=(asks.REQUEST, asks.ANSWER, asks.YUAN, asks.WHY_NOT),
         does=(effects.record_answer,), law="N03"),
    Move("settle_goal",     _("A goal is reached or given up"),      LIVE,         STAY,        caseworker,
         needs=(needs.goal_is_open,), takes=(asks.WHICH, asks.REACHED, asks.SAID), does=(effects.settle_goal,), law="A05"),
    Move("review",          _("Look at the plan with her"),          (S.RUNNING,), STAY,        caseworker,
         needs=(needs.review_ahead,), takes=(asks.PROGRESS, asks.SAFE, asks.SAID, "review_on"),
         stops=("recovery_review",), starts=REVIEW, does=(effects.note_review,), law="H01"),
    Move("pause",           p_("recovery", "Pause"),                 (S.RUNNING,), S.PAUSED,    caseworker,
         takes=(asks.REASON,), law="A05",
         hint=_("The day of the next look stays: nobody is forgotten because she paused.")),
    Move("resume",          p_("recovery", "Go on"),                 (S.PAUSED,),  S.RUNNING,   caseworker, law="A05"),
    Move("complete",        p_("recovery", "Complete"),              (S.RUNNING,), S.COMPLETED, caseworker,
         needs=(needs.goals_settled, needs.aid_answered, needs.reviewed), takes=(asks.OUTCOME,),
         stops=("recovery_review",), law="A05"),
    Move("end",             p_("recovery", "End it before its goals"), OPEN,       S.ENDED,     caseworker,
         takes=(asks.REASON,), drops=("recovery_review",), law="A05"),
], opening=Move("draft", _("Plan her recovery"), (), S.DRAFTED, caseworker, takes=("whose", "fields", "situation?"),
         needs=(needs.no_other_open,), law="A22", asks_when=False),
   final=(S.COMPLETED, S.ENDED))  # fmt: skip
