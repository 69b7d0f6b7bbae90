"""紧急查阅: one case of another body's, read for three hours because somebody is in danger now, and answered for.

Our own rule, on the grounds of PIPL 13 and 51: the least that protects a life, told at once and reviewed within a day.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.need_to_know import Emergency, end_emergency
from agencies.who import asker, federation, lead, not_asker, system
from workflow.table import Ask, Move, Start, Workflow, need

if TYPE_CHECKING:
    from casework.models import BreakGlass
    from workflow.models import StepRecord

HOURS = timedelta(hours=3)
REVIEW_WITHIN = timedelta(hours=24)


class G(models.TextChoices):
    OPEN = "open", p_("break glass", "Open, to be reviewed")
    OVER = "over", p_("break glass", "Ended, to be reviewed")
    JUSTIFIED = "justified", p_("break glass", "Reviewed: it was necessary")
    OBJECTED = "objected", p_("break glass", "Reviewed: it was not necessary")


class GlassWhy(models.TextChoices):
    DANGER = "danger", p_("break glass", "Somebody is in danger now")
    CALLS = "calls", p_("break glass", "She calls here and her own federation cannot be reached")
    RESCUE = "rescue", p_("break glass", "Police, hospital or shelter must know now to help her")


UNREVIEWED = (G.OPEN, G.OVER)


@need(_("End the emergency access you have first: only one case at a time."), law="D11")
def none_open(glass: "BreakGlass") -> bool:
    return not glass.others().filter(state=G.OPEN, until__gt=glass.moment).exists()


@need(
    _("Your last emergency access has not been reviewed within a day. Until it is, you cannot open another."),
    law="D11",
)
def none_overdue(glass: "BreakGlass") -> bool:
    late = glass.moment - REVIEW_WITHIN
    return not glass.others().filter(state__in=UNREVIEWED, created_at__lte=late).exists()


def opens(step: "StepRecord") -> None:
    """Open from now for three hours, for this posting alone."""
    glass: BreakGlass = step.obj
    glass.until = step.recorded_at + HOURS
    glass.acting(step.actor).save()
    assert step.actor.posting_id
    Emergency.objects.create(
        id=glass.pk, posting_id=step.actor.posting_id, subject_id=glass.case_id, until=glass.until
    )


def ends(step: "StepRecord") -> None:
    glass: BreakGlass = step.obj
    glass.until = min(glass.until or step.recorded_at, step.recorded_at)
    glass.acting(step.actor).save()
    end_emergency(glass.pk, step.recorded_at)


def notes_reviewer(step: "StepRecord") -> None:
    glass: BreakGlass = step.obj
    glass.reviewed_by_id = step.actor.user_id
    ends(step)


another = lead & not_asker
account = Ask("account", p_("break glass", "What was done with it"), required=False)
finding = Ask("finding", p_("break glass", "What the review found"))
REVIEW = ("break_glass_review",)

FLOW = Workflow("break_glass", p_("break glass", "Emergency access"), G, final=(G.JUSTIFIED, G.OBJECTED), moves=[
    #    move         button                                               from              to           who
    Move("close",     p_("break glass", "End it now"),                     (G.OPEN,),        G.OVER,      federation & asker,
         takes=(account,), does=(ends,), asks_when=False, law="D11"),
    Move("run_out",   p_("break glass", "Three hours are over"),           (G.OPEN,),        G.OVER,      system,
         does=(ends,), asks_when=False, law="D11"),
    Move("justify",   p_("break glass", "It was necessary"),               UNREVIEWED,       G.JUSTIFIED, another,
         takes=(finding,), stops=REVIEW, does=(notes_reviewer,), asks_when=False, law="D11",
         hint=_("The access ends with the review.")),
    Move("object",    p_("break glass", "It was not necessary"),           UNREVIEWED,       G.OBJECTED,  another,
         takes=(finding,), stops=REVIEW, does=(notes_reviewer,), asks_when=False, law="D11"),
], opening=Move("break_glass", p_("break glass", "Open in an emergency"), (), G.OPEN, federation,
         needs=(none_open, none_overdue), takes=("why", "reason"), starts=(Start("break_glass_review"),),
         does=(opens,), asks_when=False, law="D01"))  # fmt: skip
