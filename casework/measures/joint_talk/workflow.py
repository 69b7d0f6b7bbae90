"""联合约谈: the labour authority, with the union and the federation, calls an employer to a talk and sets it a time.

Source: 妇女权益保障法 74 (L02). The labour authority leads; the day to put it right is set at each talk, the law names none.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, lead, liaison
from casework.measures.joint_talk import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("talk", "Being prepared")
    PROPOSED = "proposed", p_("talk", "Labour authority asked to lead")
    CALLED = "called", p_("talk", "Employer called to a talk")
    HELD = "held", p_("talk", "Talk held, to be put right")
    INSPECTION = "inspection", p_("talk", "With labour inspection")
    RECTIFIED = "rectified", p_("talk", "Put right by the employer")
    INSPECTED = "inspected", p_("talk", "Decided by labour inspection")
    REFUSED = "refused", p_("talk", "Not taken up by the labour authority")
    DROPPED = "dropped", p_("talk", "Not pursued")


either = caseworker | liaison  # a body without an account: the federation records what it does
REASON = Ask("reason", _("Reason"))
SAID = Ask("said", _("What the employer said and promised"))
DONE = Ask("account", _("What was done"))
REFUSES = Ask("refuses", _("The employer refuses outright"), kind="flag", required=False)
FOUND = Ask(
    "found", _("Result of the inspection"), kind="choice",
    choices=(
        ("ordered", _("Ordered to put it right")), ("punished", p_("inspection", "Punished")),
        ("unfounded", _("No infringement found")),
    ),
)  # fmt: skip
LIMIT, DUE = ("joint_talk_rectification",), Start("joint_talk_rectification", until="rectify_by")

FLOW = Workflow("joint_talk", _("Joint talk"), S, moves=[
    #    move          button                                     from                   to            who
    Move("propose",    _("Ask the labour authority to lead"),     (S.DRAFTED,),          S.PROPOSED,   lead,
         needs=(needs.labour_office_named,), does=(effects.number_talk, effects.tell_partners), law="L02"),
    Move("call",       _("Call the employer"),                    (S.PROPOSED,),         S.CALLED,     either,
         takes=("talk_on", "place?"), does=(effects.tell_partners, effects.tell_home), law="L02"),
    Move("refuse",     _("Labour authority does not take it up"), (S.PROPOSED,),         S.REFUSED,    either,
         takes=(REASON,), does=(effects.tell_home,), law="L02"),
    Move("note_absence", _("Employer did not come"),              (S.CALLED,),           STAY,         either,
         takes=(REASON,), does=(effects.note_absence,), law="L02"),
    Move("call_again", _("Set another day"),                      (S.CALLED,),           STAY,         either,
         takes=("talk_on", "place?", REASON), does=(effects.tell_partners,), law="L02"),
    Move("hold",       _("Talk held"),                            (S.CALLED,),           S.HELD,       either,
         needs=(needs.time_after_talk,), takes=("rectify_by", SAID), starts=(DUE,), does=(effects.tell_home,), law="L02"),
    Move("report",     _("Employer reports"),                     (S.HELD,),             STAY,         either,
         takes=(DONE,), does=(effects.tell_home,), law="L02"),
    Move("allow_more", _("Give more time"),                       (S.HELD,),             STAY,         either,
         needs=(needs.time_after_talk,), takes=("rectify_by", REASON), drops=LIMIT, starts=(DUE,), law="L02", asks_when=False),
    Move("rectify",    _("Found put right"),                      (S.HELD,),             S.RECTIFIED,  either,
         takes=(DONE,), stops=LIMIT, does=(effects.tell_home,), law="L02"),
    Move("hand_over",  _("Hand to labour inspection"),            (S.CALLED, S.HELD),    S.INSPECTION, either,
         needs=(needs.talk_led_to_nothing,), takes=(REASON, REFUSES),
         drops=LIMIT, does=(effects.tell_partners, effects.tell_home), law="L02"),
    Move("conclude",   _("Result of labour inspection"),          (S.INSPECTION,),       S.INSPECTED,  either,
         takes=(FOUND, DONE), does=(effects.tell_home,), law="L02"),
    Move("drop",       p_("talk", "Do not pursue"),               (S.DRAFTED, S.PROPOSED, S.CALLED), S.DROPPED, caseworker,
         takes=(REASON,), does=(effects.tell_partners,), law="A05", asks_when=False),
], opening=Move("draft", _("Joint talk with an employer"), (), S.DRAFTED, caseworker,
         takes=("subject", "employer", "facts_of_matter", "demand", "labour_office?", "union?"), law="L02", asks_when=False),
   final=(S.RECTIFIED, S.INSPECTED, S.REFUSED, S.DROPPED))  # fmt: skip
