"""个案会商: the bodies that can protect one woman sit down together, agree who does what by when, and sign it.

Sources: 内蒙古条例 18(2) (N02), 妇联工作规程 2018 第11条 (F03), 个人信息保护法 13, 23 (D01, D06).
Four eyes over the minutes are our own rule.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, lead, liaison, not_the
from casework.measures.case_conference import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    PROPOSED = "proposed", p_("conference", "Proposed")
    CALLED = "called", p_("conference", "Bodies invited")
    HELD = "held", p_("conference", "Held, minutes to be signed")
    SIGNED = "signed", p_("conference", "Signed, actions under way")
    CLOSED = "closed", p_("conference", "Everything done")
    DROPPED = "dropped", p_("conference", "Not held")


REASON = Ask("reason", _("Reason"))
BODY = Ask("body", _("Who does it"), kind="choice")
ACTION = Ask(
    "action", _("What is to be done"),
    hint=_("Goes to this body alone. Write what it must know to act, and no more."),
)  # fmt: skip
DUE = Ask("due", p_("conference", "By when"), kind="date")
IDLE = Ask("nothing", _("Nothing has to be done by anybody"), kind="flag", required=False)
OUTCOME = Ask("outcome", _("What was reached"), required=False)

FLOW = Workflow("case_conference", _("Case conference"), S, moves=[
    #    move          button                                from                     to          who
    Move("call",       p_("conference", "Invite"),           (S.PROPOSED,),           S.CALLED,   lead,
         needs=(needs.lies_ahead,), takes=("meets_at", "place?", "invited"),
         does=(effects.tell_invited,), law="N02", asks_when=False),
    Move("move_day",   _("Set another day"),                 (S.CALLED,),             STAY,       caseworker,
         needs=(needs.lies_ahead,), takes=("meets_at", "place?", "invited", REASON),
         does=(effects.forget_answers, effects.tell_invited), law="N02", asks_when=False),
    Move("confirm",    _("We come"),                         (S.CALLED,),             STAY,       liaison,
         does=(effects.note_answer,), law="N02", asks_when=False),
    Move("hold",       p_("conference", "Held"),             (S.CALLED,),             S.HELD,     caseworker,
         takes=("attended", "minutes"), does=(effects.note_writer,), law="N02"),
    Move("add_action", _("Record what was agreed"),          (S.HELD,),               STAY,       caseworker,
         needs=(needs.due_not_past,), takes=(BODY, ACTION, DUE), does=(effects.give_task,), law="F03", asks_when=False,
         hint=_("It stands in the inbox of that body at once.")),
    Move("correct",    _("Correct the minutes"),             (S.HELD,),               STAY,       caseworker,
         takes=("attended", "minutes"), does=(effects.note_writer,), asks_when=False),
    Move("sign",       _("Sign the minutes"),                (S.HELD,),               S.SIGNED,   lead & not_the("writer_id"),
         needs=(needs.something_agreed,), takes=(IDLE,), law="F03"),
    Move("close",      p_("conference", "Everything done"),  (S.SIGNED,),             S.CLOSED,   caseworker,
         needs=(needs.all_done,), takes=(OUTCOME,), law="F03", asks_when=False),
    Move("drop",       p_("conference", "Do not hold it"),   (S.PROPOSED, S.CALLED),  S.DROPPED,  caseworker,
         takes=(REASON,), does=(effects.tell_dropped,), law="A05", asks_when=False),
], opening=Move("propose", _("Propose a case conference"), (), S.PROPOSED, caseworker,
         needs=(needs.ground_fits,), takes=("ground", "basis", "brief"), law="N02", asks_when=False),
   final=(S.CLOSED, S.DROPPED))  # fmt: skip
