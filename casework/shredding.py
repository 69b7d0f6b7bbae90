"""粉碎: how the data of a case, or of one person in it, is destroyed: asked, approved by another, waited for, carried out.

Sources: PIPL 47 (delete when due, only store while the law keeps), PIPL 72(2) and the archive rules (D21).
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.kinds import Role
from agencies.who import caseworker, lead, not_asker, role, system
from workflow.table import Move, Workflow, need

if TYPE_CHECKING:
    from casework.models import Shredding
    from workflow.models import StepRecord


class D(models.TextChoices):
    ASKED = "asked", p_("shredding", "Waits for approval")
    WAITING = "waiting", p_("shredding", "Approved, can still be taken back")
    DONE = "done", p_("shredding", "Shredded")
    REFUSED = "refused", p_("shredding", "Not approved")
    TAKEN_BACK = "taken_back", p_("shredding", "Taken back")


class DueWhy(models.TextChoices):
    TIME_OVER = "time_over", p_("shredding", "The time of keeping is over")
    MISTAKE = "mistake", p_("shredding", "Entered by mistake, or twice")
    HER_WISH = "her_wish", p_("shredding", "She asks for it, and no law keeps it")


@need(_("A legal hold stands on this case. Nothing of it can be shredded until it is lifted."), law="D10")
def no_hold(asked: "Shredding") -> bool:
    return not asked.is_held()


@need(_("Close the case first."), law="D10")
def no_longer_worked_on(asked: "Shredding") -> bool:
    return asked.person_id is not None or asked.case.state in ("closed", "archived")


@need(
    _("The law still keeps this file. It can be closed to all but the duty leader, but not be shredded."),
    law="D21",
)
def law_allows(asked: "Shredding") -> bool:
    return asked.law_allows()


@need(_("The days in which it can be taken back are not over."))
def waited(asked: "Shredding") -> bool:
    return asked.due_at is not None and asked.due_at <= asked.moment


def notes_approval(step: "StepRecord") -> None:
    asked: Shredding = step.obj
    asked.decided_by_id = step.actor.user_id
    asked.due_at = step.recorded_at + timedelta(days=settings.SHRED_WAITS_DAYS)
    asked.acting(step.actor).save()


def notes_refusal(step: "StepRecord") -> None:
    asked: Shredding = step.obj
    asked.decided_by_id = step.actor.user_id
    asked.acting(step.actor).save()


# Two persons in two posts: a caseworker asks, a duty leader who did not ask decides.
asks, decides = role(Role.CASEWORKER), lead & not_asker
STILL = (no_hold, no_longer_worked_on, law_allows)

FLOW = Workflow("shredding", p_("shredding", "Shredding of data"), D, final=(D.DONE, D.REFUSED, D.TAKEN_BACK), moves=[
    #    move          button                                          from                    to            who
    Move("approve",    p_("shredding", "Approve"),                     (D.ASKED,),             D.WAITING,    decides,
         needs=STILL, does=(notes_approval,), asks_when=False, law="D10", proof=True, danger=True,
         hint=_("For some days a caseworker or a duty leader can take it back. Then nothing brings it back.")),
    Move("refuse",     p_("shredding", "Do not approve"),              (D.ASKED,),             D.REFUSED,    decides,
         does=(notes_refusal,), asks_when=False),
    Move("take_back",  p_("shredding", "Take back"),                   (D.ASKED, D.WAITING),   D.TAKEN_BACK, caseworker,
         asks_when=False),
    Move("carry_out",  p_("shredding", "Shredded"),                    (D.WAITING,),           D.DONE,       system,
         needs=(waited, *STILL), asks_when=False, law="D10"),
], opening=Move("ask", p_("shredding", "Ask for shredding"), (), D.ASKED, asks,
         needs=STILL, takes=("why",), asks_when=False, law="D10"))  # fmt: skip
