"""回访: one planned contact with her, whether it took place, and what it found. Is it safe to talk comes first.

Sources: 妇联受理家暴投诉规程(2018) 13 (GC18), 法发〔2022〕10号 4, 16, 18 (FF10), 公通字〔2024〕34号 12 (GJ34).
How often is house policy (cadence.py), never law.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, committee, federation, police, system
from casework.measures.follow_up_visit import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    PLANNED = "planned", p_("visit", "Planned")
    MISSED = "missed", p_("visit", "No contact, being traced")
    ENTRUSTED = "entrusted", p_("visit", "Committee asked to look in on her")
    WITH_POLICE = "with_police", p_("visit", "Police asked to check on her")
    FOUND = "found", p_("visit", "Seen by others, to be spoken to")
    DONE = "done", p_("visit", "Done")
    CANCELLED = "cancelled", p_("visit", "Cancelled")


reason = Ask("reason", _("Reason"))
tried = Ask("tried", _("What was tried, and when"))
seen = Ask(
    "account",
    _("What was seen"),
    required=False,
    hint=_("Only what was seen. Do not ask her about the matter."),
)
trouble = Ask("account", _("What was seen"), hint=_("If somebody is in danger now, call 110 first."))
UNSIGNED = Ask("unsigned", _("Why she did not sign"), required=False)
GREW = Ask("danger_grew", _("The danger seems greater than before"), kind="flag", required=False)

MINE = (S.PLANNED, S.MISSED, S.FOUND)
ASKED = (S.ENTRUSTED, S.WITH_POLICE)
OPEN = (*MINE, *ASKED)
CLOCKS = (
    "ppo_wf_periodic_visit",
    "wf_post_close_follow_up",
    "follow_up_one_week_guidance",
    "wf_planned_visit",
)
DUE = tuple(Start(clock, when=needs.runs(clock), until="due_at") for clock in CLOCKS)
RECORD = (
    "safe_to_talk", "channel", "company?", "new_violence", "violence_forms?", "injured?", "safe_place?", "order_kept?",
    "letter_kept?", GREW, "account?", "wants?", "help_given?", "signed?", UNSIGNED, "next_due_at?",
)  # fmt: skip

FLOW = Workflow("follow_up_visit", _("Follow-up visit"), S, moves=[
    #    move            button                             from               to             who
    Move("hold",         _("Record the visit"),             OPEN,              S.DONE,        federation,
         needs=(needs.safe_to_talk, needs.violence_described, needs.signed_or_explained), takes=RECORD, stops=CLOCKS,
         does=(effects.record_findings, effects.close_traces, effects.note_visit, effects.plan_next), law="F05"),
    Move("not_safe",     _("Not safe to talk now"),         MINE,              STAY,          federation,
         needs=(needs.later_time,), takes=("due_at", "channel?"), drops=CLOCKS, starts=DUE, law="P15",
         hint=_("Say goodbye at once, as agreed with her. Do not call again before the time you set.")),
    Move("miss",         _("No contact"),                   MINE,              S.MISSED,      federation,
         takes=("channel", tried), does=(effects.trace,), law="P16",
         hint=_("Next: another safe channel, then the committee, then the police.")),
    Move("entrust",      _("Ask the committee to look in on her"), MINE,       S.ENTRUSTED,   caseworker,
         needs=(needs.other_channel_tried, needs.committee_chosen, needs.brief_written), takes=("helper", "brief"),
         does=(effects.ask_helper,), law="W13", hint=_("The committee sees only what you write here.")),
    Move("ask_police",   _("Ask the police to check on her"), (S.MISSED, S.ENTRUSTED), S.WITH_POLICE, caseworker,
         needs=(needs.committee_asked_or_high, needs.station_chosen, needs.brief_written), takes=("police_agency", "brief"),
         does=(effects.ask_station,), law="P16",
         hint=_("If you believe that she is in danger now, call 110; this request is no emergency call.")),
    Move("seen_well",    _("Seen, and well as far as can be told"), ASKED,     S.FOUND,       committee | police | caseworker,
         takes=(seen,), does=(effects.note_seen,)),
    Move("seen_trouble", _("Seen, and something is wrong"), ASKED,             S.FOUND,       committee | police | caseworker,
         takes=(trouble,), does=(effects.note_seen, effects.alarm), danger=True),
    Move("not_seen",     _("Not found"),                    ASKED,             S.MISSED,      committee | police | caseworker,
         takes=(seen,), does=(effects.note_not_seen,)),
    Move("reschedule",   _("Set another time"),             (S.PLANNED,),      STAY,          caseworker | system,
         needs=(needs.later_time,), takes=("due_at", reason), drops=CLOCKS, starts=DUE, asks_when=False, law="F05"),
    Move("cancel",       p_("visit", "Cancel"),             OPEN,              S.CANCELLED,   caseworker | system,
         takes=(reason,), drops=CLOCKS, does=(effects.close_traces,), asks_when=False, law="F05"),
], opening=Move("plan", _("Plan a visit"), (), S.PLANNED, caseworker | system,
         takes=("basis", "due_at", "channel?"), starts=DUE, asks_when=False, law="F05"),
   final=(S.DONE, S.CANCELLED))  # fmt: skip
