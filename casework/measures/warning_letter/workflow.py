"""告诫书: the whole life of a warning letter, as the federation lives it with the police.

Sources: 公通字〔2024〕34号 (GJ34), 内蒙古条例 22–25 (IMAR), 反家庭暴力法 16–17 (ADVL), 治安管理处罚法 73 (PSAP),
妇女权益保障法 80 (WPL: the letter for sexual harassment).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, police
from casework.measures.warning_letter import asks, effects, needs
from workflow.table import STAY, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("warning letter", "Request being prepared")
    REQUESTED = "requested", p_("warning letter", "Asked for")
    ACCEPTED = "accepted", p_("warning letter", "Accepted by police")
    ISSUED = "issued", p_("warning letter", "Issued")
    SERVICE_ASKED = "service_asked", p_("warning letter", "Service asked for")
    SERVED = "served", p_("warning letter", "Served, visits running")
    RELAPSED = "relapsed", _("Violence or defiance after the letter")
    ENDED = "ended", p_("warning letter", "Visits ended, no new violence")
    CRITICISED = "criticised", _("Criticism and education instead")
    PENALISED = "penalised", _("Public-security penalty")
    PROSECUTED = "prosecuted", _("Criminal track")
    REFUSED = "refused", p_("warning letter", "Refused by police")
    DROPPED = "dropped", p_("warning letter", "Request dropped")


whoever = police | caseworker  # stations without an account: the federation records what they tell it
ASKED, UNSERVED, LIVE = (S.REQUESTED, S.ACCEPTED), (S.ISSUED, S.SERVICE_ASKED), (S.SERVED, S.RELAPSED)
STANDING, JUDGED = (*UNSERVED, *LIVE), (S.ENDED, S.CRITICISED, S.PENALISED, S.PROSECUTED)
TAKEN_UP = (Start("wl_decision_72h", when=needs.concerns_violence), Start("wl_issue_72h_imar", when=needs.concerns_violence),
            Start("wl_on_the_spot", when=needs.due_on_the_spot))  # fmt: skip
VISITED = ("wl_first_visit_7d", "wl_quarterly_visit")
OTHERWISE = (effects.drop_issue_clocks, effects.close, effects.tell_federation)
AFTER_RELAPSE = (effects.drop_visit_clocks, effects.close, effects.tell_federation)

FLOW = Workflow("warning_letter", _("Warning letter"), S, moves=[
    #    move                button                                    from                 to             who
    Move("request",          _("Ask the police for the letter"),       (S.DRAFTED,),        S.REQUESTED,   caseworker,
         takes=("police_agency", "grounds", asks.FOR_POLICE), does=(effects.tell_police,), law="W03 W02"),
    Move("drop",             p_("warning letter", "Drop the request"), (S.DRAFTED, S.REQUESTED), S.DROPPED, caseworker,
         takes=(asks.REASON,), does=(effects.tell_police, effects.close), law="A05", asks_when=False),
    Move("learn",            _("The police have already taken it up"), (S.DRAFTED,),        S.ACCEPTED,    caseworker,
         takes=("police_agency", "case_number?", "spot_due?"), starts=TAKEN_UP, law="W05"),
    Move("accept",           p_("warning letter", "Accept"),           (S.REQUESTED,),      S.ACCEPTED,    whoever,
         takes=("case_number?", "spot_due?"), starts=TAKEN_UP, does=(effects.tell_federation,), law="W05 T9"),
    Move("issue",            _("Issue the letter"),                    ASKED,               S.ISSUED,      whoever,
         needs=(needs.perpetrator_known, needs.facts_recorded, needs.first_letter_or_reasoned),
         takes=("letter_number?", "on_the_spot?", "second_letter_reason?"), stops=("wl_decision_72h", "wl_issue_72h_imar"),
         starts=(Start("wl_notify_wf", when=needs.concerns_violence),),
         does=(effects.settle_on_the_spot, effects.tell_federation), law="W06 A16"),
    Move("criticise",        _("Criticism and education"),             ASKED,               S.CRITICISED,  whoever,
         takes=(asks.REASON,), stops=("wl_decision_72h",), does=(*OTHERWISE, effects.question_refusal), law="O1",
         hint=_("Only where the act is slight and forgiven; otherwise a letter must be issued.")),
    Move("penalise",         _("Public-security penalty"),             ASKED,               S.PENALISED,   whoever,
         takes=(asks.PENALTY, asks.DECIDED), stops=("wl_decision_72h",), does=OTHERWISE, law="O3 O4"),
    Move("prosecute",        _("Criminal track"),                      ASKED,               S.PROSECUTED,  whoever,
         takes=(asks.DECIDED,), stops=("wl_decision_72h",), does=OTHERWISE, law="O8 A33"),
    Move("refuse",           p_("warning letter", "Refuse"),           ASKED,               S.REFUSED,     whoever,
         takes=(asks.REASON,), stops=("wl_decision_72h",), does=(*OTHERWISE, effects.question_refusal), law="W03"),
    Move("note_notice",      _("The federation has been told"),        STANDING,            STAY,          federation | police,
         needs=(needs.notice_not_yet_noted,), stops=("wl_notify_wf",), law="W10 A17",
         starts=(Start("wl_wf_education", when=needs.concerns_violence),), does=(effects.note_notice,)),
    Move("ask_service",      _("Ask the police to serve it"),          (S.ISSUED,),         S.SERVICE_ASKED, caseworker,
         needs=(needs.safety_plan_ready,), does=(effects.tell_police,), law="W08", asks_when=False),
    Move("serve",            p_("warning letter", "Serve"),            (*UNSERVED, S.RELAPSED), S.SERVED,  whoever,
         needs=(needs.not_yet_served, needs.refusal_noted_on_video, needs.guardian_served, needs.guardian_not_perpetrator),
         takes=("served_to?", "refused_to_sign?", "refusal_on_video?"), law="W08",
         starts=(Start("wl_first_visit_7d", when=needs.concerns_violence),), does=(effects.note_service, effects.plan_follow_up)),
    Move("visit_clean",      _("Visit: no new violence"),              (S.SERVED,),         STAY,          whoever,
         takes=(asks.FOUND_BY, asks.SEEN), stops=VISITED, starts=(Start("wl_quarterly_visit", when=needs.visits_go_on),),
         does=(effects.count_clean_visit,), law="W12"),
    Move("visit_relapse",    _("Visit: new violence or defiance"),     LIVE,                S.RELAPSED,    whoever,
         needs=(needs.served_before,), takes=("relapse_kind?", asks.FOUND_BY, asks.HAPPENED), stops=VISITED,
         does=(effects.record_relapse,), law="W12", danger=True),
    Move("report_relapse",   _("New violence or defiance reported"),   STANDING,            S.RELAPSED,    federation | police,
         takes=("relapse_kind?", asks.HAPPENED), does=(effects.record_relapse,), law="W18", danger=True),
    Move("punish",           _("Penalty for the relapse"),             (S.RELAPSED,),       S.PENALISED,   whoever,
         needs=(needs.defiance_punishable,), takes=(asks.GROUND, asks.PENALTY, asks.DECIDED), does=AFTER_RELAPSE, law="W19 O6"),
    Move("prosecute_relapse", _("Criminal track for the relapse"),     (S.RELAPSED,),       S.PROSECUTED,  whoever,
         takes=(asks.DECIDED,), does=AFTER_RELAPSE, law="W18"),
    Move("resume",           _("Dealt with; visits go on"),            (S.RELAPSED,),       S.SERVED,      whoever,
         needs=(needs.served_before,), takes=(asks.REASON,), law="W12",
         starts=(Start("wl_quarterly_visit", when=needs.quarterly_again),)),
    Move("end",              _("End the visits"),                      (S.SERVED,),         S.ENDED,       whoever,
         needs=(needs.three_clean_visits,), does=AFTER_RELAPSE, law="W12"),
    Move("record_education", _("Legal education given"),               (*STANDING, *JUDGED), STAY,         federation,
         takes=(asks.EDUCATION,), stops=("wl_wf_education",), does=(effects.note_education,), law="W14"),
], opening=Move("draft", _("Prepare a warning letter"), (), S.DRAFTED, federation,
         takes=("letter_type", "origin"), asks_when=False, law="W03"),
   final=(S.DROPPED, S.ENDED, S.CRITICISED, S.PENALISED, S.PROSECUTED, S.REFUSED))  # fmt: skip
