"""通报、简报: what the federation tells other bodies about the work. Nobody may be recognised in it.

Sources: 全区妇女发展规划 D8.M12 (信息通报制度), 内蒙古条例 5 and 公通字〔2024〕34号 23 (D22), small places D23.
That a second person checks and approves is our own rule.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, lead, liaison, not_the
from casework.measures.bulletin import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("bulletin", "Drafted, to be checked")
    CHECKED = "checked", p_("bulletin", "Checked, to be approved")
    APPROVED = "approved", p_("bulletin", "Approved, to be sent")
    SENT = "sent", p_("bulletin", "Sent")
    WITHDRAWN = "withdrawn", p_("bulletin", "Withdrawn")
    DROPPED = "dropped", p_("bulletin", "Not issued")


REASON = Ask("reason", _("Reason"))
NO_NAMES = Ask("no_names", _("No name, number, address, workplace or school of anybody"), kind="flag")
NO_PUZZLE = Ask(
    "no_puzzle", _("Nobody can be put together from place, time, age, work and family"), kind="flag",
    hint=_("Read it as a neighbour, a colleague or her husband would."),
)  # fmt: skip
NO_CELLS = Ask("no_cells", _("No figure below ten, and none that can be worked out from others"), kind="flag")
other = caseworker & not_the("writer_id")  # the second of four eyes
BEFORE = (S.DRAFTED, S.CHECKED, S.APPROVED)

FLOW = Workflow("bulletin", _("Bulletin"), S, moves=[
    #    move          button                                      from            to            who
    Move("revise",     p_("bulletin", "Change the text"),          BEFORE,         S.DRAFTED,    caseworker,
         takes=("kind", "heading", "text"), does=(effects.note_writer,), asks_when=False,
         hint=_("It has to be checked and approved again.")),
    Move("check",      _("Check that nobody can be recognised"),   (S.DRAFTED,),   S.CHECKED,    other,
         needs=(needs.nobody_recognised,), takes=(NO_NAMES, NO_PUZZLE, NO_CELLS), does=(effects.note_checker,),
         law="D22 D23", asks_when=False),
    Move("send_back",  p_("bulletin", "Send back to the writer"),  (S.CHECKED, S.APPROVED), S.DRAFTED, caseworker,
         takes=(REASON,), asks_when=False),
    Move("approve",    p_("bulletin", "Approve"),                  (S.CHECKED,),   S.APPROVED,   other & lead,
         law="D22", asks_when=False),
    Move("send",       p_("bulletin", "Send"),                     (S.APPROVED,),  S.SENT,       caseworker,
         takes=("recipients",), does=(effects.number_bulletin, effects.tell_recipients), law="D22", asks_when=False),
    Move("acknowledge", _("We have it"),                           (S.SENT,),      STAY,         liaison,
         does=(effects.note_receipt,), asks_when=False),
    Move("withdraw",   p_("bulletin", "Withdraw"),                 (S.SENT,),      S.WITHDRAWN,  caseworker,
         takes=(REASON,), does=(effects.tell_recipients,), law="D22", asks_when=False),
    Move("drop",       p_("bulletin", "Do not issue it"),          BEFORE,         S.DROPPED,    caseworker,
         takes=(REASON,), asks_when=False),
], opening=Move("draft", _("Draft a bulletin"), (), S.DRAFTED, caseworker,
         takes=("kind", "heading", "text"), does=(effects.note_writer,), asks_when=False),
   final=(S.WITHDRAWN, S.DROPPED))  # fmt: skip
