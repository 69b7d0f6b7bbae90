"""A 12338 call: answered, then told apart. It may be handed on, never refused (IMAR 18(2)).

Whoever answered stays responsible until a colleague has taken over, or the other body has confirmed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import federation, lead
from hotline import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    OPEN = "open", p_("call", "In progress")
    ADVISED = "advised", p_("call", "Advised")
    CASE_OPENED = "case_opened", p_("call", "Case opened")
    JOINED = "joined", p_("call", "Joined to a case")
    TRANSFERRED = "transferred", p_("call", "Transferred, not yet confirmed")
    RECEIVED = "received", p_("call", "Transferred and confirmed")
    NO_DATA = "no_data", p_("call", "Nothing kept")


to_whom = Ask("to_whom", _("To which body, and what was arranged"))
decision = Ask("decision", _("Why no case is opened although there is danger"))
confirmed_by = Ask("confirmed_by", _("Who confirmed that they have taken over"))
reason = Ask("reason", p_("call", "Why it comes back"))
TOLD = (needs.safety_asked, needs.rights_told)

FLOW = Workflow("call", _("Hotline call"), S, moves=[
    #    move           button                     from        to             who
    Move("advise",      _("Advised"),              (S.OPEN,),  S.ADVISED,     federation,
         needs=(*TOLD, needs.not_in_danger), law="N03", asks_when=False),
    Move("decide_advised", _("Advised, by the duty leader's decision"), (S.OPEN,), S.ADVISED, lead,
         needs=TOLD, takes=(decision,), law="F03", asks_when=False, danger=True),
    Move("open_case",   _("Open a case"),          (S.OPEN,),  S.CASE_OPENED, federation,
         needs=(*TOLD, needs.case_linked), law="A13", asks_when=False),
    Move("join_case",   _("Join to a case"),       (S.OPEN,),  S.JOINED,      federation,
         needs=(*TOLD, needs.case_linked, needs.case_still_open), law="A13", asks_when=False),
    Move("transfer",    p_("call", "Transfer"),    (S.OPEN,),  S.TRANSFERRED, federation,
         needs=TOLD, takes=("transferred_to", to_whom), does=(effects.tell_receiver,), law="N02", asks_when=False),
    Move("confirm",     _("They have taken over"), (S.TRANSFERRED,), S.RECEIVED, federation,
         takes=(confirmed_by,), does=(effects.drop_draft,), law="N02", asks_when=False),
    Move("take_back",   _("They have not: take it back"), (S.TRANSFERRED,), S.OPEN, federation,
         takes=(reason,), does=(effects.take_charge,), law="N02", asks_when=False),
    Move("keep_nothing", _("Keep nothing"),        (S.OPEN,),  S.NO_DATA,     federation,
         needs=(needs.kind_without_data, needs.nobody_in_danger), does=(effects.forget,), asks_when=False),
    Move("hand_over",   _("Hand over to a colleague"), (S.OPEN,), STAY,       federation,
         takes=("offered_to",), law="N02", asks_when=False),
    Move("take_over",   _("Take over"),            (S.OPEN,),  STAY,          federation,
         does=(effects.take_charge,), law="N02", asks_when=False),
], opening=Move("answer", _("New contact"), (), S.OPEN, federation, asks_when=False),
   final=(S.ADVISED, S.CASE_OPENED, S.JOINED, S.RECEIVED, S.NO_DATA))  # fmt: skip
