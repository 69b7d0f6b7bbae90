"""What the moves of a letter ask for that is no column."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from workflow.table import Ask

REASON = Ask("reason", _("Reason"))
FOR_POLICE = Ask(
    "account", _("What the police should know"), required=False,
    hint=_("The police read this. Never write where she lives now, nor who reported it."),
)  # fmt: skip
PENALTY = Ask(
    "penalty", _("Penalty"), kind="choice", choices=(
        ("warning", p_("penalty", "Warning")), ("fine", _("Fine")), ("detention", _("Detention")),
        ("both", _("Detention and fine")),
    ),
)  # fmt: skip
GROUND = Ask(
    "ground", _("What the penalty is for"), kind="choice", choices=(
        ("violence", p_("relapse", "New violence")), ("defiance", _("Defying the letter (PSAP 73, since 2026-01-01)")),
    ),
)  # fmt: skip
FOUND_BY = Ask(
    "found_by", _("Who visited"), kind="choice", choices=(
        ("police", p_("body", "Police")), ("committee", p_("body", "Residents' or villagers' committee")),
        ("federation", p_("body", "Women's federation")), ("together", _("Several bodies together")),
    ),
)  # fmt: skip
SEEN = Ask("account", _("What was seen and said"), required=False)
HAPPENED = Ask(
    "account", _("What happened"),
    hint=_("The police read this. Never write where she lives now, nor who reported it."),
)  # fmt: skip
DECIDED = Ask("account", _("What was decided"), required=False)
EDUCATION = Ask("account", _("What was talked about, and how he or she took it"), required=False)
