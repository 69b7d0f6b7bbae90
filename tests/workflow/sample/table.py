"""An errand: the smallest life that uses every part of the grammar."""

from typing import Any

from django.db import models

from agencies.who import caseworker, federation, lead, police, system
from workflow.outbox import send
from workflow.table import STAY, Ask, Move, Start, Workflow, need


class S(models.TextChoices):
    ASKED = "asked", "Asked"
    TAKEN = "taken", "Taken"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


@need("Give the errand a number first.", law="W05")
def numbered(errand: Any) -> bool:
    return bool(errand.number)


@need("Say how heavy it is.")
def weighed(errand: Any) -> bool:
    return errand.weight is not None


def urgent(errand: Any) -> bool:
    return bool(errand.urgent)


def tell(step: Any) -> None:
    send(agency_id=step.obj.agency_id, kind="errand_done", obj=step.obj)


def count(step: Any) -> None:
    step.obj.visits += 1
    step.obj.save()


FLOW = Workflow("errand", "Errand", S, moves=[
    Move("take",   "Take on",   (S.ASKED,),         S.TAKEN,   caseworker | police,
         takes=("number?", "due_on?"), law="W05",
         starts=("wl_decision_72h", Start("wl_on_the_spot", when=urgent))),
    Move("visit",  "Visit",     (S.TAKEN,),         STAY,      federation,
         takes=(Ask("account", "What was seen", required=False),), does=(count,)),
    Move("finish", "Finish",    (S.TAKEN,),         S.DONE,    caseworker,
         needs=(numbered, weighed),
         takes=("number", "remark?", "weight?", "sorts?",
                Ask("account", "What was done"), Ask("paid", "Paid", kind="flag")),
         stops=("wl_decision_72h",), does=(tell,)),
    Move("drop",   "Drop",      (S.ASKED, S.TAKEN), S.DROPPED, caseworker,
         takes=(Ask("reason", "Reason", kind="line"),), danger=True),
    Move("reopen", "Reopen",    (S.DROPPED,),       S.ASKED,   lead, asks_when=False),
    Move("lapse",  "Run out",   (S.TAKEN,),         S.DROPPED, system),
], opening=Move("ask", "Ask", (), S.ASKED, federation | police,
         takes=("urgent?", Ask("wish", "Wish", required=False))),
   fires={"wl_decision_72h": "lapse"}, final=(S.DONE,))  # fmt: skip
