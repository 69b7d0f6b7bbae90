"""告诫书: the whole life of a warning letter, as the federation lives it with the police.

Sources: 公通字〔2024〕34号 (GJ34), 内蒙古条例 22–25 (IMAR), 反家庭暴力法 16–17 (ADVL), 治安管理处罚法 73 (PSAP).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, police
from casework.measures.warning_letter import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    DRAFTED = "drafted", p_("warning letter", "Request being prepared")
    REQUESTED = "requested", _("Asked for")
    ACCEPTED = "accepted", p_("warning letter", "Accepted by police")
    ISSUED = "issued", _("Issued")
    SERVICE_ASKED = "service_asked", _("Service asked for")
    SERVED = "served", p_("warning letter", "Served, visits running")
    RELAPSED = "relapsed", _("Violence or defiance after the letter")
    ENDED = "ended", _("Ended: three clean visits in a row")
    CRITICISED = "criticised", _("Criticism and education instead")
    PENALISED = "penalised", _("Public-security penalty")
    PROSECUTED = "prosecuted", _("Criminal track")
    REFUSED = "refused", p_("warning letter", "Refused by police")
    DROPPED = "dropped", p_("warning letter", "Request dropped")


whoever = police | caseworker
reason = Ask("reason", _("Reason"))
penalty = Ask(
    "penalty", _("Penalty"), kind="choice",
    choices=(("warning", _("Warning")), ("fine", _("Fine")), ("detention", _("Detention")), ("both", _("Detention and fine"))),
)  # fmt: skip
VISITORS = (
    ("police", _("Police")),
    ("committee", _("Committee")),
    ("federation", _("Women's federation")),
    ("together", _("Together")),
)
found_by = Ask("found_by", _("Who visited"), kind="choice", choices=VISITORS)
account = Ask("account", _("What was seen and said"), required=False)
OPEN, LIVE = (S.REQUESTED, S.ACCEPTED), (S.SERVED, S.RELAPSED)
OUT = (S.ISSUED, S.SERVICE_ASKED, *LIVE)
DECIDED = ("wl_decision_72h", "wl_issue_72h_imar")
VISITED = ("wl_first_visit_7d", "wl_quarterly_visit")

FLOW = Workflow("warning_letter", _("Warning letter"), S, moves=[
    #    move                button                                    from                 to             who
    Move("request",          _("Ask the police for the letter"),       (S.DRAFTED,),        S.REQUESTED,   caseworker,
         takes=("police_agency", "grounds", Ask("account", _("What the police should know"), required=False)),
         does=(effects.tell_police,), law="W03"),
    Move("drop",             p_("warning letter", "Drop the request"), (S.DRAFTED, S.REQUESTED), S.DROPPED, caseworker,
         takes=(reason,), asks_when=False),
    Move("learn",            _("The police have already taken it up"), (S.DRAFTED,),        S.ACCEPTED,    whoever,
         takes=("police_agency", "case_number?"), starts=("wl_decision_72h", "wl_issue_72h_imar"), law="W05"),
    Move("accept",           p_("warning letter", "Accept"),           (S.REQUESTED,),      S.ACCEPTED,    whoever,
         takes=("case_number?",), starts=("wl_decision_72h", "wl_issue_72h_imar"), law="W05"),
    Move("issue",            _("Issue the letter"),                    OPEN,                S.ISSUED,      whoever,
         needs=(needs.perpetrator_known, needs.facts_recorded, needs.first_letter_or_reasoned),
         takes=("letter_number?", "on_the_spot?", "second_letter_reason?"), stops=DECIDED,
         starts=("wl_notify_wf",), does=(effects.tell_federation,), law="W06"),
    Move("criticise",        _("Criticism and education"),             OPEN,                S.CRITICISED,  whoever,
         takes=(reason,), stops=DECIDED, law="O1", does=(effects.tell_federation,)),
    Move("penalise",         _("Public-security penalty"),             OPEN,                S.PENALISED,   whoever,
         takes=(penalty, account), stops=DECIDED, law="O3", does=(effects.tell_federation,)),
    Move("prosecute",        _("Criminal track"),                      OPEN,                S.PROSECUTED,  whoever,
         takes=(account,), stops=DECIDED, law="O8", does=(effects.tell_federation,)),
    Move("refuse",           p_("warning letter", "Refuse"),           OPEN,                S.REFUSED,     whoever,
         takes=(reason,), stops=DECIDED, law="W03", does=(effects.tell_federation,)),
    Move("note_notice",      _("Notice received"),                     OUT,                 STAY,          federation,
         needs=(needs.notice_not_yet_noted,), stops=("wl_notify_wf",), starts=("wl_wf_education",),
         does=(effects.note_notice, effects.open_education_task), law="W10"),
    Move("ask_service",      _("Ask police to serve"),                 (S.ISSUED,),         S.SERVICE_ASKED, caseworker,
         needs=(needs.safety_plan_ready,), does=(effects.ask_service,), asks_when=False),
    Move("serve",            p_("warning letter", "Serve"),            (S.ISSUED, S.SERVICE_ASKED), S.SERVED, whoever,
         needs=(needs.refusal_noted_on_video,), takes=("refused_to_sign?", "refusal_on_video?", "served_guardian?"),
         starts=("wl_first_visit_7d",), does=(effects.tell_of_service,), law="W08"),
    Move("visit_clean",      _("Visit: no new violence"),              (S.SERVED,),         STAY,          whoever,
         takes=(found_by, account), stops=VISITED, starts=(Start("wl_quarterly_visit", when=needs.visits_go_on),),
         does=(effects.count_clean_visit,), law="W12"),
    Move("visit_relapse",    _("Visit: new violence or defiance"),     LIVE,                S.RELAPSED,    whoever,
         takes=(found_by, Ask("account", _("What happened"))), stops=VISITED, does=(effects.record_relapse,), law="W18"),
    Move("report_relapse",   _("New violence or defiance reported"),   OUT,                 S.RELAPSED,    federation | police,
         takes=(Ask("account", _("What happened")),), stops=VISITED, does=(effects.record_relapse,), law="W19"),
    Move("punish",           _("Penalty for the relapse"),             (S.RELAPSED,),       S.PENALISED,   whoever,
         takes=(penalty, account), does=(effects.tell_federation,), law="W19"),
    Move("prosecute_relapse", _("Criminal track for the relapse"),     (S.RELAPSED,),       S.PROSECUTED,  whoever,
         takes=(account,), does=(effects.tell_federation,), law="W18"),
    Move("resume",           _("Dealt with; visits go on"),            (S.RELAPSED,),       S.SERVED,      whoever,
         needs=(needs.was_served,), takes=(reason,), starts=("wl_quarterly_visit",), law="W12"),
    Move("end",              _("End the visits"),                      (S.SERVED,),         S.ENDED,       whoever,
         needs=(needs.three_clean_visits,), stops=VISITED, law="W12"),
    Move("record_education", _("Legal education given"),               (*OUT, S.ENDED),     STAY,          federation,
         takes=(account,), stops=("wl_wf_education",), does=(effects.note_education,), law="W14"),
], opening=Move("draft", _("Prepare a warning letter"), (), S.DRAFTED, federation,
         takes=("letter_type", "origin"), asks_when=False, law="W03"),
   final=(S.DROPPED, S.ENDED, S.CRITICISED, S.PENALISED, S.PROSECUTED, S.REFUSED))  # fmt: skip
