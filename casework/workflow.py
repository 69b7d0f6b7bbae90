"""个案: the whole life of a case, from the first word to the archive.

Sources: 妇联受理家庭暴力投诉工作规程(2018) (GC18), 法发〔2022〕10号 13, 内蒙古条例 18(2) (IMAR), 信访工作条例 23, 31 (XF).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, lead, let_in, system
from casework import effects, needs
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    INTAKE = "intake", p_("case", "Taken in")
    ASSESSED = "assessed", p_("case", "Danger assessed")
    ACTIVE = "active", p_("case", "Being worked on")
    MONITORING = "monitoring", p_("case", "Being watched over")
    CLOSED = "closed", p_("case", "Closed")
    ARCHIVED = "archived", p_("case", "Archived")


OPEN = (S.INTAKE, S.ASSESSED, S.ACTIVE, S.MONITORING)
reason = Ask("reason", _("Reason"))
told = Ask("told", _("Who was spoken to, and what was agreed"), required=False)
ESCALATE = Start("wf_high_risk_escalation", when=needs.newly_high)
RIGHT = Start("ppo_inform_right", when=needs.concerns_violence)
RESULT = Start("harassment_written_result", when=needs.is_harassment)
TRAFFIC = Start("trafficking_report", when=needs.is_trafficking)

WANTED = (("see", p_("data", "See it")), ("copy", p_("data", "A copy")), ("correct", p_("data", "Correct it")),
          ("delete", p_("data", "Delete it")))  # fmt: skip
ANSWERS = (
    ("done", p_("data", "Done as asked")),
    ("partly", p_("data", "Done in part")),
    ("refused", p_("data", "Refused")),
)
OTHERS = (
    ("respondent", p_("data", "The perpetrator")),
    ("guardian", p_("data", "A guardian who is suspected")),
    ("other", p_("data", "Somebody else")),
)
OTHERS_GET = (
    ("own", p_("data", "Told their own data only")),
    ("refused", p_("data", "Refused")),
)
KEPT = ("archive_retention_10y", "archive_retention_30y")  # a file that is opened again is not in the archive

FLOW = Workflow("case", _("Case"), S, moves=[
    #    move               button                              from                             to           who
    Move("assess",          _("Danger assessed"),               (S.INTAKE,),                     S.ASSESSED,  federation,
         needs=(needs.danger_assessed,), takes=("danger",), starts=(ESCALATE,), does=(effects.ask_visits,), law="F01"),
    Move("reassess",        _("Danger assessed again"),         (S.ASSESSED, S.ACTIVE, S.MONITORING), STAY,   federation,
         needs=(needs.danger_assessed,), takes=("danger",), starts=(ESCALATE,), law="F01",
         does=(effects.forget_old_escalation, effects.ask_visits)),
    Move("escalate",        _("Police and superior federation told"), OPEN,                      STAY,        federation,
         needs=(needs.danger_is_high, needs.both_told), takes=(Ask("police_told", _("Police have been told"), kind="flag"),
         Ask("superior_told", _("The superior federation has been told"), kind="flag"), told),
         stops=("wf_high_risk_escalation",), does=(effects.note_escalation,), law="F03"),
    Move("inform_rights",   _("Told of her right to a protection order"), OPEN,                  STAY,        federation,
         takes=(Ask("how", _("How she was told, and what she said"), required=False),),
         stops=("ppo_inform_right",), does=(effects.note_rights,), law="P13"),
    Move("notify_petition", _("Written notice given"),          OPEN,                            STAY,        federation,
         needs=(needs.notice_is_due,), stops=("xf_notice_15d",), law="X03"),
    Move("reclassify",      _("Change the case type"),          (*OPEN, S.CLOSED),               STAY,        federation & let_in,
         needs=(needs.another_type,), takes=("matter", reason), does=(effects.fit_to_type,), law="F01", asks_when=False,
         starts=(Start("ppo_inform_right", when=needs.still_to_be_told), RESULT, TRAFFIC),
         hint=_("The checklist changes with the type; what was ticked before is kept.")),
    Move("give_result",     _("Written result of the harassment complaint given"), OPEN,         STAY,        federation,
         needs=(needs.result_is_due,), takes=(Ask("how", _("What was told, and how it was handed over")),),
         stops=("harassment_written_result",), law="L06"),
    Move("report_trafficking", _("Trafficking reported to the police"), OPEN,                    STAY,        federation,
         needs=(needs.trafficking_is_told,), takes=(told,), stops=("trafficking_report",), law="M11"),
    Move("activate",        _("Start working on the case"),     (S.ASSESSED,),                   S.ACTIVE,    caseworker,
         needs=(needs.assignee_named,), law="F01", asks_when=False),
    Move("refer_to_mediation", _("Send to mediation"),          (S.ASSESSED, S.ACTIVE, S.MONITORING), STAY,   caseworker,
         needs=(needs.danger_known, needs.danger_not_high), takes=(Ask("wish", _("Her own wish, in her words")),), law="F03"),
    Move("monitor",         _("Only watch over it now"),        (S.ACTIVE,),                     S.MONITORING, caseworker,
         takes=(reason,), asks_when=False),
    Move("resume",          p_("case", "Work on it again"),     (S.MONITORING,),                 S.ACTIVE,    caseworker,
         takes=(reason,), asks_when=False),
    Move("transfer",        _("Pass on to another federation"), OPEN,                            STAY,        caseworker,
         needs=(needs.passed_to_federation,), takes=("agency", reason), does=(effects.welcome_at_new_home,), law="N02",
         hint=_("The federation of first contact keeps it in sight and stays responsible until the other one works on it.")),
    Move("close",           p_("case", "Close"),                (S.ASSESSED, S.ACTIVE, S.MONITORING), S.CLOSED, caseworker,
         needs=(needs.rights_informed, needs.children_question_answered, needs.closing_reason_given, needs.follow_up_planned),
         takes=("closing_reason", "follow_up_on?", Ask("outcome", _("What was reached"), required=False)),
         starts=(Start("wf_post_close_follow_up", when=needs.follow_up_due),), law="P13",
         does=(effects.note_closing, effects.ask_follow_up)),
    Move("join",            _("Join to the case of the same person"), OPEN,                      S.CLOSED,    caseworker,
         needs=(needs.joins_another,), takes=("joined_to", reason), does=(effects.hand_to_the_other,), asks_when=False,
         hint=_("This one is closed; what was begun in it goes on and is shown in the other case."), law="F01"),
    Move("record_follow_up", _("Follow-up done"),               (S.CLOSED,),                     STAY,        federation,
         takes=(Ask("safe", _("She is in a safe place"), kind="choice",
                    choices=(("yes", _("Yes")), ("no", _("No")), ("unknown", p_("answer", "Not known")))),
                Ask("account", _("What she said"), required=False)), stops=("wf_post_close_follow_up",), law="F05"),
    Move("ask_data",        _("She asks about her own data"),       tuple(S),                        STAY,        federation,
         takes=(Ask("wanted", p_("data", "What she asks for"), kind="choice", choices=WANTED),
                Ask("account", _("In her words"), required=False)),
         starts=("data_subject_request",), law="D09"),
    Move("answer_data",     _("Answered what she asked about her data"), tuple(S),                   STAY,        federation,
         needs=(needs.data_was_asked, needs.refusal_has_reason), stops=("data_subject_request",), law="D09",
         takes=(Ask("answer", p_("data", "Answer"), kind="choice", choices=ANSWERS),
                Ask("why", _("If refused: the reason told to her"), required=False))),
    Move("ask_others",      _("Somebody else asks about data"),      tuple(S),                        STAY,        federation,
         takes=(Ask("asker", p_("data", "Who asks"), kind="choice", choices=OTHERS),
                Ask("account", _("In their words"), required=False)),
         starts=("others_data_request",), law="D09"),
    Move("answer_others",   _("Answered somebody else who asked about data"), tuple(S),             STAY,        federation,
         needs=(needs.refusal_has_reason,), stops=("others_data_request",), law="D09",
         takes=(Ask("asker", p_("data", "Who asks"), kind="choice", choices=OTHERS),
                Ask("answer", p_("data", "Answer"), kind="choice", choices=OTHERS_GET),
                Ask("why", _("If refused: the reason told"), required=False)),
         hint=_("Only their own data, never hers and never a child's: print the paper for that one person.")),
    Move("reopen",          p_("case", "Reopen"),               (S.CLOSED, S.ARCHIVED),          S.ACTIVE,    caseworker,
         takes=(reason,), stops=("wf_post_close_follow_up",), drops=KEPT,
         does=(effects.clear_closing, effects.look_again), asks_when=False),
    Move("archive",         _("Archive"),                       (S.CLOSED,),                     S.ARCHIVED,  lead,
         needs=(needs.followed_up,), law="F06 D21", asks_when=False,
         starts=(Start(KEPT[0], when=needs.kept_ten_years), Start(KEPT[1], when=needs.kept_thirty_years))),
], opening=Move("open", _("Open a case"), (), S.INTAKE, federation | system,
         starts=(RIGHT, RESULT, TRAFFIC, Start("xf_notice_15d", when=needs.named_direct_petition)), law="N02"))  # fmt: skip
