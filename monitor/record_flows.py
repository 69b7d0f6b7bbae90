"""Two lives: a record beside the indicators (practice, problem, project, survey …), and a proposal the leading group decides.

Source: the plan, 三(四)–(六) and 四(二), 四(三), 四(五): what goes well and what does not is listed with an owner and a state;
schemes of monitoring and evaluation and the indicator system itself are approved by others than those who wrote them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import committee_office, lead, liaison, not_the, of_its, statistics
from monitor import record_needs as needs
from monitor.seats import evaluation_seat, leading_seat, monitoring_seat
from workflow.table import STAY, Move, Workflow


class RecordState(models.TextChoices):
    OPEN = "open", p_("plan record", "Open")
    DONE = "done", p_("plan record", "Settled")
    DROPPED = "dropped", p_("plan record", "Struck out")


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", p_("proposal", "Before the leading group")
    APPROVED = "approved", p_("proposal", "Approved")
    REFUSED = "refused", p_("proposal", "Not approved")


K, S = RecordState, ProposalState
office = committee_office | statistics
RECORD = Workflow("plan_record", _("Record beside the indicators"), K, moves=[
    Move("tell",      p_("plan record", "Tell how far it is"), (K.OPEN,),      STAY,        of_its("agency"),
         takes=("progress",), asks_when=False),
    Move("settle",    p_("plan record", "Settle"),           (K.OPEN,),        K.DONE,      committee_office | evaluation_seat,
         needs=(needs.owner_has_told,), takes=("outcome",), asks_when=False),
    Move("again",     p_("plan record", "Open again"),       (K.DONE,),        K.OPEN,      committee_office | evaluation_seat,
         takes=("remark",), asks_when=False),
    Move("drop",      p_("plan record", "Strike out"),       (K.OPEN,),        K.DROPPED,   committee_office,
         takes=("remark",), asks_when=False),
], opening=Move("enter", _("Enter a record"), (), K.OPEN, office | liaison | lead | monitoring_seat | evaluation_seat,
         takes=("kind", "agency", "target?", "year", "heading", "text", "suggestion?", "due_on?"),
         needs=(needs.problem_says_what_to_do,), asks_when=False),
   final=(K.DROPPED,))  # fmt: skip

PROPOSAL = Workflow("plan_proposal", _("Proposal to the leading group"), S, moves=[
    Move("approve",   p_("proposal", "Approve"),             (S.PROPOSED,),    S.APPROVED,
         leading_seat & not_the("proposer_id"), asks_when=False),
    Move("refuse",    p_("proposal", "Do not approve"),      (S.PROPOSED,),    S.REFUSED,   leading_seat,
         takes=("remark",), asks_when=False),
], opening=Move("propose", _("Propose to the leading group"), (), S.PROPOSED,
         office | monitoring_seat | evaluation_seat, takes=("kind", "text?"),
         needs=(needs.something_to_decide, needs.nothing_else_waits), asks_when=False),
   final=(S.APPROVED, S.REFUSED))  # fmt: skip
