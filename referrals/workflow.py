"""转介: a hand-over to another body, and what comes back. Only a written answer ends it.

Sources: 内蒙古条例 18 (IMAR), 多部门合作工作手册 form 3 (HB), 个人信息保护法 23 (PIPL), 法律援助法 32, 43 (LA).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, liaison
from referrals import effects, needs
from workflow.table import Ask, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("referral", "Being prepared")
    SENT = "sent", p_("referral", "Sent")
    ACCEPTED = "accepted", p_("referral", "Accepted")
    REFUSED = "refused", p_("referral", "Sent back with a reason")
    DONE = "done", p_("referral", "Done, answer received")
    WITHDRAWN = "withdrawn", p_("referral", "Withdrawn")


reason = Ask("reason", _("Reason"))
answer = Ask("answer", _("What was done"))
receiver = liaison | caseworker
URGENT = Start("referral_urgent_1d", when=lambda r: r.urgency == "urgent")
AID = Start("legal_aid_review_7d", when=lambda r: r.service == "legal_aid")
ASSIGN = Start("legal_aid_assign_3d", when=lambda r: r.service == "legal_aid")
CLOCKS = ("referral_urgent_1d", "referral_feedback_3wd", "legal_aid_review_7d", "legal_aid_assign_3d")

FLOW = Workflow("referral", _("Referral"), S, moves=[
    #    move        button                          from                     to           who
    Move("send",     p_("referral", "Send"),         (S.DRAFTED,),            S.SENT,      caseworker,
         needs=(needs.receiver_chosen, needs.consent_or_basis), takes=("receiver", "basis", "consent_until?"),
         starts=(URGENT, AID), does=(effects.tell_receiver, effects.note_sent), law="D06"),
    Move("accept",   p_("referral", "Accept"),       (S.SENT,),               S.ACCEPTED,  receiver,
         starts=("referral_feedback_3wd", ASSIGN), stops=("referral_urgent_1d", "legal_aid_review_7d"),
         does=(effects.tell_sender, effects.note_granted), law="F10"),
    Move("refuse",   p_("referral", "Send back"),    (S.SENT, S.ACCEPTED),    S.REFUSED,   receiver,
         takes=(reason,), stops=CLOCKS, does=(effects.tell_sender, effects.find_another), law="F10"),
    Move("finish",   _("Answer what was done"),      (S.ACCEPTED,),           S.DONE,      receiver,
         takes=(answer,), stops=CLOCKS, does=(effects.tell_sender,), law="F10"),
    Move("withdraw", p_("referral", "Withdraw"),     (S.DRAFTED, S.SENT, S.ACCEPTED), S.WITHDRAWN, federation,
         takes=(reason,), stops=CLOCKS, does=(effects.tell_receiver,), law="D02", asks_when=False),
], opening=Move("draft", _("Prepare a referral"), (), S.DRAFTED, federation,
         takes=("service", "urgency", "receiver?", "request?"), asks_when=False, law="N03"),
   final=(S.REFUSED, S.DONE, S.WITHDRAWN))  # fmt: skip
