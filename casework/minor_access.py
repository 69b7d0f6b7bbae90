"""未成年人信息查阅审批: who may open a minor's data, why, until when; and what an emergency owes afterwards.

Source: 未成年人网络保护条例 36 (MNR): approval by the person in charge, a record, the least that is needed.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import asker, federation, lead, not_asker
from workflow.outbox import send
from workflow.table import Ask, Move, Start, Workflow, need

if TYPE_CHECKING:
    from casework.models import MinorAccess
    from workflow.models import StepRecord

LONGEST = timedelta(days=90)  # our own rule, not law
EMERGENCY = timedelta(hours=24)  # our own rule, not law


class A(models.TextChoices):
    ASKED = "asked", p_("minor access", "Asked for")
    GRANTED = "granted", p_("minor access", "Granted")
    REFUSED = "refused", p_("minor access", "Not granted")
    EMERGENCY = "emergency", p_("minor access", "Opened in an emergency, to be reviewed")
    CONFIRMED = "confirmed", p_("minor access", "Reviewed: it was necessary")
    OBJECTED = "objected", p_("minor access", "Reviewed: it was not necessary")
    ENDED = "ended", p_("minor access", "Withdrawn")


class Why(models.TextChoices):
    DANGER = "danger", p_("minor access", "The child may be in danger now")
    HOSPITAL = "hospital", p_("minor access", "Hospital, police or shelter need to know who the child is")
    REPORT = "report", p_("minor access", "Mandatory report")
    CONTACT = "contact", p_("minor access", "To reach the child or to visit")
    PAPER = "paper", p_("minor access", "Application, letter or other paper that names the child")
    CORRECT = "correct", p_("minor access", "To correct or complete the record")


@need(_("Give an end that lies ahead, at most 90 days from now: no longer than the work needs."), law="D15")
def ends_in_time(leave: "MinorAccess") -> bool:
    return leave.until is not None and leave.moment < leave.until <= leave.moment + LONGEST


def open_for_a_day(step: "StepRecord") -> None:
    """Good at once and for a day; the duty leaders learn of it in the same moment."""
    leave: MinorAccess = step.obj
    leave.until = step.recorded_at + EMERGENCY
    leave.acting(step.actor).save()
    send(agency_id=leave.case.agency_id, kind="minor_emergency", obj=leave)


def note_who_decided(step: "StepRecord") -> None:
    leave: MinorAccess = step.obj
    leave.decided_by_id = step.actor.user_id
    leave.acting(step.actor).save()


def ends_now(step: "StepRecord") -> None:
    leave: MinorAccess = step.obj
    leave.until, leave.decided_by_id = step.recorded_at, step.actor.user_id
    leave.acting(step.actor).save()


reason = Ask("reason", _("Reason"))
another_lead = lead & not_asker
OPEN = (A.GRANTED, A.EMERGENCY, A.CONFIRMED)
WAITING = (A.ASKED, A.EMERGENCY)
REVIEW = ("minor_access_review",)

FLOW = Workflow("minor_access", p_("minor access", "Reading a minor's data"), A, final=(A.REFUSED, A.OBJECTED, A.ENDED), moves=[
    #    move                 button                                             from            to           who
    Move("grant",             p_("minor access", "Grant"),                     (A.ASKED,),     A.GRANTED,   another_lead,
         needs=(ends_in_time,), takes=("until",), does=(note_who_decided,), asks_when=False, law="D15"),
    Move("refuse",            p_("minor access", "Do not grant"),              (A.ASKED,),     A.REFUSED,   another_lead,
         takes=(reason,), does=(note_who_decided,), asks_when=False, law="D15"),
    Move("open_in_emergency", p_("minor access", "Open now, in an emergency"), (A.ASKED,),     A.EMERGENCY, federation & asker,
         starts=(Start("minor_access_review"),), does=(open_for_a_day,), asks_when=False, law="D15",
         hint=_("Opens at once for 24 hours. The duty leader is told now and reviews it.")),
    Move("confirm",           p_("minor access", "It was necessary"),          (A.EMERGENCY,), A.CONFIRMED, another_lead,
         needs=(ends_in_time,), takes=("until",), stops=REVIEW, does=(note_who_decided,), asks_when=False, law="D15"),
    Move("object",            p_("minor access", "It was not necessary"),      (A.EMERGENCY,), A.OBJECTED,  another_lead,
         takes=(reason,), stops=REVIEW, does=(ends_now,), asks_when=False, law="D15"),
    Move("withdraw",          p_("minor access", "Withdraw"),                  (A.GRANTED, A.CONFIRMED), A.ENDED,     lead,
         takes=(reason,), does=(ends_now,), asks_when=False, law="D15"),
], opening=Move("ask", p_("minor access", "Ask to read"), (), A.ASKED, federation,
         takes=("why", "reason?"), asks_when=False, law="D15"))  # fmt: skip
