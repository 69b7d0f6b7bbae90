"""刑事: what police, procuratorate and court make of it as a crime. The federation follows; earlier steps may be unknown to it.

Sources: 刑法 and 法发〔2015〕4号 (O8), 公通字〔2005〕98号 18, 19 (SJ98), 高检发〔2020〕9号 10 (M6).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, court, federation, police, procuratorate
from casework.measures.criminal_track import effects, needs
from casework.measures.criminal_track.codes import Complexity
from workflow.table import STAY, Ask, Move, Start, Workflow


class S(models.TextChoices):
    REPORTED = "reported", p_("crime", "With the police, not filed yet")
    FILED = "filed", p_("crime", "Filed as a criminal case")
    TRANSFERRED = "transferred", p_("crime", "With the procuratorate")
    PROSECUTED = "prosecuted", p_("crime", "Charged, before the court")
    CONVICTED = "convicted", p_("crime", "Convicted")
    ACQUITTED = "acquitted", p_("crime", "Acquitted")
    NOT_FILED = "not_filed", p_("crime", "Not filed as a criminal case")
    DROPPED = "dropped", p_("crime", "Dropped by the police")
    NOT_PROSECUTED = "not_prosecuted", p_("crime", "No prosecution")
    ENDED = "ended", p_("crime", "Over")


officer, prosecutor, judge = police | caseworker, procuratorate | caseworker, court | caseworker
anybody = police | procuratorate | court | caseworker
INQUIRY = (S.REPORTED, S.FILED)
OPEN = (*INQUIRY, S.TRANSFERRED, S.PROSECUTED)
STOPPED, JUDGED = (S.NOT_FILED, S.DROPPED, S.NOT_PROSECUTED), (S.CONVICTED, S.ACQUITTED)
ANYWHERE = (*OPEN, *STOPPED, *JUDGED)
APPRAISAL = ("injury_appraisal_opinion_24h", "injury_appraisal_complex_7d")
reason = Ask("reason", _("Reason"))
account = Ask("account", _("What is known of it"), required=False)

FLOW = Workflow("criminal_track", p_("measure", "Criminal track"), S, moves=[
    #    move            button                                     from             to                who
    Move("take_injury",  _("Police have taken up the injury"),      INQUIRY,         STAY,             officer,
         takes=("police_agency?", "case_number?"), starts=("injury_appraisal_commission_24h",), law="SJ98"),
    Move("commission",   _("Injury appraisal commissioned"),        INQUIRY,         STAY,             officer,
         takes=("appraisal",), stops=("injury_appraisal_commission_24h",), does=(effects.note_commissioned,), law="SJ98",
         starts=(Start("injury_appraisal_opinion_24h", when=lambda c: c.appraisal == Complexity.SIMPLE),
                 Start("injury_appraisal_complex_7d", when=lambda c: c.appraisal == Complexity.COMPLEX))),
    Move("opine",        _("Appraisers have given their opinion"),  INQUIRY,         STAY,             officer,
         needs=(needs.simple_appraisal,), takes=("grade?",), stops=("injury_appraisal_opinion_24h",),
         starts=("injury_appraisal_document_3d",), law="SJ98"),
    Move("certify",      _("Appraisal document is there"),          OPEN,            STAY,             officer,
         takes=("grade?", account), stops=(*APPRAISAL, "injury_appraisal_document_3d"), does=(effects.note_appraised,),
         law="SJ98"),
    Move("file",         _("Filed as a criminal case"),             (S.REPORTED,),   S.FILED,          officer,
         takes=("police_agency?", "case_number?", "offences?"), does=(effects.tell_federation, effects.note_filed), law="O8"),
    Move("decline",      _("Not filed"),                            (S.REPORTED,),   S.NOT_FILED,      officer,
         takes=(reason,), does=(effects.tell_federation,), law="O8"),
    Move("drop",         p_("crime", "Drop the case"),              (S.FILED,),      S.DROPPED,        officer,
         takes=(reason,), does=(effects.tell_federation, effects.drop_clocks), law="O8"),
    Move("detain",       _("Criminal detention or arrest"),         OPEN,            STAY,             officer,
         takes=("custody", account), needs=(needs.is_held,), does=(effects.note_detained,), law="O8"),
    Move("release",      _("He is free"),                           ANYWHERE,        STAY,             anybody,
         takes=("custody", account), needs=(needs.is_out,), does=(effects.note_released,), law="O8",
         hint=_("Her danger is assessed anew, and she is told before he comes home.")),
    Move("transfer",     _("Passed on for prosecution"),            INQUIRY,         S.TRANSFERRED,    officer,
         takes=("procuratorate_agency?", "offences?"), does=(effects.tell_federation, effects.tell_procuratorate), law="M6"),
    Move("send_back",    _("Sent back for further inquiry"),        (S.TRANSFERRED,), S.FILED,         prosecutor,
         takes=(reason,), does=(effects.tell_federation,), law="O8"),
    Move("prosecute",    p_("crime", "Bring charges"),              (*INQUIRY, S.TRANSFERRED), S.PROSECUTED, prosecutor,
         takes=("court_agency?", "offences?", account), does=(effects.tell_federation, effects.tell_court, effects.note_charged),
         law="O8"),
    Move("not_prosecute", _("No prosecution"),                      (S.FILED, S.TRANSFERRED), S.NOT_PROSECUTED, prosecutor,
         takes=(reason,), does=(effects.tell_federation, effects.drop_clocks), law="O8"),
    Move("convict",      p_("crime", "Convict"),                    OPEN,            S.CONVICTED,      judge,
         takes=("offences?", "verdict", "months?", "work_ban?", "victim_order?", account),
         does=(effects.tell_federation, effects.note_convicted, effects.drop_clocks), law="O8"),
    Move("acquit",       p_("crime", "Acquit"),                     OPEN,            S.ACQUITTED,      judge,
         takes=(account,), does=(effects.tell_federation, effects.note_judged, effects.drop_clocks), law="O8"),
    Move("appeal",       _("Appealed or protested"),                JUDGED,          S.PROSECUTED,     judge,
         takes=(account,), law="O8", hint=_("A second judgment is recorded the same way as the first.")),
    Move("ask_supervision", _("Supervision by the procuratorate asked for"), STOPPED, STAY,            federation,
         takes=(account,), law="M6"),
    Move("reopen",       _("Taken up after all"),                   STOPPED,         S.FILED,          officer,
         takes=(reason,), does=(effects.tell_federation, effects.note_filed), law="O8"),
    Move("end",          p_("crime", "Close the record"),           (*STOPPED, *JUDGED), S.ENDED,   caseworker,
         takes=(reason,), does=(effects.drop_clocks,), asks_when=False),
], opening=Move("report", _("Record a criminal matter"), (), S.REPORTED, federation,
         takes=("offences?", "police_agency?"), law="O8"),
   final=(S.ENDED,))  # fmt: skip
