"""婚姻家庭纠纷调解: talks between people who are at odds and not in danger. The first sign of violence ends them.

Sources: 妇联受理家暴投诉规程(2018) 9–11, 13 (GC18), 反家庭暴力法 5 (ADVL).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation
from casework.measures.family_mediation import effects, needs
from workflow.table import Ask, Move, Workflow


class S(models.TextChoices):
    PLANNED = "planned", p_("mediation", "Agreed upon, not begun")
    RUNNING = "running", p_("mediation", "Talks going on")
    AGREED = "agreed", p_("mediation", "Agreement signed")
    KEPT = "kept", p_("mediation", "Agreement kept")
    BROKEN = "broken", p_("mediation", "Agreement not kept")
    FAILED = "failed", p_("mediation", "No agreement")
    STOPPED = "stopped", p_("mediation", "Stopped")
    CONVERTED = "converted", _("Now a violence case")


reason = Ask("reason", _("Reason"))
account = Ask("talk", _("What was said and offered"), required=False)
after = Ask("after", _("What each of them says about it now"), required=False)
seen = Ask("seen", _("What was seen or told"))
signs = Ask(
    "signs", _("Was there any sign of violence, threat or fear?"), kind="flag",
    hint=_("Ask each of them alone before every talk."),
)  # fmt: skip
OPEN = (S.PLANNED, S.RUNNING)

FLOW = Workflow("family_mediation", _("Family mediation"), S, moves=[
    #    move        button                                       from                    to           who
    Move("hold",     _("Record a talk"),                      OPEN,                   S.RUNNING,   federation,
         needs=(needs.danger_not_high, needs.danger_known, needs.no_signs_of_violence), takes=(signs, account),
         does=(effects.note_talk,), law="F03"),
    Move("agree",    _("Agreement signed"),                   (S.RUNNING,),           S.AGREED,    caseworker,
         needs=(needs.danger_not_high, needs.signed_by_both), takes=("terms", "signed", "follow_up_on"),
         does=(effects.plan_visit,), law="F05"),
    Move("keep",     _("Looked after: it is kept"),           (S.AGREED,),            S.KEPT,      federation,
         takes=(after,), law="F05"),
    Move("break",    _("Looked after: it is not kept"),       (S.AGREED,),            S.BROKEN,    federation,
         takes=(after,), law="F05", hint=_("Tell them both which ways are left: mediation once more, or the court.")),
    Move("fail",     _("No agreement was reached"),           OPEN,                   S.FAILED,    federation,
         takes=(reason,), law="F03", hint=_("Tell them both which ways are left: mediation once more, or the court.")),
    Move("stop",     _("Stop the mediation"),                 (*OPEN, S.AGREED),      S.STOPPED,   federation,
         takes=(reason,), law="F03", asks_when=False),
    Move("convert",  _("Convert to a violence case"),         (*OPEN, S.AGREED, S.BROKEN, S.FAILED), S.CONVERTED, federation,
         takes=("seen_forms", seen), does=(effects.make_violence_case,), law="F03", danger=True,
         hint=_("The matter becomes domestic violence, what was seen becomes an incident, and the danger is assessed.")),
], opening=Move("plan", _("Family mediation"), (), S.PLANNED, caseworker,
         needs=(needs.danger_not_high, needs.danger_known, needs.asked_apart, needs.both_willing),
         takes=("subjects", "mediator", "asked_apart", "both_willing", "wishes?"), law="F03", asks_when=False),
   final=(S.KEPT, S.STOPPED, S.CONVERTED))  # fmt: skip
