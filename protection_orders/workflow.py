"""人身安全保护令: the whole life of a protection order, from telling her of the right to the last report.

Sources: 反家庭暴力法 23–34 (ADVL), 法释〔2022〕17号 (FS22), 法发〔2022〕10号 (FF10), 内蒙古条例 31–35 (IMAR).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, court, federation, police, system
from protection_orders import effects, needs
from protection_orders.asks import (
    ACCOUNT, AMOUNT, BREACH, BY, DAYS, DECISION, FOUND_BY, REASON, SANCTION, SIGNED, TOLD, WANTED,
)  # fmt: skip
from workflow.table import STAY, Move, Start, Workflow


class S(models.TextChoices):
    INFORMED = "informed", p_("order", "She knows of the right")
    PREPARED = "prepared", p_("order", "Application prepared")
    FILED = "filed", p_("order", "Filed with the court")
    ACCEPTED = "accepted", p_("order", "Accepted, ruling due")
    IN_FORCE = "in_force", p_("order", "In force, not yet served")
    SERVED = "served", p_("order", "In force, served")
    DISMISSED = "dismissed", p_("order", "Dismissed")
    WITHDRAWN = "withdrawn", p_("order", "Withdrawn")
    DEEMED_WITHDRAWN = "deemed_withdrawn", p_("order", "Treated as withdrawn")
    TERMINATED = "terminated", p_("order", "Proceedings ended")
    NOT_PURSUED = "not_pursued", p_("order", "Not applied for")
    REVOKED = "revoked", p_("order", "Revoked")
    LAPSED = "lapsed", p_("order", "Lapsed")
    FED_BACK = "fed_back", p_("order", "Reported back to the court")


either = court | caseworker
LIVE = (S.IN_FORCE, S.SERVED)
PENDING = (S.FILED, S.ACCEPTED)
DECIDED = ("ppo_decision_72h", "ppo_decision_24h_urgent")
VALID = (
    Start("ppo_validity", when=needs.end_known, until="lapses_on"),
    Start("ppo_renewal_filing", when=needs.end_known, until="lapses_on"),
)
RUNNING = ("ppo_validity", "ppo_renewal_filing", "ppo_wf_periodic_visit", "ppo_police_verify_24h", "ppo_reconsider_order_5d")
MADE = ("ruling_number?", "granted?", "other_measure?", "validity_months?", "lapses_on?")
APPLICATION = ("applicant", "proxy_by?", "proxy_ground?", "victim_will?", "legal_basis", "requested?", "other_request?",
               "jurisdiction?", "urgent?", "court?", "police_agency?", "evidence?", "filed_elsewhere?")  # fmt: skip

FLOW = Workflow("protection_order", _("Protection order"), S, moves=[
    #    move             button                                 from            to                  who
    Move("prepare",       _("Prepare the application"),          (S.INFORMED,),  S.PREPARED,         caseworker,
         needs=(needs.proxy_explained, needs.will_recorded), takes=APPLICATION, law="A23", asks_when=False),
    Move("amend",         _("Change the application"),           (S.PREPARED,),  STAY,               caseworker,
         needs=(needs.proxy_explained, needs.will_recorded), takes=APPLICATION, law="A27", asks_when=False),
    Move("file",          _("Filed with the court"),             (S.PREPARED,),  S.FILED,            caseworker,
         needs=(needs.respondent_named, needs.request_clear, needs.violence_shown, needs.court_chosen),
         does=(effects.tell_court, effects.note_filed), law="A24", hint=_("The court's clock starts when the court accepts.")),
    Move("not_pursue",    _("She does not want it now"),         (S.INFORMED, S.PREPARED), S.NOT_PURSUED, caseworker,
         takes=(REASON,), law="A05", asks_when=False),
    Move("accept",        p_("order", "Accept"),                 (S.FILED,),     S.ACCEPTED,         either,
         takes=("court_number?",), starts=("ppo_decision_72h", Start("ppo_decision_24h_urgent", when=needs.is_urgent)), law="A28"),
    Move("grant",         _("Make the order"),                   (S.ACCEPTED,),  S.IN_FORCE,         either,
         needs=(needs.at_most_six_months,), takes=MADE, stops=DECIDED,
         starts=("ppo_service_24h", "ppo_reconsider_order_5d", *VALID), does=(effects.note_granted,), law="A30"),
    Move("dismiss",       p_("order", "Dismiss"),                (S.ACCEPTED,),  S.DISMISSED,        either,
         takes=(REASON,), stops=DECIDED, starts=("ppo_reconsider_dismissal_5d",), does=(effects.note_dismissed,), law="A28"),
    Move("withdraw",      _("Withdrawal allowed"),               PENDING,        S.WITHDRAWN,        either,
         takes=(REASON,), stops=DECIDED),
    Move("deem_withdrawn", _("Treated as withdrawn"),            PENDING,        S.DEEMED_WITHDRAWN, either,
         takes=(REASON,), stops=DECIDED),
    Move("terminate",     _("Proceedings ended"),                PENDING,        S.TERMINATED,       either,
         takes=(REASON,), stops=DECIDED),
    Move("serve",         p_("order", "Serve"),                  (S.IN_FORCE,),  S.SERVED,           either,
         takes=("served_on?", "receiving_officer?"), stops=("ppo_service_24h",),
         does=(effects.tell_of_service, effects.note_served), law="P14"),
    Move("notify_police", _("Police have the notice to help execute"), LIVE,     STAY,               court | caseworker | police,
         starts=("ppo_police_verify_24h",), does=(effects.ask_police, effects.note_assist), law="P18"),
    Move("verify",        _("Both sides checked"),               LIVE,           STAY,               police | caseworker,
         takes=(ACCOUNT,), stops=("ppo_police_verify_24h",), does=(effects.close_police_task,), law="P18"),
    Move("notify_federation", _("Notice to help execute received"), LIVE,        STAY,               federation,
         takes=("receiving_officer?",), starts=("ppo_wf_periodic_visit",), does=(effects.plan_visit, effects.note_assist), law="P16"),
    Move("report_breach", _("Record a breach"),                  LIVE,           STAY,               federation | police | court,
         takes=(BREACH, FOUND_BY, ACCOUNT), starts=("ppo_violation_report_to_court",),
         does=(effects.record_breach,), law="P16", danger=True),
    Move("tell_court",    _("Court and police told of the breach"), (*LIVE, S.LAPSED, S.REVOKED), STAY, federation,
         needs=(needs.breach_recorded,), takes=(TOLD,), stops=("ppo_violation_report_to_court",), law="P16"),
    Move("sanction",      _("Sanction by the court"),            (*LIVE, S.LAPSED, S.REVOKED), STAY, either,
         needs=(needs.breach_recorded, needs.fine_within_law, needs.detention_within_law),
         takes=(SANCTION, AMOUNT, DAYS), does=(effects.record_sanction,), law="A34"),
    Move("apply_extend",  _("Apply to extend it"),               LIVE,           STAY,               caseworker,
         needs=(needs.before_lapse,), takes=(WANTED,), stops=("ppo_renewal_filing",), does=(effects.note_extend_applied,), law="A30"),
    Move("extend",        _("Extended by the court"),            LIVE,           STAY,               either,
         needs=(needs.extension_applied, needs.at_most_six_months), takes=("ruling_number?", "validity_months?", "lapses_on?"),
         stops=("ppo_validity", "ppo_renewal_filing"), starts=VALID, does=(effects.note_extended,), law="A30"),
    Move("apply_vary",    _("Apply to change it"),               LIVE,           STAY,               caseworker,
         needs=(needs.before_lapse,), takes=(WANTED,), does=(effects.note_vary_applied,), law="A30"),
    Move("vary",          _("Changed by the court"),             LIVE,           STAY,               either,
         needs=(needs.variation_applied,), takes=("granted?", "other_measure?"), does=(effects.note_varied,), law="A30"),
    Move("refuse_change", _("Extension or change refused"),      LIVE,           STAY,               either,
         needs=(needs.change_applied,), takes=(REASON,), does=(effects.forget_applications,), law="A30"),
    Move("revoke",        _("Revoked on her request"),           LIVE,           S.REVOKED,          either,
         takes=(REASON,), stops=RUNNING, does=(effects.note_end,), law="A30"),
    Move("lapse",         _("The order has ended"),              LIVE,           S.LAPSED,           system | caseworker,
         needs=(needs.end_reached,), stops=RUNNING, starts=("ppo_wf_end_feedback",), does=(effects.note_lapsed,), law="A30"),
    Move("feed_back",     _("Signed report sent to the court"),  (S.LAPSED, S.REVOKED), S.FED_BACK,  federation,
         takes=(SIGNED,), stops=("ppo_wf_end_feedback",), does=(effects.close_feedback_task,), law="P16"),
    Move("reconsider",    _("Reconsideration asked for"),        (*LIVE, S.DISMISSED), STAY,         either,
         takes=(BY,), stops=("ppo_reconsider_dismissal_5d", "ppo_reconsider_order_5d"), does=(effects.note_reconsideration,),
         law="A31", hint=_("The order stays in force meanwhile.")),
    Move("uphold",        _("Reconsideration: unchanged"),       (*LIVE, S.DISMISSED), STAY,         either,
         needs=(needs.reconsideration_open,), takes=(DECISION,), does=(effects.close_reconsideration,), law="A31"),
    Move("grant_after_all", _("Reconsideration: order made"),    (S.DISMISSED,), S.IN_FORCE,         either,
         needs=(needs.reconsideration_open, needs.at_most_six_months), takes=MADE, starts=("ppo_service_24h", *VALID),
         does=(effects.close_reconsideration, effects.note_granted), law="A31"),
    Move("set_aside",     _("Reconsideration: order set aside"), LIVE,           S.REVOKED,          either,
         needs=(needs.reconsideration_open,), takes=(DECISION,), stops=RUNNING,
         does=(effects.close_reconsideration, effects.note_end), law="A31"),
], opening=Move("inform", _("Protection order: she has been told"), (), S.INFORMED, federation,
         does=(effects.note_informed,), law="P13", asks_when=False),
   fires={"ppo_validity": "lapse"},
   final=(S.DISMISSED, S.WITHDRAWN, S.DEEMED_WITHDRAWN, S.TERMINATED, S.NOT_PURSUED, S.FED_BACK))  # fmt: skip
