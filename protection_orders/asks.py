"""What the moves of a protection order ask for besides columns; kept, sealed, in the step."""

from django.utils.translation import gettext_lazy as _

from protection_orders.codes import BreachKind, FoundBy, Party, SanctionKind
from workflow.table import Ask

REASON = Ask("reason", _("Reason"), required=False)
ACCOUNT = Ask("account", _("What happened, what was seen"), required=False)
TOLD = Ask("told", _("Who was told, and how"))
WANTED = Ask("wanted", _("What is asked for, and why"), required=False)
DECISION = Ask("decision", _("The court's reasons"), required=False)
SIGNED = Ask("signed", _("Signed by her"), kind="flag")
BREACH = Ask("breach", _("Kind of breach"), kind="choice", choices=tuple(BreachKind.choices))
FOUND_BY = Ask("found_by", _("Who found it"), kind="choice", choices=tuple(FoundBy.choices))
SANCTION = Ask("sanction_kind", _("Sanction"), kind="choice", choices=tuple(SanctionKind.choices))
AMOUNT = Ask("amount", _("Fine in yuan"), kind="number", required=False, hint=_("At most 1000 (ADVL 34); IMAR 35 begins at 500."))
DAYS = Ask("days", _("Days of detention"), kind="number", required=False, hint=_("At most 15 (ADVL 34)."))
BY = Ask("party", _("Who asks"), kind="choice", choices=tuple(Party.choices))
