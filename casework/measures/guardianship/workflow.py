"""撤销监护人资格: from the first thought of it to a new guardian, and the year in which the old one may ask again.

Sources: 反家庭暴力法 21 (ADVL), 民法典 36 (CC), 未成年人保护法 92–93, 108 (MPL), 法发〔2014〕24号 (FF24).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, civil_affairs, court, federation, system
from casework.measures.guardianship import effects, needs
from casework.measures.guardianship.codes import EndOfCare
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    PREPARED = "prepared", p_("guardianship", "Application being prepared")
    FILED = "filed", p_("guardianship", "Filed with the court")
    ACCEPTED = "accepted", p_("guardianship", "Accepted, judgment due")
    REVOKED = "revoked", p_("guardianship", "Guardianship revoked, new guardian due")
    APPOINTED = "appointed", _("New guardian appointed")
    RESTORE_ASKED = "restore_asked", _("Former guardian asks for it back")
    RESTORED = "restored", _("Guardianship restored")
    SETTLED = "settled", _("Settled: can no longer be restored")
    DISMISSED = "dismissed", p_("guardianship", "Dismissed")
    WITHDRAWN = "withdrawn", p_("guardianship", "Withdrawn")
    NOT_PURSUED = "not_pursued", p_("guardianship", "Not applied for")


either = court | caseworker
carers = federation | civil_affairs
reason = Ask("reason", _("Reason"))
said = Ask("said", _("What the court said"), required=False)
end_of_care = Ask("end_of_care", _("Where the ward is now"), kind="choice", choices=tuple(EndOfCare.choices))
BEFORE, PENDING = (S.PREPARED, S.FILED, S.ACCEPTED), (S.FILED, S.ACCEPTED)
APPLICATION = (
    "ward",
    "grounds",
    "applicant",
    "account",
    "guardians?",
    "ward_wish?",
    "evidence?",
    "court?",
    "civil_affairs?",
)
RESTORING = ("guardianship_restore_earliest", "guardianship_restore_latest")

FLOW = Workflow("guardianship", _("Revocation of guardianship"), S, moves=[
    #    move              button                                   from             to               who
    Move("amend",          p_("guardianship", "Change the application"), (S.PREPARED,), STAY,         federation,
         takes=APPLICATION, law="A21", asks_when=False),
    Move("place",          _("Placed in temporary care"),       BEFORE,          STAY,            carers,
         needs=(needs.not_in_care,), takes=("temporary_by", "civil_affairs?"),
         starts=(Start("temp_guardianship_1y", when=needs.still_before_filing),), does=(effects.note_care,), law="S10"),
    Move("end_care",       _("Temporary care has ended"),       (*BEFORE, S.REVOKED, S.APPOINTED), STAY, carers,
         needs=(needs.is_in_care,), takes=(end_of_care,), stops=("temp_guardianship_1y",), does=(effects.note_end_of_care,),
         law="S10"),
    Move("file",           p_("guardianship", "Filed with the court"), (S.PREPARED,), S.FILED,    caseworker,
         needs=(needs.guardian_recorded, needs.court_chosen, needs.no_other_running), takes=("court?",),
         stops=("temp_guardianship_1y",), does=(effects.note_filed,), law="A21"),
    Move("not_pursue",     _("Do not apply for it"),            (S.PREPARED,),   S.NOT_PURSUED,   caseworker,
         takes=(reason,), law="A21", asks_when=False),
    Move("accept",         p_("guardianship", "Accept"),        (S.FILED,),      S.ACCEPTED,      either,
         takes=("court_number?",), starts=("guardianship_trial_30d",), does=(effects.tell_home,), law="G06"),
    Move("revoke",         _("Revoke the guardianship"),        PENDING,         S.REVOKED,       either,
         takes=("judgment_number?", said), stops=("guardianship_trial_30d",), starts=RESTORING, does=(effects.note_revoked,),
         law="A21", hint=_("Maintenance is still owed by whoever lost the guardianship.")),
    Move("dismiss",        p_("guardianship", "Dismiss"),       PENDING,         S.DISMISSED,     either,
         takes=(reason,), stops=("guardianship_trial_30d",), does=(effects.note_undecided,), law="A21"),
    Move("withdraw",       p_("guardianship", "Withdrawn"),     PENDING,         S.WITHDRAWN,     either,
         takes=(reason,), stops=("guardianship_trial_30d",), does=(effects.note_undecided,), law="A21"),
    Move("appoint",        _("Appoint a guardian"),             (S.REVOKED,),    S.APPOINTED,     either,
         takes=("new_guardian", "new_guardian_name?"), does=(effects.note_appointed,), law="A21"),
    Move("ask_restore",    _("The former guardian asks for it back"), (S.APPOINTED,), S.RESTORE_ASKED, either,
         takes=(said,), stops=RESTORING, does=(effects.look_again, effects.tell_home), law="G05"),
    Move("refuse_restore", _("Not given back"),                 (S.RESTORE_ASKED,), S.APPOINTED,  either,
         takes=(reason,), does=(effects.tell_home,), law="G05"),
    Move("restore",        _("Given back"),                     (S.RESTORE_ASKED,), S.RESTORED,   either,
         takes=(said,), does=(effects.look_again, effects.tell_home), law="G05", danger=True),
    Move("settle",         _("The year for asking is over"),    (S.APPOINTED,),  S.SETTLED,       system | caseworker,
         law="G05"),
], opening=Move("prepare", _("Revocation of guardianship"), (), S.PREPARED, federation,
         takes=APPLICATION, law="A21", asks_when=False,
         hint=_("The federation may apply itself; where nobody applies in time, civil affairs must.")),
   fires={"guardianship_restore_latest": "settle"},
   final=(S.RESTORED, S.SETTLED, S.DISMISSED, S.WITHDRAWN, S.NOT_PURSUED))  # fmt: skip
