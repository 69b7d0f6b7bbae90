"""典型案例: a story told to the public so that nobody in a small place knows whose it is.

Sources: 全区妇女发展规划 D8.M12 (发布案例制度), 个人信息保护法 28–30 (D02), 公通字〔2024〕34号 23 (D22), small places D23.
Her consent, four eyes, and the rule of ten alike are our own rules.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, lead, not_the
from casework.measures.published_case import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("published", "Drafted, to be checked")
    CHECKED = "checked", p_("published", "Checked, to be approved")
    APPROVED = "approved", p_("published", "Approved, to be published")
    PUBLISHED = "published", p_("published", "Published")
    WITHDRAWN = "withdrawn", p_("published", "Withdrawn")
    DROPPED = "dropped", p_("published", "Not published")


REASON = Ask("reason", _("Reason"))
HOW = Ask("how", _("How she was asked, and what she said"))
NEIGHBOUR = Ask("neighbour", _("A neighbour or colleague would not know whose story it is"), kind="flag")
HUSBAND = Ask("husband", _("He would learn nothing from it that he does not know"), kind="flag")
CHILD = Ask("child", _("No child can be found through it"), kind="flag")
WHY = Ask(
    "why", _("Why it is withdrawn"), kind="choice",
    choices=(
        ("consent", _("She no longer wishes it")), ("recognised", _("Somebody was recognised")),
        ("wrong", _("Something in it is wrong")),
    ),
)  # fmt: skip
other = caseworker & not_the("writer_id")  # the second of four eyes
BEFORE, TOLD = (S.DRAFTED, S.CHECKED, S.APPROVED), ("heading", "text", "place_told", "traits")

FLOW = Workflow("published_case", _("Published case"), S, moves=[
    #    move          button                                    from            to            who
    Move("revise",     p_("published", "Change the text"),       BEFORE,         S.DRAFTED,    caseworker,
         takes=TOLD, does=(effects.note_writer,), law="D22", asks_when=False, hint=_("It has to be checked and approved again.")),
    Move("ask_her",    _("Record whether she agrees"),           BEFORE,         STAY,         caseworker,
         takes=("consent", HOW), law="D02"),
    Move("check",      _("Check that nobody can be recognised"), (S.DRAFTED,),   S.CHECKED,    other,
         needs=(needs.enough_alike, needs.rare_needs_no_place, needs.nobody_recognised), takes=(NEIGHBOUR, HUSBAND, CHILD),
         does=(effects.note_checker,), law="D22 D23", asks_when=False),
    Move("send_back",  p_("published", "Send back to the writer"), (S.CHECKED, S.APPROVED), S.DRAFTED, caseworker,
         takes=(REASON,), asks_when=False),
    Move("approve",    p_("published", "Approve"),               (S.CHECKED,),   S.APPROVED,   other & lead,
         needs=(needs.she_agrees,), law="D02 D22", asks_when=False),
    Move("publish",    p_("published", "Published"),             (S.APPROVED,),  S.PUBLISHED,  caseworker,
         needs=(needs.case_is_over, needs.she_agrees, needs.enough_alike), takes=("published_in",), law="D02 D23"),
    Move("withdraw",   p_("published", "Withdraw"),              (S.PUBLISHED,), S.WITHDRAWN,  caseworker,
         takes=(WHY, REASON), law="D02 D22", hint=_("Have it taken off everywhere it stands, and tell her.")),
    Move("drop",       p_("published", "Do not publish"),        BEFORE,         S.DROPPED,    caseworker,
         takes=(REASON,), asks_when=False),
], opening=Move("draft", _("Draft a case for publication"), (), S.DRAFTED, caseworker,
         takes=TOLD, does=(effects.note_writer,), law="D22", asks_when=False),
   final=(S.WITHDRAWN, S.DROPPED))  # fmt: skip
