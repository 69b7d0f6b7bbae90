"""What the moves of a recovery plan ask for that is no column."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import Body
from casework.measures.recovery_plan import codes as c
from workflow.table import Ask

BODIES = tuple(
    (code, label) for code, label in Body.choices if code not in {Body.VICTIM, Body.RESPONDENT, Body.BOTH, Body.UNKNOWN}
)  # fmt: skip

REASON = Ask("reason", p_("recovery", "Why"))
AGREES = Ask(
    "agrees",
    _("The plan is her own wish: she has read it or it was read to her, and she agrees"),
    kind="flag",
)
FIELD = Ask("field", p_("recovery", "In what"), kind="choice", choices=tuple(c.Field.choices))
GOAL = Ask(
    "goal",
    _("What she wants to reach"),
    hint=_("In her own words, and so that one can see when it is reached."),
)
BY = Ask("by", _("By when"), kind="date", required=False)
WHICH = Ask("which", _("Which goal"), kind="choice")
REACHED = Ask("reached", _("How far"), kind="choice", choices=c.SETTLED)
SAID = Ask("account", _("What she says about it"), required=False)
HELD = Ask("held", p_("recovery", "What was held"), kind="choice", choices=tuple(c.Session.choices))
HOLDER = Ask("holder", p_("recovery", "Who held it"), kind="choice", choices=BODIES)
ATTENDANCE = Ask(
    "attendance", p_("recovery", "Attendance"), kind="choice", choices=tuple(c.Attendance.choices)
)
NOTED = Ask(
    "account", _("What matters for the next session"), required=False,
    hint=_("Only what the next worker needs. What she confided stays with the counsellor."),
)  # fmt: skip
AID = Ask("aid", _("What is asked for"), kind="choice", choices=tuple(c.Aid.choices))
BODY = Ask("body", _("From whom"), kind="choice", choices=BODIES)
GROUND = Ask("account", _("Grounds, and which papers were handed in"), required=False)
REQUEST = Ask("request", _("Which request"), kind="choice")
ANSWER = Ask("answer", p_("aid", "Answer"), kind="choice", choices=c.ANSWERED)
YUAN = Ask("yuan", _("Amount granted, in yuan"), kind="number", required=False)
WHY_NOT = Ask("account", _("Grounds of the answer"), required=False)
PROGRESS = Ask(
    "progress", _("How she is, compared with the last time"), kind="choice", choices=tuple(c.Progress.choices)
)
SAFE = Ask("safe", _("Is she safe now?"), kind="choice", choices=tuple(c.Safe.choices))
OUTCOME = Ask("outcome", p_("recovery", "What was reached"))
