"""What can happen in a case, besides the moves of its lives: one coded word per event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import Trigger


class HappeningKind(models.TextChoices):
    CALL_RECEIVED = "call_received", _("Call received")
    WF_CONTACTED = "wf_contacted", _("Turned to the women's federation")
    UNIT_CONTACTED = "unit_contacted", _("Turned to the employer or another unit")
    COMMITTEE_CONTACTED = "committee_contacted", _("Turned to the committee")
    POLICE_REPORTED = "police_reported", _("Reported to police")
    POLICE_ATTENDED = "police_attended", _("Police attended")
    POLICE_MEDIATED = "police_mediated", _("Police mediated")
    POLICE_VISIT_DONE = "police_visit_done", _("Police visited")
    MEDIATION_ATTEMPTED = "mediation_attempted", _("Mediation attempted")
    CRITICISM_EDUCATION = "criticism_education", p_("happening", "Criticism and education")
    POLICE_ORAL_WARNING = "police_oral_warning", _("Oral warning by police")
    COURT_ORAL_WARNING = "court_oral_warning", _("Oral warning by the court")
    WARNING_LETTER_ISSUED = "warning_letter_issued", _("Warning letter issued")
    WARNING_LETTER_SERVED = "warning_letter_served", _("Warning letter served")
    ADMIN_PENALTY = "admin_penalty", _("Penalty by police")
    CRIMINAL_DETENTION = "criminal_detention", _("Criminal detention")
    PERPETRATOR_RELEASED = "perpetrator_released", _("Perpetrator released")
    INJURY_APPRAISAL_COMMISSIONED = "injury_appraisal_commissioned", _("Injury appraisal commissioned")
    INJURY_APPRAISAL_DONE = "injury_appraisal_done", _("Injury appraisal done")
    CASE_FILED = "case_filed", _("Case filed by police")
    INCIDENT = "incident", _("Violence")
    THREAT = "threat", p_("happening", "Threat")
    INJURY_DOCUMENTED = "injury_documented", _("Injury documented")
    MEDICAL_TREATMENT = "medical_treatment", _("Medical treatment")
    SEPARATION = "separation", _("Parted, moved or came back")
    SAFETY_PLAN = "safety_plan", _("Safety plan made")
    RISK_REVIEW = "risk_review", _("Danger reviewed")
    ORDER_APPLIED = "order_applied", _("Protection order applied for")
    ORDER_ACCEPTED = "order_accepted", _("Application accepted by the court")
    ORDER_GRANTED = "order_granted", _("Protection order granted")
    ORDER_DISMISSED = "order_dismissed", _("Application dismissed")
    ORDER_SERVED = "order_served", _("Protection order served")
    ORDER_WITHDRAWN = "order_withdrawn", _("Application withdrawn")
    ORDER_LAPSED = "order_lapsed", _("Protection order ended")
    ASSIST_NOTICE_SENT = "assist_execution_notice_sent", _("Notice to help execute sent")
    ORDER_VIOLATED = "order_violated", _("Protection order violated")
    SANCTION_ADMONITION = "sanction_admonition", _("Admonition by the court")
    SANCTION_FINE = "sanction_fine", _("Fine by the court")
    SANCTION_DETENTION = "sanction_detention", _("Detention by the court")
    ORDER_VARY_APPLIED = "order_vary_applied", _("Change of the order applied for")
    ORDER_VARIED = "order_varied", _("Protection order changed")
    ORDER_EXTEND_APPLIED = "order_extend_applied", _("Extension applied for")
    ORDER_EXTENDED = "order_extended", _("Protection order extended")
    RECONSIDERATION_FILED = "reconsideration_filed", _("Reconsideration asked for")
    ENFORCEMENT_APPLIED = "enforcement_applied", _("Enforcement applied for")
    COURT_VISIT_DONE = "court_visit_done", _("Court visited")
    VISIT_DONE = "visit_done", _("Visited")
    DIVORCE_FILED = "divorce_filed", _("Divorce filed")
    DIVORCE_JUDGMENT = "divorce_judgment", _("Divorce judgment")
    DIVORCE_MEDIATED = "divorce_mediated", _("Divorce by court mediation")
    CUSTODY_SUIT_FILED = "custody_suit_filed", _("Custody suit filed")
    CUSTODY_CHANGED = "custody_changed", _("Custody changed")
    PERSONALITY_INJUNCTION = "personality_injunction_granted", _("Personality-rights injunction granted")
    SHELTER_REQUESTED = "shelter_requested", _("Shelter asked for")
    SHELTER_ADMITTED = "shelter_admitted", _("Admitted to shelter")
    SHELTER_EXTENDED = "shelter_extended", _("Shelter stay extended")
    SHELTER_LEFT = "shelter_left", _("Left the shelter")
    TEMPORARY_CARE_PLACED = "temporary_care_placed", _("Placed in temporary care")
    MANDATORY_REPORT_MADE = "mandatory_report_made", _("Mandatory report made")
    MANDATORY_REPORT_MISSED = "mandatory_report_missed", _("Mandatory report missed")
    REPORTER_SANCTIONED = "reporter_sanctioned", _("Sanction for not reporting")
    REFERRAL_SENT = "referral_sent", _("Referral sent")
    LEGAL_AID_APPLIED = "legal_aid_applied", _("Legal aid applied for")
    LEGAL_AID_GRANTED = "legal_aid_granted", _("Legal aid granted")
    JUDICIAL_RELIEF_GRANTED = "judicial_relief_granted", _("Judicial relief granted")
    RIGHT_INFORMED = "right_informed", _("Told of her rights")
    COUNSELLING_DONE = "counselling_done", _("Counselling given")
    FAMILY_EDUCATION = "family_education", _("Family education guidance")
    PROSECUTION = "prosecution", _("Prosecuted")
    CONVICTION = "conviction", _("Convicted")
    JUDGMENT = "judgment", _("Judgment")
    GUARDIANSHIP_REVOCATION_APPLIED = (
        "guardianship_revocation_applied",
        _("Revocation of guardianship applied for"),
    )
    GUARDIANSHIP_REVOKED = "guardianship_revoked", _("Guardianship revoked")
    GUARDIAN_APPOINTED = "guardian_appointed", _("Guardian appointed")
    PUBLIC_INTEREST_CASE_FILED = "public_interest_case_filed", _("Public-interest case filed")
    PROCURATORIAL_SUGGESTION = "procuratorial_suggestion_sent", _("Procuratorial suggestion sent")
    PUBLIC_HEARING = "public_hearing", _("Public hearing")
    PUBLIC_INTEREST_SUIT_FILED = "public_interest_suit_filed", _("Public-interest suit filed")
    RECTIFICATION_ORDER = "rectification_order", _("Ordered to put right")
    RECTIFIED = "rectified", _("Put right")
    SUPPORT_REQUESTED = "support_requested", _("Support for a lawsuit asked for")
    SUPPORT_PROSECUTION_APPLIED = "support_prosecution_applied", _("Support for prosecution applied for")
    SUPPORT_PROSECUTION_DECIDED = "support_prosecution_decided", _("Support for prosecution decided")
    HARASSMENT_COMPLAINT = "harassment_complaint", _("Harassment complaint made")
    LABOUR_CONTRACT_TERMINATED = "labour_contract_terminated", _("Labour contract ended")
    ARBITRATION = "arbitration", _("Arbitration")
    CASE_CLOSED = "case_closed", p_("happening", "Case closed")
    CONTEXT_ONLY = "context_only", _("Background, never counted")


K = HappeningKind

# Events after which the danger is no longer what it was.
TRIGGERS: dict[str, Trigger] = {
    K.INCIDENT: Trigger.NEW_INCIDENT,
    K.THREAT: Trigger.THREAT,
    K.SEPARATION: Trigger.SEPARATION,
    K.ORDER_SERVED: Trigger.ORDER_SERVED,
    K.ORDER_VIOLATED: Trigger.ORDER_VIOLATED,
    K.WARNING_LETTER_SERVED: Trigger.LETTER_SERVED,
    K.DIVORCE_FILED: Trigger.DIVORCE_FILED,
    K.PERPETRATOR_RELEASED: Trigger.RELEASED,
}
