"""家庭暴力排查: a round of visits through one community. What is kept is how many doors, what was found, and no list of suspects.

Sources: 内蒙古条例 16, 17 (N04), 个人信息保护法 19 (D05). The round itself is the house's own form.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, committee, federation
from casework.measures.screening_round import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    PLANNED = "planned", p_("round", "Planned")
    RUNNING = "running", p_("round", "Under way")
    FINISHED = "finished", p_("round", "Finished")
    CANCELLED = "cancelled", p_("round", "Cancelled")


RESULTS = (
    ("nothing", p_("screening", "Nothing noticed")), ("nobody", p_("screening", "Nobody met")),
    ("refused", p_("screening", "Did not wish to talk")), ("tension", p_("screening", "Quarrels, no violence known")),
    ("found", p_("screening", "Violence found or told of")), ("emergency", p_("screening", "Emergency: 110 was called")),
)  # fmt: skip
RESULT = Ask("result", _("Result"), kind="choice", choices=RESULTS)
HOW_MANY = Ask(
    "how_many",
    _("How many households with this result"),
    kind="number",
    required=False,
    hint=_("Empty: one."),
)
TOLD = Ask(
    "account", _("What was seen or told"), required=False,
    hint=_("Only where violence was found; nothing is written about other households."),
)  # fmt: skip
REASON = Ask("reason", _("Reason"))
LESSONS = Ask("lessons", _("What the next round should do differently"), required=False)

FLOW = Workflow("screening_round", _("Screening round"), S, moves=[
    #    move        button                         from                      to           who
    Move("start",    p_("round", "Begin the round"), (S.PLANNED,),            S.RUNNING,   caseworker,
         does=(effects.tell_committee,), law="N04"),
    Move("check",    _("Enter results"),            (S.RUNNING,),             STAY,        federation | committee,
         needs=(needs.text_only_for_findings, needs.findings_one_by_one, needs.finding_described),
         takes=(RESULT, HOW_MANY, TOLD), does=(effects.record_check,), law="N04"),
    Move("finish",   p_("round", "Finish the round"), (S.RUNNING,),           S.FINISHED,  caseworker,
         needs=(needs.findings_followed_up,), takes=(LESSONS,), law="N04", asks_when=False),
    Move("cancel",   p_("round", "Cancel the round"), (S.PLANNED, S.RUNNING), S.CANCELLED, caseworker,
         needs=(needs.findings_followed_up,), takes=(REASON,), law="N04", asks_when=False),
], opening=Move("plan", _("Plan a screening round"), (), S.PLANNED, caseworker,
         takes=("area", "committee?", "starts_on", "ends_on", "households", "method"), needs=(needs.dates_in_order,),
         law="N04", asks_when=False),
   final=(S.FINISHED, S.CANCELLED))  # fmt: skip
