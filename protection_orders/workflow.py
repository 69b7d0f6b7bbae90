"""人身安全保护令: the whole life of a protection order, from telling her of the right to the last report.

Sources: 反家庭暴力法 23–34 (ADVL), 法释〔2022〕17号 (FS22), 法发〔2022〕10号 (FF10), 内蒙古条例 31–35 (IMAR).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.who import caseworker, committee, court, federation, police, system
from protection_orders import asks, effects, needs
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


either = court | caseworker  # most courts have no account: the federation records what they tell it
anybody = federation | police | court | committee
helper = federation | court | committee
DRAFT, PENDING, LIVE = (S.INFORMED, S.PREPARED), (S.FILED, S.ACCEPTED), (S.IN_FORCE, S.SERVED)
MADE = (*LIVE, S.LAPSED, S.REVOKED)
DECIDED = ("ppo_decision_72h", "ppo_decision_24h_urgent")
VALID = (Start("ppo_validity", until="last_day"), Start("ppo_renewal_filing", until="last_day"))
LONGER = tuple(Start(start.clock, when=needs.end_stated, until=start.until) for start in VALID)
RUNNING = ("ppo_validity", "ppo_renewal_filing", "ppo_police_verify_24h", "ppo_reconsider_order_5d")
RULING = ("ruling_number?", "granted?", "other_measure?", asks.NOT_STATED, "validity_months?", "validity_days?",
          "lapses_on?", "police_agency?", "committee?")  # fmt: skip
APPLICATION = (
    "applicant", "proxy_by?", "proxy_ground?", "victim_will?", "respondent?", "relation?", "protects?", "legal_basis",
    "requested?", "other_request?", "evidence?", "jurisdiction?", "urgent?", "court?", "police_agency?", "committee?",
    "service_address?", "employer_consent?", "filed_elsewhere?",
)  # fmt: skip
PROXY = (needs.proxy_explained, needs.proxy_entitled, needs.will_recorded)
CONTENT = (needs.measures_recorded_or_unstated, needs.other_measure_described, needs.at_most_six_months)
A27 = (needs.respondent_named, needs.request_clear, needs.violence_shown, needs.evidence_listed)

FLOW = Workflow("protection_order", _("Protection order"), S, moves=[
    #    move             button                                 from            to                  who
    Move("prepare",       _("Prepare the application"),          (S.INFORMED,),  S.PREPARED,         federation,
         takes=APPLICATION, law="A24", asks_when=False),
    Move("amend",         _("Change the application"),           (S.PREPARED,),  STAY,               federation,
         takes=APPLICATION, law="A27", asks_when=False),
    Move("not_pursue",    _("Do not apply for it now"),          DRAFT,          S.NOT_PURSUED,      federation,
         takes=(asks.WHY_NOT, asks.REASON), law="A05", asks_when=False),
    Move("file",          _("Filed with the court"),             (S.PREPARED,),  S.FILED,            caseworker,
         needs=(needs.rights_informed, *PROXY, *A27, needs.court_chosen, needs.basis_fits, needs.not_before_court_already),
         does=(effects.tell_court, effects.note_filed), law="A24", hint=_("The court's clock starts when the court accepts.")),
    Move("accept",        p_("order", "Accept"),                 (S.FILED,),     S.ACCEPTED,         either,
         takes=("court_number?",), starts=("ppo_decision_72h", Start("ppo_decision_24h_urgent", when=needs.is_urgent)),
         does=(effects.note_accepted,), law="A28 T9"),
    Move("grant",         _("Make the order"),                   PENDING,        S.IN_FORCE,         either,
         needs=CONTENT, takes=RULING, stops=DECIDED, starts=("ppo_service_24h", "ppo_reconsider_order_5d", *VALID),
         does=(effects.note_granted,), law="A30"),
    Move("dismiss",       p_("order", "Dismiss"),                PENDING,        S.DISMISSED,        either,
         takes=(asks.REASON,), stops=DECIDED, starts=("ppo_reconsider_dismissal_5d",),
         does=(effects.note_dismissed,), law="A28 P09"),
    Move("withdraw",      _("Withdrawal allowed"),               PENDING,        S.WITHDRAWN,        either,
         takes=(asks.REASON,), stops=DECIDED, does=(effects.note_withdrawn,), law="A05"),
    Move("deem_withdrawn", _("Treated as withdrawn"),            PENDING,        S.DEEMED_WITHDRAWN, either,
         takes=(asks.REASON,), stops=DECIDED, does=(effects.note_withdrawn,), law="A05"),
    Move("terminate",     _("Proceedings ended"),                PENDING,        S.TERMINATED,       either,
         takes=(asks.REASON,), stops=DECIDED, does=(effects.note_over,)),
    Move("serve_some",    _("Served on some of them"),           (S.IN_FORCE,),  STAY,               either,
         needs=(needs.employer_consented, needs.officer_named), takes=("served_on", "served_how?", "receiving_officer?"),
         does=(effects.record_service,), law="A32"),
    Move("serve",         p_("order", "Serve"),                  (S.IN_FORCE,),  S.SERVED,           either,
         needs=(needs.served_as_due, needs.employer_consented, needs.officer_named),
         takes=("served_on?", "served_how?", "receiving_officer?", asks.NOT_STATED), stops=("ppo_service_24h",),
         does=(effects.record_service, effects.tell_of_service, effects.note_served), law="P14"),
    Move("notify_police", _("Police have the notice to help execute"), LIVE,     STAY,               either | police,
         needs=(needs.police_named,), takes=("police_agency?",), starts=("ppo_police_verify_24h",),
         does=(effects.ask_police, effects.note_assist), law="P18"),
    Move("verify",        _("Both sides checked"),               LIVE,           STAY,               police | caseworker,
         needs=(needs.police_notified,), takes=(asks.ACCOUNT,), stops=("ppo_police_verify_24h",),
         does=(effects.close_verification,), law="P18"),
    Move("notify_federation", _("Federation has the notice to help execute"), LIVE, STAY,            federation | court,
         takes=("receiving_officer?",), does=(effects.plan_visit, effects.note_assist), law="P16"),
    Move("notify_committee", _("Committee has the notice to help execute"), LIVE, STAY,              helper,
         takes=("committee?",), does=(effects.tell_committee, effects.note_assist), law="A32"),
    Move("report_breach", _("Record a breach"),                  MADE,           STAY,               anybody,
         takes=(asks.BREACH, asks.FOUND_BY, asks.BROKEN_ON, asks.ACCOUNT), does=(effects.record_breach,),
         starts=(Start("ppo_violation_report_to_court", when=needs.court_must_be_told),), law="P16", danger=True),
    Move("tell_court",    _("Court and police told of the breach"), MADE,        STAY,               federation,
         needs=(needs.breach_unreported, needs.both_told), takes=(asks.TOLD_COURT, asks.TOLD_POLICE, asks.TOLD),
         stops=("ppo_violation_report_to_court",), does=(effects.note_reported,), law="P16"),
    Move("sanction",      _("Sanction by the court"),            MADE,           STAY,               either,
         needs=(needs.breach_recorded, needs.fine_within_law, needs.detention_within_law),
         takes=(asks.SANCTION, asks.AMOUNT, asks.DAYS), does=(effects.record_sanction,), law="A34 O7"),
    Move("apply_extend",  _("Apply to extend it"),               LIVE,           STAY,               either,
         needs=(needs.before_lapse, needs.applicant_asks), takes=(asks.BY, asks.WANTED), stops=("ppo_renewal_filing",),
         does=(effects.note_extend_applied,), law="A30"),
    Move("extend",        _("Extended by the court"),            LIVE,           STAY,               either,
         needs=(needs.extension_applied, needs.before_lapse, needs.later_end_given, needs.at_most_six_months),
         takes=("ruling_number?", "lapses_on?", asks.NOT_STATED), stops=("ppo_validity", "ppo_renewal_filing"), starts=LONGER,
         does=(effects.note_extended,), law="A30"),
    Move("apply_vary",    _("Apply to change it"),               LIVE,           STAY,               either,
         needs=(needs.before_lapse, needs.applicant_asks), takes=(asks.BY, asks.WANTED),
         does=(effects.note_vary_applied,), law="A30"),
    Move("vary",          _("Changed by the court"),             LIVE,           STAY,               either,
         needs=(needs.variation_applied, needs.before_lapse, *CONTENT[:2]),
         takes=("granted?", "other_measure?", asks.NOT_STATED), does=(effects.note_varied,), law="A30"),
    Move("apply_revoke",  _("Apply to revoke it"),               LIVE,           STAY,               either,
         needs=(needs.before_lapse, needs.applicant_asks), takes=(asks.BY, asks.WANTED),
         does=(effects.note_revoke_applied,), law="A30"),
    Move("revoke",        _("Revoked on her request"),           LIVE,           S.REVOKED,          either,
         needs=(needs.revocation_applied, needs.before_lapse), takes=(asks.REASON,), stops=RUNNING,
         does=(effects.note_revoked,), law="A30"),
    Move("refuse_change", _("Extension, change or revocation refused"), LIVE,    STAY,               either,
         needs=(needs.change_applied,), takes=(asks.CHANGE, asks.REASON), does=(effects.note_refused,),
         starts=(Start("ppo_renewal_filing", when=needs.extension_refused, until="last_day"),), law="A30"),
    Move("reconsider",    _("Reconsideration asked for"),        (*LIVE, S.DISMISSED), STAY,         either,
         needs=(needs.once_only,), takes=(asks.BY, asks.WANTED), stops=("ppo_reconsider_dismissal_5d", "ppo_reconsider_order_5d"),
         does=(effects.note_reconsideration,), law="A31", hint=_("The order stays in force meanwhile.")),
    Move("uphold",        _("Reconsideration: unchanged"),       (*LIVE, S.DISMISSED), STAY,         either,
         needs=(needs.reconsideration_open,), takes=(asks.DECISION,), does=(effects.note_upheld,), law="A31"),
    Move("grant_after_all", _("Reconsideration: order made"),    (S.DISMISSED,), S.IN_FORCE,         either,
         needs=(needs.reconsideration_open, *CONTENT), takes=RULING, starts=("ppo_service_24h", *VALID),
         does=(effects.note_overturned, effects.note_granted), law="A31"),
    Move("set_aside",     _("Reconsideration: order set aside"), LIVE,           S.REVOKED,          either,
         needs=(needs.reconsideration_open,), takes=(asks.DECISION,), stops=RUNNING,
         does=(effects.note_overturned, effects.note_unprotected), law="A31"),
    Move("lapse",         _("The order has ended"),              LIVE,           S.LAPSED,           system | caseworker,
         needs=(needs.end_reached,), stops=RUNNING, starts=(Start("ppo_wf_end_feedback", when=needs.federation_helps),),
         does=(effects.note_lapsed,), law="T6"),
    Move("feed_back",     _("Signed report sent to the court"),  (S.LAPSED, S.REVOKED), S.FED_BACK,  federation,
         needs=(needs.signed_or_explained,), takes=(asks.SIGNED, asks.UNSIGNED), stops=("ppo_wf_end_feedback",),
         does=(effects.close_feedback_task,), law="P16"),
], opening=Move("inform", _("Protection order: she has been told"), (), S.INFORMED, federation,
         needs=(needs.case_open,), does=(effects.note_informed,), law="P13"),
   fires={"ppo_validity": "lapse"},
   final=(S.WITHDRAWN, S.DEEMED_WITHDRAWN, S.TERMINATED, S.NOT_PURSUED, S.FED_BACK))  # fmt: skip
