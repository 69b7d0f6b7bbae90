"""回访: one planned contact with her, whether it took place, and what it found. Is it safe to talk comes first.

Sources: 妇联受理家暴投诉规程(2018) 13 (GC18), 法发〔2022〕10号 16, 18 (FF10), 公通字〔2024〕34号 12 (GJ34).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, system
from casework.measures.follow_up_visit import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    PLANNED = "planned", p_("visit", "Planned")
    MISSED = "missed", p_("visit", "No contact, being traced")
    DONE = "done", p_("visit", "Done")
    CANCELLED = "cancelled", p_("visit", "Cancelled")


class Basis(models.TextChoices):
    DANGER = "danger", _("Danger level")
    ORDER = "order", _("Protection order")
    ORDER_END = "order_end", _("End of the protection order")
    LETTER = "letter", _("Warning letter")
    CLOSING = "closing", _("Case closed")


reason = Ask("reason", _("Reason"))
CLOCKS = (
    "ppo_wf_periodic_visit",
    "ppo_wf_end_feedback",
    "wf_post_close_follow_up",
    "follow_up_one_week_guidance",
)
DUE = (
    Start("ppo_wf_periodic_visit", when=lambda v: v.basis == Basis.ORDER, until="due_at"),
    Start("ppo_wf_end_feedback", when=lambda v: v.basis == Basis.ORDER_END, until="due_at"),
    Start("wf_post_close_follow_up", when=lambda v: v.basis == Basis.CLOSING, until="due_at"),
    Start(
        "follow_up_one_week_guidance", when=lambda v: v.basis in (Basis.DANGER, Basis.LETTER), until="due_at"
    ),
)

FLOW = Workflow("follow_up_visit", _("Follow-up visit"), S, moves=[
    #    move            button                             from                     to           who
    Move("not_safe",     _("Not safe to talk now"),         (S.PLANNED, S.MISSED),   STAY,        federation,
         takes=("due_at", "channel?"), stops=CLOCKS, starts=DUE, law="P15"),
    Move("hold",         _("Record the visit"),             (S.PLANNED, S.MISSED),   S.DONE,      federation,
         needs=(needs.safe_to_talk, needs.violence_described),
         takes=("channel", "safe_to_talk", "new_violence?", "order_kept?", "letter_kept?", "needs_changed?", "signed?",
                "account?", "next_due_at?"),
         stops=CLOCKS, does=(effects.plan_next, effects.record_violence, effects.note_visit), law="F05"),
    Move("miss",         _("No contact"),                   (S.PLANNED, S.MISSED),   S.MISSED,    federation,
         takes=("channel", Ask("tried", _("What was tried"))), does=(effects.trace,), law="P16"),
    Move("cancel",       p_("visit", "Cancel"),             (S.PLANNED, S.MISSED),   S.CANCELLED, caseworker,
         takes=(reason,), stops=CLOCKS, asks_when=False, law="F05"),
], opening=Move("plan", _("Plan a visit"), (), S.PLANNED, caseworker | system,
         takes=("basis", "due_at", "channel?"), starts=DUE, asks_when=False, law="F05"),
   final=(S.DONE, S.CANCELLED))  # fmt: skip
