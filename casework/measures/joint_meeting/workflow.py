"""联席会议: the bodies of the district meet about the work as a whole. A single woman belongs into a case conference.

Source: 全区妇女发展规划 D8.M12 (联席会议制度). No law gives it a rhythm; days and four eyes over the minutes are our own rule.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, lead, liaison, not_the
from casework.measures.joint_meeting import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    PLANNED = "planned", p_("meeting", "Planned")
    CALLED = "called", p_("meeting", "Bodies invited")
    HELD = "held", p_("meeting", "Held, minutes to be signed")
    SIGNED = "signed", p_("meeting", "Signed, resolutions under way")
    CLOSED = "closed", p_("meeting", "Everything carried out")
    DROPPED = "dropped", p_("meeting", "Not held")


REASON = Ask("reason", _("Reason"))
BODY = Ask("body", _("Who carries it out"), kind="choice")
TEXT = Ask("text", _("What is resolved"))
DUE = Ask("due", p_("meeting", "By when"), kind="date")
WHICH = Ask("which", _("Which resolution"), kind="choice")
OUTCOME = Ask("outcome", _("What came of it"))
DONE = Ask("done", _("It is carried out"), kind="flag", required=False)
PLAN = ("kind", "meets_at", "place?", "agenda", "invited")

FLOW = Workflow("joint_meeting", _("Joint meeting"), S, moves=[
    #    move        button                              from                    to          who
    Move("revise",   p_("meeting", "Change the plan"),   (S.PLANNED,),           STAY,       caseworker,
         needs=(needs.lies_ahead,), takes=("kind", "meets_at", "place?", "agenda?", "invited"), asks_when=False),
    Move("call",     p_("meeting", "Invite"),            (S.PLANNED,),           S.CALLED,   lead,
         needs=(needs.lies_ahead,), does=(effects.tell_invited,), asks_when=False),
    Move("move_day", _("Set another day"),               (S.CALLED,),            STAY,       caseworker,
         needs=(needs.lies_ahead,), takes=("meets_at", "place?", REASON),
         does=(effects.forget_answers, effects.tell_invited), asks_when=False),
    Move("confirm",  _("We come"),                       (S.CALLED,),            STAY,       liaison,
         does=(effects.note_answer,), asks_when=False),
    Move("hold",     p_("meeting", "Held"),              (S.CALLED,),            S.HELD,     caseworker,
         takes=("attended", "minutes"), does=(effects.note_writer,)),
    Move("resolve",  _("Record a resolution"),           (S.HELD,),              STAY,       caseworker,
         needs=(needs.due_not_past,), takes=(BODY, TEXT, DUE), does=(effects.add_resolution,), asks_when=False),
    Move("correct",  _("Correct the minutes"),           (S.HELD,),              STAY,       caseworker,
         takes=("attended", "minutes"), does=(effects.note_writer,), asks_when=False),
    Move("sign",     _("Sign the minutes"),              (S.HELD,),              S.SIGNED,   lead & not_the("writer_id"),
         does=(effects.tell_bound,)),
    Move("report",   _("Report on a resolution"),        (S.SIGNED,),            STAY,       caseworker | liaison,
         needs=(needs.something_open,), takes=(WHICH, OUTCOME, DONE), does=(effects.note_report,)),
    Move("close",    p_("meeting", "Everything carried out"), (S.SIGNED,),       S.CLOSED,   caseworker,
         needs=(needs.all_carried_out,), asks_when=False),
    Move("drop",     p_("meeting", "Do not hold it"),    (S.PLANNED, S.CALLED),  S.DROPPED,  caseworker,
         takes=(REASON,), does=(effects.tell_dropped,), asks_when=False),
], opening=Move("plan", _("Plan a joint meeting"), (), S.PLANNED, caseworker,
         needs=(needs.lies_ahead,), takes=PLAN, asks_when=False),
   final=(S.CLOSED, S.DROPPED))  # fmt: skip
