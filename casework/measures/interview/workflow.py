"""询问: told once. Before anybody is heard again, what is recorded is shown and a reason is asked for.

Sources: 未成年人保护法 110, 112 (MPL: a duty of police, procuratorate and court, taken over here as a guard).
For adults it is the house's own rule, drawn from the plan's measure against secondary harm.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import federation
from casework.measures.interview import needs
from casework.measures.interview.codes import Instead
from workflow.table import Ask, Move, Workflow


class S(models.TextChoices):
    PLANNED = "planned", p_("interview", "Planned")
    HELD = "held", p_("interview", "Held")
    SPARED = "spared", p_("interview", "Not held: she was spared it")


ADULT = Ask(
    "suitable_adult", _("A guardian or another suitable adult was present, and not a suspect"), kind="flag", required=False
)  # fmt: skip
TAPED = Ask("taped", _("Sound and picture were recorded throughout"), kind="flag", required=False)
WOMAN = Ask("by_woman", _("A woman asked the questions"), kind="flag", required=False)
OTHERWISE = Ask(
    "otherwise",
    _("If one of these was not so: why"),
    required=False,
    hint=_("Needed only where a minor was heard."),
)
INSTEAD = Ask("instead", _("Why it is not held"), kind="choice", choices=tuple(Instead.choices))

FLOW = Workflow("interview", p_("interview", "Interview"), S, moves=[
    #    move    button                                    from          to         who
    Move("hold", p_("interview", "It was held"),           (S.PLANNED,), S.HELD,    federation,
         needs=(needs.heard_with_care,), takes=(ADULT, TAPED, WOMAN, OTHERWISE, "place_of_record?"), law="M14",
         hint=_("What was said goes into the case once: violence, evidence, wishes. It is not repeated here.")),
    Move("spare", _("Not needed: use what is recorded"),   (S.PLANNED,), S.SPARED,  federation,
         takes=(INSTEAD,), law="H02", asks_when=False),
], opening=Move("plan", _("Plan or record an interview"), (), S.PLANNED, federation,
         takes=("person", "by", "purpose", "subjects", "planned_on?", "again_reason?"),
         needs=(needs.somebody_chosen, needs.reason_to_hear_again, needs.reason_to_hear_a_minor_again),
         law="H02", asks_when=False),
   final=(S.HELD, S.SPARED))  # fmt: skip
