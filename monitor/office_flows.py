"""Three lives around the plan: a unit's paper, an inspection, a monitoring or evaluation report.

Source: the plan, 三(三), 三(四) (schemes, annual reports, inspection) and 四(一), 四(五) (reports, comment, publication).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import committee_office, lead, liaison, listed_in, not_the, of_its, statistics
from monitor import office_effects as effects
from monitor import office_needs as needs
from monitor.seats import evaluation_seat, leading_seat, monitoring_seat
from workflow.table import STAY, Ask, Move, Workflow


class PaperState(models.TextChoices):
    ASKED = "asked", p_("unit paper", "To be written")
    HANDED_IN = "handed_in", p_("unit paper", "Handed in")
    RETURNED = "returned", p_("unit paper", "Given back")
    RECEIVED = "received", p_("unit paper", "Received")


class InspectionState(models.TextChoices):
    PLANNED = "planned", p_("inspection", "Planned")
    MENDING = "mending", p_("inspection", "To be mended")
    MENDED = "mended", p_("inspection", "Said to be mended")
    CLOSED = "closed", p_("inspection", "Closed")


class ReportState(models.TextChoices):
    DRAFT = "draft", p_("plan report", "Draft")
    COMMENTS = "comments", p_("plan report", "Units comment")
    REVIEW = "review", p_("plan report", "Before the leading group")
    APPROVED = "approved", p_("plan report", "Approved")
    PUBLISHED = "published", p_("plan report", "Published")
    WITHDRAWN = "withdrawn", p_("plan report", "Withdrawn")


P, N, R = PaperState, InspectionState, ReportState
leading_group = listed_in("leading", "leading group") & leading_seat
writers = statistics | committee_office | monitoring_seat | evaluation_seat
PARTS = ("attainment?", "effect?", "experience?", "problems?", "outlook?", "suggestions?")
COMMENT = Ask("comment", p_("plan report", "Comment"))
WHICH = Ask("which", p_("plan report", "Which comment"), kind="choice")
REPLY = Ask("reply", p_("plan report", "Reply"))

PAPER = Workflow("unit_paper", _("Unit's paper"), P, moves=[
    Move("write",     p_("unit paper", "Write"),             (P.ASKED, P.RETURNED), STAY,      of_its("agency"),
         takes=("done", "ahead?"), asks_when=False),
    Move("hand_in",   _("Hand in"),                          (P.ASKED, P.RETURNED), P.HANDED_IN, of_its("agency"),
         needs=(needs.written,), asks_when=False),
    Move("give_back", _("Give back"),                        (P.HANDED_IN,),   P.RETURNED,  committee_office,
         takes=("remark",), asks_when=False),
    Move("receive",   p_("unit paper", "Confirm receipt"),   (P.HANDED_IN,),   P.RECEIVED,  committee_office, asks_when=False),
], opening=Move("ask", _("Ask for a paper"), (), P.ASKED, committee_office,
         takes=("agency", "kind", "year", "due_on"), needs=(needs.due_ahead,), asks_when=False),
   final=(P.RECEIVED,))  # fmt: skip

INSPECTION = Workflow("plan_inspection", _("Inspection"), N, moves=[
    Move("find",      p_("inspection", "Enter findings"),    (N.PLANNED,),     N.MENDING,   committee_office,
         takes=("findings", "due_on"), needs=(needs.has_been, needs.due_ahead), asks_when=False),
    Move("clear",     _("Nothing found"),                    (N.PLANNED,),     N.CLOSED,    committee_office,
         needs=(needs.has_been,), asks_when=False),
    Move("mend",      _("Tell what was mended"),             (N.MENDING,),     N.MENDED,    of_its("agency"),
         takes=("mended",), asks_when=False),
    Move("again",     _("Not mended yet"),                   (N.MENDED,),      N.MENDING,   committee_office,
         takes=("remark", "due_on"), needs=(needs.due_ahead,), asks_when=False),
    Move("close",     p_("inspection", "Close"),             (N.MENDED,),      N.CLOSED,    committee_office, asks_when=False),
], opening=Move("plan", _("Plan an inspection"), (), N.PLANNED, committee_office,
         takes=("agency", "target", "held_on"), asks_when=False),
   final=(N.CLOSED,))  # fmt: skip

REPORT = Workflow("plan_report", _("Report on the plan"), R, moves=[
    Move("write",     p_("plan report", "Write"),            (R.DRAFT, R.COMMENTS), STAY,   writers,
         takes=PARTS, does=(effects.note_writer,), asks_when=False),
    Move("circulate", _("Send to the units for comment"),    (R.DRAFT,),       R.COMMENTS,  statistics | committee_office,
         needs=(needs.six_parts,), asks_when=False),
    Move("comment",   p_("plan report", "Comment"),          (R.COMMENTS,),    STAY,        liaison | lead,
         takes=(COMMENT,), does=(effects.add_comment,), asks_when=False),
    Move("reply",     p_("plan report", "Reply to a comment"), (R.COMMENTS,),  STAY,        writers,
         takes=(WHICH, REPLY), needs=(needs.some_unanswered,), does=(effects.add_reply,), asks_when=False),
    Move("hand_up",   _("Hand to the leading group"),        (R.COMMENTS,),    R.REVIEW,    statistics | committee_office,
         needs=(needs.all_answered, needs.leading_group_known),
         does=(effects.draw_records, effects.note_leading), asks_when=False),
    Move("send_back", p_("plan report", "Send back"),        (R.REVIEW,),      R.DRAFT,     leading_group,
         takes=("remark",), asks_when=False),
    Move("approve",   p_("plan report", "Approve"),          (R.REVIEW,),      R.APPROVED,
         leading_group & not_the("writer_id"), asks_when=False),
    Move("publish",   p_("plan report", "Publish"),          (R.APPROVED,),    R.PUBLISHED, statistics | committee_office,
         asks_when=False),
    Move("withdraw",  p_("plan report", "Withdraw"),         (R.PUBLISHED,),   R.WITHDRAWN, statistics | committee_office,
         takes=("remark",), asks_when=False),
], opening=Move("draft", _("Draft a report"), (), R.DRAFT, statistics | committee_office,
         takes=("kind",), needs=(needs.something_published, needs.its_year_is_published), asks_when=False),
   final=(R.WITHDRAWN,))  # fmt: skip
