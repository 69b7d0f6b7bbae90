"""What the moves of this work ask for that is no column."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.measures.perpetrator_intervention import codes as c
from workflow.table import Ask

APART = _(
    "This file is his or hers: write nothing about the victim here, not her name, her whereabouts or her words."
)

WHOM = Ask(
    "whom", _("Who it is"), kind="choice", required=False,
    hint=_("Only if several perpetrators are recorded in this case."),
)  # fmt: skip
FOR_BODY = Ask("account", _("What the body should know"), required=False, hint=APART)
REASON = Ask("reason", _("Reason"), hint=APART)
HELD = Ask("held", _("What was held"), kind="choice", choices=tuple(c.Programme.choices))
ATTENDANCE = Ask("attendance", _("Attendance"), kind="choice", choices=tuple(c.Attendance.choices))
ATTITUDE = Ask(
    "attitude", _("How he or she speaks of the violence"), kind="choice", choices=tuple(c.Attitude.choices), required=False
)  # fmt: skip
TALKED = Ask("account", _("What was talked about"), required=False, hint=APART)
BREACH = Ask(
    "breach", p_("intervention", "Kind of breach"), kind="choice", choices=tuple(c.BreachKind.choices)
)
HAPPENED = Ask("account", p_("intervention", "What happened"), hint=APART)
OUTCOME = Ask("outcome", _("What it changed"), kind="choice", choices=tuple(c.Outcome.choices))
SHORT = Ask("short_reason", _("Why fewer sessions than planned"), required=False)
