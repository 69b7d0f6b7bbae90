"""重点监控: a household the neighbourhood network looks after for a time. Nobody stays on the list by being forgotten.

Sources: 内蒙古条例 16, 17 (N04), 个人信息保护法 19 (D05). Levels, cadence and length are the house's own policy.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, committee, federation, lead, not_the, police, system
from casework.measures.key_watch import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    PROPOSED = "proposed", p_("watch", "Proposed")
    WATCHED = "watched", p_("watch", "On the watch list")
    LIFTED = "lifted", p_("watch", "Taken off the list")
    EXPIRED = "expired", p_("watch", "Ended by itself")
    REJECTED = "rejected", p_("watch", "Not put on the list")


REASON = Ask("reason", _("Reason"))
SIGN = Ask(
    "sign", _("What was noticed"), kind="choice", choices=(
        ("quiet", p_("sign", "Quiet")), ("contact_lost", p_("sign", "She could not be met")),
        ("tension", p_("sign", "Quarrels, tension")), ("violence", p_("sign", "Signs of violence")),
    ),
)  # fmt: skip
SEEN = Ask(
    "account", _("What was seen or heard"), required=False,
    hint=_("Facts only. Never tell the household that it is on a list."),
)  # fmt: skip
END = Start("key_watch_end", until="review_on")

FLOW = Workflow("key_watch", _("Key watch"), S, moves=[
    #    move        button                               from            to           who
    Move("confirm",  p_("watch", "Put on the list"),      (S.PROPOSED,),  S.WATCHED,   lead & not_the("proposed_by_id"),
         needs=(needs.review_in_time, needs.watcher_knows_whom), takes=("level", "review_on", "watcher?", "brief?"),
         starts=(END,), does=(effects.note_review, effects.tell_watcher), law="N04", asks_when=False),
    Move("reject",   p_("watch", "Do not put on it"),     (S.PROPOSED,),  S.REJECTED,  lead,
         takes=(REASON,), law="D05", asks_when=False),
    Move("report",   _("Report what was noticed"),        (S.WATCHED,),   STAY,        federation | committee | police,
         takes=(SIGN, SEEN), does=(effects.weigh_sign,), law="N04"),
    Move("review",   _("Review: keep on the list"),       (S.WATCHED,),   STAY,        caseworker,
         needs=(needs.review_in_time, needs.later_review, needs.watcher_knows_whom),
         takes=("level", "review_on", "watcher?", "brief?", REASON),
         stops=("key_watch_end",), starts=(END,), does=(effects.note_review, effects.tell_watcher), law="D05", asks_when=False),
    Move("lift",     _("Take off the list"),              (S.WATCHED,),   S.LIFTED,    caseworker,
         takes=(REASON,), stops=("key_watch_end",), does=(effects.tell_watcher,), law="D05", asks_when=False),
    Move("expire",   _("End: nobody reviewed it"),        (S.WATCHED,),   S.EXPIRED,   system,
         does=(effects.tell_watcher, effects.ask_why), law="D05", asks_when=False),
], opening=Move("propose", _("Propose for key watch"), (), S.PROPOSED, caseworker,
         takes=("source", "grounds", "level", "review_on", "watcher?", "why?"), needs=(needs.review_in_time,),
         does=(effects.note_proposer,),
         law="N04", asks_when=False),
   fires={"key_watch_end": "expire"},
   final=(S.LIFTED, S.EXPIRED, S.REJECTED))  # fmt: skip
