"""强制报告: from the discovery of harm to the answer of the police. Nobody's approval stands between the two.

Sources: 高检发〔2020〕9号 (MR20), 反家庭暴力法 14, 35 (ADVL), 内蒙古条例 20, 37 (IMAR), 未成年人保护法 11 (MPL),
妇联受理家暴投诉规程(2018) 5 (GC18).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, federation, lead, not_the, police, procuratorate, system
from casework.measures.mandatory_report import effects, needs
from casework.measures.mandatory_report.codes import Feedback, Sanction
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    FOUND = "found", p_("report", "Found, to be reported to the police")
    REPORTED = "reported", p_("report", "Reported, police to take it up")
    TAKEN = "taken", p_("report", "Taken up by the police")
    ANSWERED = "answered", p_("report", "Police have fed back")
    PROPOSED = "proposed", _("Proposed not to report, second signature due")
    NOT_REPORTED = "not_reported", _("Not reported, signed by two")
    MISSED = "missed", p_("report", "Had to be reported and was not")
    CLOSED = "closed", p_("report", "Closed")


either = police | caseworker
second = lead & not_the("proposed_by")
reason = Ask("reason", _("Reason"))
account = Ask("account", _("What was said and agreed"), required=False)
answer = Ask("answer", _("What the police found and did"), required=False)
FEEDBACK = tuple(choice for choice in Feedback.choices if choice[0] != Feedback.REFUSED)
feedback = Ask("outcome", _("How far it has come"), kind="choice", choices=FEEDBACK)
clue_answer = Ask("answer", _("What the procuratorate did"))
sanction = Ask("sanction", _("Sanction"), kind="choice", choices=tuple(Sanction.choices))
UNREPORTED = (S.FOUND, S.PROPOSED, S.NOT_REPORTED, S.MISSED)
OPEN, GONE = (S.FOUND, S.REPORTED), (S.REPORTED, S.TAKEN, S.ANSWERED)
DUTY = ("mr_minor_report", "mr_incapable_report", "mr_imar_unable_to_report")
DUTIES = (
    Start("mr_minor_report", when=needs.about_a_minor), Start("mr_incapable_report", when=needs.about_an_incapable_adult),
    Start("mr_imar_unable_to_report", when=needs.about_an_adult_unable_to_report),
)  # fmt: skip
FILE = Start("mr_filing_with_superior", when=needs.not_reported_before)
FOUND = (
    "situations?", "unable_reasons?", "police_agency?", "place?", "found_how?", "injury?", "materials?",
)  # fmt: skip
WHERE = ("police_agency?", "station?", "officer?", "police_receipt?")

FLOW = Workflow("mandatory_report", _("Mandatory report"), S, moves=[
    #    move            button                                        from             to              who
    Move("report",        _("Reported to the police"),              UNREPORTED,      S.REPORTED,     federation,
         needs=(needs.station_named,), takes=WHERE, starts=(FILE,), stops=DUTY, does=(effects.note_made, effects.tell_police),
         law="M2", hint=_("Telephone first, record afterwards. Nobody has to agree.")),
    Move("amend",         _("Change what is recorded"),             OPEN + GONE[1:], STAY,           federation,
         needs=(needs.situation_named, needs.inability_named), takes=FOUND, law="M2", asks_when=False),
    Move("take_up",       p_("report", "Take it up"),               OPEN,            S.TAKEN,        either,
         takes=("police_receipt", "officer?"), starts=("mr_police_feedback_3d", FILE), stops=DUTY,
         does=(effects.note_made, effects.tell_home), law="M6", hint=_("The police feed back within three days.")),
    Move("refuse",        p_("report", "Not taken up"),             OPEN,            S.ANSWERED,     either,
         takes=(reason,), starts=(FILE,), stops=DUTY, law="M6",
         does=(effects.note_made, effects.note_refusal, effects.tell_home)),
    Move("feed_back",     _("Feed back"),                           (S.TAKEN, S.ANSWERED), S.ANSWERED, either,
         takes=(feedback, answer), stops=("mr_police_feedback_3d",), does=(effects.note_feedback, effects.tell_home), law="M6"),
    Move("chase",         _("Ask the police for their answer"),     (S.REPORTED, S.TAKEN), STAY,     federation,
         takes=(account,), does=(effects.chase,), law="M6"),
    Move("file_upward",   _("Filed with the superior body"),        (*GONE, S.CLOSED), STAY,         federation,
         needs=(needs.not_yet_filed,), takes=("filed_with",), stops=("mr_filing_with_superior",), law="M4"),
    Move("decide_transfer", _("Transfer for prosecution decided"),  (S.TAKEN, S.ANSWERED), STAY,     either,
         takes=("transfer_on",), starts=(Start("mr_police_preprosecution_notice", until="transfer_on"),),
         does=(effects.tell_home,), law="M6", asks_when=False),
    Move("tell_reporter", _("Reporting body told of the transfer"), (S.TAKEN, S.ANSWERED), STAY,     either,
         needs=(needs.transfer_decided,), stops=("mr_police_preprosecution_notice",), law="M6"),
    Move("send_clue",     _("Send a clue to the procuratorate"),    GONE,            STAY,           caseworker,
         needs=(needs.police_silent_or_refusing,), takes=(account,), does=(effects.send_clue,), law="M6"),
    Move("answer_clue",   _("Answer of the procuratorate"),         (*GONE, S.CLOSED), STAY,         procuratorate | caseworker,
         needs=(needs.clue_sent,), takes=(clue_answer,), does=(effects.answer_clue,), law="M6"),
    Move("propose_not",   _("Propose not to report"),               (S.FOUND,),      S.PROPOSED,     federation,
         takes=(reason,), does=(effects.note_proposal,), law="M0", asks_when=False,
         hint=_("A duty leader other than you has to sign. The clock runs on until then.")),
    Move("sign_not",      _("Sign: it is not reported"),            (S.PROPOSED,),   S.NOT_REPORTED, second,
         takes=(reason,), does=(effects.end_duty,), law="M0", asks_when=False, danger=True),
    Move("overrule",      _("Do not sign: it is to be reported"),   (S.PROPOSED,),   S.FOUND,        second,
         takes=(reason,), law="M2", asks_when=False),
    Move("miss",          _("Found out: it was not reported"),      (S.FOUND,),      S.MISSED,       federation,
         takes=("missed_unit", account), stops=DUTY, does=(effects.note_missed,), law="M2",
         hint=_("A body that had to report did not. Report now all the same if the police do not know.")),
    Move("sanction",      _("Sanction for not reporting"),          (S.MISSED, *GONE, S.CLOSED), STAY, federation,
         needs=(needs.was_missed,), takes=(sanction, account),
         does=(effects.note_sanction,), law="M2"),
    Move("close",         p_("report", "Close"),                    (S.ANSWERED, S.NOT_REPORTED, S.MISSED), S.CLOSED, caseworker,
         needs=(needs.filed_upward,), takes=(Ask("outcome", _("What was reached"), required=False),), law="M4", asks_when=False),
], opening=Move("find", _("Mandatory report"), (), S.FOUND, federation | system,
         needs=(needs.situation_named, needs.inability_named),
         takes=("duty", "unit?", *FOUND, "account"),
         starts=DUTIES, does=(effects.note_found,), law="M2", hint=_("A suspicion is enough.")),
   final=(S.CLOSED,))  # fmt: skip
