"""A 12338 call: answered, then told apart. It may be handed on, never refused (IMAR 18(2))."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import federation
from hotline import effects, needs
from workflow.table import STAY, Ask, Move, Workflow


class S(models.TextChoices):
    OPEN = "open", p_("call", "In progress")
    ADVISED = "advised", p_("call", "Advised")
    CASE_OPENED = "case_opened", p_("call", "Case opened")
    JOINED = "joined", p_("call", "Joined to a case")
    TRANSFERRED = "transferred", p_("call", "Transferred")
    NO_DATA = "no_data", p_("call", "Nothing kept")


to_whom = Ask("to_whom", _("To which body, and what was arranged"))

FLOW = Workflow("call", _("Hotline call"), S, moves=[
    #    move           button                     from        to             who
    Move("advise",      _("Advised"),              (S.OPEN,),  S.ADVISED,     federation,
         needs=(needs.safety_asked, needs.rights_told), law="N03", asks_when=False),
    Move("open_case",   _("Open a case"),          (S.OPEN,),  S.CASE_OPENED, federation,
         needs=(needs.safety_asked, needs.rights_told, needs.case_linked), law="A13", asks_when=False),
    Move("join_case",   _("Join to a case"),       (S.OPEN,),  S.JOINED,      federation,
         needs=(needs.safety_asked, needs.rights_told, needs.case_linked), law="A13", asks_when=False),
    Move("transfer",    p_("call", "Transfer"),    (S.OPEN,),  S.TRANSFERRED, federation,
         needs=(needs.safety_asked,), takes=("transferred_to", to_whom), does=(effects.tell_receiver,), law="N02",
         asks_when=False),
    Move("keep_nothing", _("Keep nothing"),        (S.OPEN,),  S.NO_DATA,     federation,
         needs=(needs.kind_without_data,), does=(effects.forget,), asks_when=False),
    Move("hand_over",   _("Hand over to a colleague"), (S.OPEN,), STAY,       federation,
         takes=("operator",), law="N02", asks_when=False),
], opening=Move("answer", _("New contact"), (), S.OPEN, federation, asks_when=False),
   final=(S.ADVISED, S.CASE_OPENED, S.JOINED, S.TRANSFERRED, S.NO_DATA))  # fmt: skip
