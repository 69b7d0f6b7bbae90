"""What the moves of a referral ask for besides columns; kept, sealed, in the step."""

from django.utils.translation import gettext_lazy as _

from referrals.codes import GivenBy, How
from workflow.table import Ask

REASON = Ask("reason", _("Reason"))
ANSWER = Ask("answer", _("What was done, how it stands"))
CONTACT = Ask("contact", _("Who deals with it, and how to reach them"), kind="line", required=False)
WORDS = Ask("words", _("What she said"), required=False)
NEED_MET = Ask("need_met", _("Has she got what she needed?"), kind="flag")
CONSENT = (
    Ask("consent_until", _("Consent: last day"), kind="date", required=False,
        hint=_("Only where it rests on her consent. Leave empty if a consent for this body and service is already recorded.")),
    Ask("given_by", _("Consent: given by"), kind="choice", choices=tuple(GivenBy.choices), required=False),
    Ask("how", _("Consent: how it was given"), kind="choice", choices=tuple(How.choices), required=False),
    Ask("why_without", _("Without consent: which duty or danger requires it"), required=False),
)  # fmt: skip
