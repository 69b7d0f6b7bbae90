"""禁止接触: the police's own order to keep away, since 2026. No court makes it, and it is no protection order.

Sources: 治安管理处罚法 50(2) (O5): approval by the head of the police organ, for a set time; a breach is 5 to 10 days' detention.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, committee, federation, police, system
from casework.measures.no_contact_order import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("no contact", "Being prepared")
    ASKED = "asked", p_("no contact", "Asked for")
    IN_FORCE = "in_force", p_("no contact", "In force")
    REFUSED = "refused", p_("no contact", "Not made")
    DROPPED = "dropped", p_("no contact", "Not asked for")
    LIFTED = "lifted", p_("no contact", "Lifted before its end")
    ENDED = "ended", p_("no contact", "Ended on its last day")


whoever, anybody = police | caseworker, federation | police | committee
reason = Ask("reason", _("Reason"))
account = Ask("account", _("What happened, what was seen"))
known = Ask("account", _("What the police should know"), required=False)
days = Ask("days", _("Days of detention"), kind="number", hint=_("At least 5 and at most 10."))
MADE = ("approved", "number?", "forbidden", "ends_on")
MAKING = (needs.in_force_by_then, needs.approved_by_the_head, needs.ends_later)
VALID = Start("no_contact_validity", until="ends_on")

FLOW = Workflow("no_contact_order", _("No-contact order (police)"), S, moves=[
    #    move            button                                  from                   to           who
    Move("ask",          _("Ask the police for it"),             (S.DRAFTED,),          S.ASKED,     caseworker,
         needs=(needs.in_force_by_then, needs.police_chosen), takes=("police_agency", "conduct", known),
         does=(effects.tell_police,), law="O5"),
    Move("learn",        _("The police have already made it"),   (S.DRAFTED,),          S.IN_FORCE,  whoever,
         needs=(*MAKING, needs.police_chosen), takes=("police_agency", "conduct", *MADE), starts=(VALID,), law="O5"),
    Move("order",        p_("no contact", "Make the order"),     (S.ASKED,),            S.IN_FORCE,  whoever,
         needs=MAKING, takes=MADE, starts=(VALID,), does=(effects.tell_federation,), law="O5"),
    Move("refuse",       p_("no contact", "Do not make it"),     (S.ASKED,),            S.REFUSED,   whoever,
         takes=(reason,), does=(effects.tell_federation,), law="O5"),
    Move("drop",         p_("no contact", "Do not ask for it"),  (S.DRAFTED, S.ASKED),  S.DROPPED,   caseworker,
         takes=(reason,), asks_when=False),
    Move("tell",         _("He has been told of it"),            (S.IN_FORCE,),         STAY,        whoever,
         needs=(needs.not_yet_told,), does=(effects.mark_told,), law="O5"),
    Move("report_breach", _("Record a breach"),                  (S.IN_FORCE, S.ENDED), STAY,        anybody,
         takes=(account,), does=(effects.record_breach,), law="O5", danger=True),
    Move("detain",       _("Detention for the breach"),          (S.IN_FORCE, S.ENDED), STAY,        whoever,
         needs=(needs.breach_recorded, needs.five_to_ten_days), takes=(days,), does=(effects.note_detention,), law="O5"),
    Move("renew",        _("Made for longer"),                   (S.IN_FORCE,),         STAY,        whoever,
         needs=(needs.approved_by_the_head, needs.ends_later), takes=("approved", "ends_on"),
         stops=("no_contact_validity",), starts=(VALID,), law="O5"),
    Move("lift",         p_("no contact", "Lift it"),            (S.IN_FORCE,),         S.LIFTED,    whoever,
         takes=(reason,), stops=("no_contact_validity",), does=(effects.tell_of_end,), law="O5"),
    Move("end",          p_("no contact", "It has ended"),       (S.IN_FORCE,),         S.ENDED,     system | caseworker,
         needs=(needs.last_day_past,), stops=("no_contact_validity",), does=(effects.tell_of_end,), law="O5"),
], opening=Move("draft", _("No-contact order by the police"), (), S.DRAFTED, federation,
         takes=("police_agency?", "conduct?"), asks_when=False, law="O5",
         hint=_("For pestering, clinging, following. It is no protection order: in greater danger apply for that too.")),
   fires={"no_contact_validity": "end"},
   final=(S.REFUSED, S.DROPPED, S.LIFTED, S.ENDED))  # fmt: skip
