"""紧急庇护: a safe place, from the wish for it to the visit afterwards. The place itself is known to the shelter alone.

Sources: 民发〔2015〕189号 (BH189), 内蒙古条例 19, 21, 28 (IMAR), 未成年人保护法 92–93 (MPL), 法发〔2022〕10号 4 (FF10),
公通字〔2024〕34号 14 (GJ34). Nobody is put out by a clock: after ten days a longer stay is filed, not asked for.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, civil_affairs, federation
from casework.measures.shelter_stay import effects, needs
from casework.measures.shelter_stay.codes import CareGround, ConfirmedBy, EntryKind, NoPlace
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("shelter", "Wished for, not yet asked")
    REQUESTED = "requested", p_("shelter", "Asked for")
    CHECKED = "checked", p_("shelter", "Checked, place being made ready")
    NO_PLACE = "no_place", p_("shelter", "No place here, look elsewhere")
    IN = "in", p_("shelter", "In the shelter")
    LONGER = "longer", p_("shelter", "In the shelter, longer stay filed")
    CARE = "care", p_("shelter", "Minor in temporary guardianship")
    LEFT = "left", p_("shelter", "Left")
    HANDED_OVER = "handed_over", p_("shelter", "Minor handed over")
    DROPPED = "dropped", p_("shelter", "Not wished for any more")


either = civil_affairs | caseworker  # a shelter without an account tells the federation, which records it
reason = Ask("reason", _("Reason"))
WHY = Ask("why", _("Why not here"), kind="choice", choices=tuple(NoPlace.choices))
RIGHTS = Ask(
    "rights_told",
    _("House rules, her rights and secrecy of the place explained"),
    kind="flag",
    required=False,
)
WRITTEN = Ask("written", _("She asks in writing to leave"), kind="flag", required=False)
GROUND = Ask("ground", p_("temporary care", "Ground"), kind="choice", choices=tuple(CareGround.choices))
CONFIRMED = Ask(
    "confirmed_by",
    _("Who confirmed the identity of the guardian"),
    kind="choice",
    choices=tuple(ConfirmedBy.choices),
)
TWO = Ask(
    "second_person",
    _("Second person present at the handing over"),
    kind="line",
    hint=_("Name and body. Nobody hands a child over alone."),
)
SAFE = Ask("not_suspected", _("The guardian is not suspected of the violence"), kind="flag")
ENTRY = Ask("entry", _("What is written down"), kind="choice", choices=tuple(EntryKind.choices))
NOTE = Ask(
    "note",
    _("Who, when, why"),
    required=False,
    hint=_("For a visitor: the name, and that it is not the perpetrator."),
)

NOT_IN = (S.REQUESTED, S.CHECKED)
INSIDE = (S.IN, S.LONGER)
TEN = (Start("shelter_stay_10d", when=needs.is_adult, until="agreed_end"),)
ARRIVAL = ("place?", "children_count?", "health?", "belongings?", "safety_risk?")

FLOW = Workflow("shelter_stay", _("Emergency shelter"), S, moves=[
    #    move             button                               from                        to             who
    Move("request",       _("Ask the shelter for a place"),    (S.DRAFTED, S.NO_PLACE),    S.REQUESTED,   federation,
         needs=(needs.shelter_chosen,), takes=("agency", "source", "urgent?", "voucher?", "children_count?", "request?"),
         starts=(Start("shelter_emergency_help", when=needs.is_urgent),), does=(effects.tell_shelter, effects.note_request),
         law="S09",
         hint=_("No paper and no household register is asked for. "
                "A warning letter helps; without one she is taken in all the same.")),
    Move("check",         _("Fits here: make a place ready"),  (S.REQUESTED,),             S.CHECKED,     either,
         needs=(needs.danger_looked_at,), takes=("safety_risk?",), does=(effects.tell_home,), law="S03"),
    Move("admit",         _("Taken in"),                       NOT_IN,                     S.IN,          either,
         needs=(needs.is_no_minor, *needs.PLACE), takes=(*ARRIVAL, RIGHTS), stops=("shelter_emergency_help",), starts=TEN,
         does=(effects.note_arrival, effects.tell_home), law="S01"),
    Move("take_into_care", _("Taken into temporary guardianship"), NOT_IN,                 S.CARE,        either,
         needs=(needs.is_minor, *needs.PLACE), takes=(*ARRIVAL, GROUND), stops=("shelter_emergency_help",),
         starts=("temp_guardianship_1y",), does=(effects.note_care, effects.tell_home), law="S10",
         hint=_("The ten days do not apply to minors. The police must know at once.")),
    Move("no_place",      _("No place here"),                  NOT_IN,                     S.NO_PLACE,    either,
         takes=(WHY, reason), does=(effects.look_elsewhere,), law="S09",
         hint=_("A missing paper is no reason. The federation looks for another place at once.")),
    Move("file_longer",   _("File a longer stay"),             INSIDE,                     S.LONGER,      either,
         needs=(needs.later_than_now_agreed,), takes=("leave_by", "filing_number?", reason),
         stops=("shelter_stay_10d",), starts=TEN, does=(effects.note_longer,), law="S01",
         hint=_("This is filed with civil affairs; no approval is waited for.")),
    Move("write_down",    _("Entry in the registers"),         (*INSIDE, S.CARE),          STAY,          civil_affairs,
         takes=(ENTRY, NOTE), does=(effects.note_entry,), law="S11"),
    Move("change_place",  _("Another place in the house"),     (*INSIDE, S.CARE),          STAY,          civil_affairs,
         needs=needs.PLACE, takes=("place",), asks_when=False, law="S03"),
    Move("leave",         _("She leaves"),                     INSIDE,                     S.LEFT,        either,
         needs=(needs.exit_planned,), takes=("exit_mode", WRITTEN, reason, "handed_to?"), stops=("shelter_stay_10d",),
         does=(effects.note_exit, effects.plan_visit, effects.tell_home), law="S04"),
    Move("hand_over",     _("Hand the minor over"),            (S.CARE,),                  S.HANDED_OVER, either,
         needs=(needs.never_to_the_suspect,), takes=("handed_to", CONFIRMED, TWO, SAFE), stops=("temp_guardianship_1y",),
         does=(effects.note_exit, effects.plan_visit, effects.tell_home), law="S05"),
    Move("drop",          p_("shelter", "Not wished for any more"), (S.DRAFTED, *NOT_IN, S.NO_PLACE), S.DROPPED, caseworker,
         takes=(reason,), drops=("shelter_emergency_help",), does=(effects.tell_shelter,), asks_when=False),
], opening=Move("wish", _("Emergency shelter"), (), S.DRAFTED, federation,
         takes=("subject", "urgent?"), asks_when=False, law="S02"),
   final=(S.LEFT, S.HANDED_OVER, S.DROPPED))  # fmt: skip
