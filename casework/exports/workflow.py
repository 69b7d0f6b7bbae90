"""数据导出: who asks for a list, who approves it, how it is made and fetched, and that it ends by itself.

More than twenty rows, or any ID number: a second person approves, never the one who asked. Our own rules, not law.
"""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from celery import current_app
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import Who, asker, caseworker, lead, not_asker, system
from privacy.files import delete_file
from workflow.table import Ask, Move, Workflow, need

if TYPE_CHECKING:
    from casework.models import Export
    from workflow.models import StepRecord

FEW_ROWS = 20
GOOD_FOR = timedelta(hours=24)


class E(models.TextChoices):
    ASKED = "asked", p_("export", "Waits for approval")
    MAKING = "making", p_("export", "Being made")
    READY = "ready", p_("export", "Ready to be fetched")
    TAKEN = "taken", p_("export", "Fetched")
    REFUSED = "refused", p_("export", "Not approved")
    FAILED = "failed", p_("export", "Could not be made")
    EXPIRED = "expired", p_("export", "Run out")
    STOPPED = "stopped", p_("export", "Stopped")


class People(models.TextChoices):
    """How much of the persons stands in the list."""

    NONE = "none", p_("export", "Codes only, nobody is named")
    NAMES = "names", p_("export", "With name and telephone number")
    NUMBERS = "numbers", p_("export", "With name, telephone and ID number")


class Form(models.TextChoices):
    XLSX = "xlsx", p_("export", "Spreadsheet (xlsx)")
    CSV = "csv", p_("export", "Plain table (csv)")


@need(_("More than twenty rows, or ID numbers: a second person has to approve it."))
def little(export: "Export") -> bool:
    return export.rows <= FEW_ROWS and export.people != People.NUMBERS


@need(_("It has run out. Ask for it anew."))
def in_time(export: "Export") -> bool:
    return export.until is not None and export.moment < export.until


def note_who_decided(step: "StepRecord") -> None:
    export: Export = step.obj
    export.decided_by_id = step.actor.user_id
    export.acting(step.actor).save()


def begin_making(step: "StepRecord") -> None:
    transaction.on_commit(partial(_queue, str(step.obj_id)), robust=True)


def _queue(pk: str) -> None:
    # By name: the task reaches the services, the services the models, and the models this table.
    current_app.send_task("casework.tasks.make_an_export", [pk], ignore_result=True, retry=False)


def good_for_a_day(step: "StepRecord") -> None:
    export: Export = step.obj
    export.until = step.recorded_at + GOOD_FOR
    export.acting(step.actor).save()


def forget(step: "StepRecord") -> None:
    """Neither file nor passphrase is kept any longer."""
    export: Export = step.obj
    if export.file_id is not None:
        delete_file(export.file_id)
    export.file_id = export.passphrase = None
    export.acting(step.actor).save()


another_lead = lead & not_asker
answers_for_it: Who = asker | lead | system
REASON = Ask("reason", _("Reason"))

FLOW = Workflow("export", p_("export", "Export of data"), E,
    final=(E.TAKEN, E.REFUSED, E.FAILED, E.EXPIRED, E.STOPPED), moves=[
    #    move       button                                          from                          to         who
    Move("approve", p_("export", "Approve"),                        (E.ASKED,),                   E.MAKING,  another_lead,
         needs=(in_time,), does=(note_who_decided, begin_making), asks_when=False, proof=True),
    Move("refuse",  p_("export", "Do not approve"),                 (E.ASKED,),                   E.REFUSED, another_lead,
         takes=(REASON,), does=(note_who_decided,), asks_when=False),
    Move("waive",   p_("export", "Begin: few rows, no ID numbers"), (E.ASKED,),                   E.MAKING,  system,
         needs=(little,), does=(begin_making,), asks_when=False),
    Move("finish",  p_("export", "Made"),                           (E.MAKING,),                  E.READY,   system,
         does=(good_for_a_day,), asks_when=False),
    Move("fail",    p_("export", "Could not be made"),              (E.MAKING,),                  E.FAILED,  system,
         does=(forget,), asks_when=False),
    Move("take",    p_("export", "Fetch the file"),                 (E.READY,),                   E.TAKEN,   asker,
         needs=(in_time,), asks_when=False),
    Move("expire",  p_("export", "Run out"),                        (E.ASKED, E.READY),           E.EXPIRED, system,
         does=(forget,), asks_when=False),
    Move("stop",    p_("export", "Stop it"),                        (E.ASKED, E.MAKING, E.READY), E.STOPPED, answers_for_it,
         does=(forget,), asks_when=False, danger=True),
], opening=Move("ask", p_("export", "Ask for an export"), (), E.ASKED, caseworker,
         takes=("source", "people", "form", "year?", "reason"), does=(good_for_a_day,), asks_when=False))  # fmt: skip
