"""Three lives: a collection round, one unit's submission in it, and an early warning.

Source: the plan, 四(一)–(五): the statistics bureau leads the collection, a leading group approves, what will hardly be
reached or swings is warned of in time. The plan gives no days; those of a round are set when it is planned.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import committee_office, listed_in, not_the, of_its, statistics, system
from monitor import effects, needs
from monitor.seats import leading_seat
from workflow.table import STAY, Move, Workflow


class RoundState(models.TextChoices):
    PLANNED = "planned", p_("collection", "Planned")
    COLLECTING = "collecting", p_("collection", "Units report")
    VALIDATING = "validating", p_("collection", "Being checked")
    REVIEW = "review", p_("collection", "Before the leading group")
    APPROVED = "approved", p_("collection", "Approved")
    PUBLISHED = "published", p_("collection", "Published")
    ARCHIVED = "archived", p_("collection", "Archived")


class SubmissionState(models.TextChoices):
    OPEN = "open", p_("submission", "To be reported")
    HANDED_IN = "handed_in", p_("submission", "Handed in")
    RETURNED = "returned", p_("submission", "Given back")
    ACCEPTED = "accepted", p_("submission", "Accepted")


class WarningState(models.TextChoices):
    RAISED = "raised", p_("warning", "Raised")
    ACKNOWLEDGED = "acknowledged", p_("warning", "Acknowledged")
    ANSWERED = "answered", p_("warning", "Response under way")
    CLOSED = "closed", p_("warning", "Closed")
    OVERRULED = "overruled", p_("warning", "Set aside")


R, U, W = RoundState, SubmissionState, WarningState
# Whom it was handed to, as long as the seat lasts.
leading_group = listed_in("leading", "leading group") & leading_seat
ROUND = Workflow("collection_round", _("Collection round"), R, moves=[
    #    move         button                                  from              to            who
    Move("call",      p_("collection", "Call for reports"),   (R.PLANNED,),     R.COLLECTING, statistics,
         needs=(needs.somebody_reports, needs.no_other_open, needs.dictionary_approved),
         does=(effects.ask_units, effects.take_casework), asks_when=False),
    Move("close",     p_("collection", "End the collection"), (R.COLLECTING,),  R.VALIDATING, statistics,
         does=(effects.take_casework,), asks_when=False),
    Move("reopen",    p_("collection", "Collect again"),      (R.VALIDATING,),  R.COLLECTING, statistics,
         takes=("remark",), asks_when=False),
    Move("hand_up",   _("Hand to the leading group"),         (R.VALIDATING,),  R.REVIEW,     statistics,
         needs=(needs.nothing_unchecked, needs.leading_group_known), does=(effects.note_leading,), asks_when=False),
    Move("send_back", p_("collection", "Send back"),          (R.REVIEW,),      R.VALIDATING, leading_group,
         takes=("remark",), asks_when=False),
    Move("approve",   p_("collection", "Approve"),            (R.REVIEW,),      R.APPROVED,
         leading_group & not_the("planner_id"), asks_when=False),
    Move("publish",   p_("collection", "Publish"),            (R.APPROVED,),    R.PUBLISHED,  statistics,
         does=(effects.finalise, effects.publish, effects.warn), asks_when=False),
    Move("correct",   _("Correct what was published"),        (R.PUBLISHED,),   R.VALIDATING, statistics,
         needs=(needs.no_other_open,), takes=("remark",), asks_when=False),
    Move("archive",   p_("collection", "Archive"),            (R.PUBLISHED,),   R.ARCHIVED,   statistics, asks_when=False),
], opening=Move("plan", _("Plan a collection round"), (), R.PLANNED, statistics,
         needs=(needs.year_is_over, needs.only_round, needs.due_ahead), takes=("kind", "year", "due_on"), asks_when=False),
   final=(R.ARCHIVED,))  # fmt: skip

SUBMISSION = Workflow("unit_submission", _("Unit's report"), U, moves=[
    Move("hand_in",   _("Hand in"),                           (U.OPEN, U.RETURNED), U.HANDED_IN, of_its("agency"),
         needs=(needs.round_takes_reports, needs.everything_answered), asks_when=False),
    Move("give_back", _("Give back"),                         (U.HANDED_IN, U.ACCEPTED), U.RETURNED, statistics,
         needs=(needs.round_is_open,), takes=("remark",), asks_when=False),
    Move("accept",    p_("submission", "Accept"),             (U.HANDED_IN,),   U.ACCEPTED,   statistics,
         needs=(needs.round_is_open,), asks_when=False),
], opening=Move("ask", _("Ask a unit to report"), (), U.OPEN, statistics | system, asks_when=False),
   final=())  # fmt: skip

WARNING = Workflow("early_warning", _("Early warning"), W, moves=[
    Move("acknowledge", _("Acknowledge"),                     (W.RAISED,),      W.ACKNOWLEDGED, of_its("agency"),
         asks_when=False),
    Move("respond",   _("Answer with a plan"),                (W.ACKNOWLEDGED,), W.ANSWERED,  of_its("agency"),
         takes=("due_on", "response"), needs=(needs.due_ahead,), asks_when=False),
    Move("report",    _("Tell how far it is"),                (W.ANSWERED,),    STAY,         of_its("agency"),
         takes=("progress",), asks_when=False),
    Move("close",     p_("warning", "Close"),                 (W.ANSWERED,),    W.CLOSED,     statistics | committee_office,
         needs=(needs.next_value_known,), takes=("outcome",), asks_when=False),
    Move("overrule",  p_("warning", "Set aside"),             (W.RAISED, W.ACKNOWLEDGED, W.ANSWERED), W.OVERRULED,
         committee_office, takes=("remark",), asks_when=False),
], opening=Move("raise", _("Raise a warning"), (), W.RAISED, statistics | system, asks_when=False),
   final=(W.CLOSED, W.OVERRULED))  # fmt: skip
