"""What the moves of a protection order ask for besides columns; kept, sealed, in the step."""

from django.utils.translation import gettext_lazy as _

from protection_orders.codes import BreachKind, FoundBy, NotPursued, Party, PetitionKind, SanctionKind
from workflow.table import Ask

REASON = Ask("reason", _("Reason"), required=False)
ACCOUNT = Ask("account", _("What happened, what was seen"), required=False)
WHY_NOT = Ask("why_not", _("Why it is not applied for"), kind="choice", choices=tuple(NotPursued.choices))
NOT_STATED = Ask(
    "not_stated", _("What the order contains is not in what we have"), kind="flag", required=False,
    hint=_("Tick this instead of guessing a measure."),
)  # fmt: skip
TOLD_COURT = Ask("told_court", _("The court has been told"), kind="flag")
TOLD_POLICE = Ask("told_police", _("The police have been told"), kind="flag")
TOLD = Ask("told", _("Who was told, and how"), required=False)
WANTED = Ask("wanted", _("What is asked for, and why"), required=False)
DECISION = Ask("decision", _("The court's reasons"), required=False)
SIGNED = Ask("signed", _("Signed by her"), kind="flag")
UNSIGNED = Ask("unsigned", _("If not signed: why"), kind="line", required=False)
BREACH = Ask("breach", _("Kind of breach"), kind="choice", choices=tuple(BreachKind.choices))
FOUND_BY = Ask("found_by", _("Who found it"), kind="choice", choices=tuple(FoundBy.choices))
BROKEN_ON = Ask(
    "broken_on", _("Day of the breach"), kind="date", required=False, hint=_("Empty: the day is not known.")
)
SANCTION = Ask("sanction_kind", _("Sanction"), kind="choice", choices=tuple(SanctionKind.choices))
AMOUNT = Ask(
    "amount", _("Fine in yuan"), kind="number", required=False,
    hint=_("At most 1000 (ADVL 34); the regional rule begins at 500 (IMAR 35). The law prevails."),
)  # fmt: skip
DAYS = Ask("days", _("Days of detention"), kind="number", required=False, hint=_("At most 15 (ADVL 34)."))
BY = Ask("party", _("Who asks"), kind="choice", choices=tuple(Party.choices))
CHANGE = Ask(
    "change", _("What was refused"), kind="choice",
    choices=tuple(row for row in PetitionKind.choices if row[0] != PetitionKind.RECONSIDER),
)  # fmt: skip
