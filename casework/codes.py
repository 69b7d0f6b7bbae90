"""The coded words of a case. Clear text, no personal data: these are what is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Matter(models.TextChoices):
    DV = "dv", _("Domestic violence")
    CHILD_ABUSE = "child_abuse", _("Child abuse")
    CHILD_SEXUAL_ABUSE = "child_sexual_abuse", _("Sexual abuse of a child")
    ELDER_ABUSE = "elder_abuse", _("Elder abuse")
    STALKING = "stalking_ex_partner", _("Harassment after a relationship")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence")
    SEXUAL_HARASSMENT = "sexual_harassment", _("Sexual harassment")
    ONLINE_HARM = "online_harm", _("Harm done online")
    EMPLOYMENT = "employment_discrimination", _("Employment discrimination")
    PROPERTY = "property_rights", _("Property and land rights")
    DIVORCE_ECONOMICS = "divorce_economics", _("Money and property at divorce")
    MARRIAGE = "marriage_family", _("Marriage and family, no violence")
    TRAFFICKING = "trafficking", _("Trafficking")
    FORCED_PROSTITUTION = "forced_prostitution", _("Clue of forced prostitution")
    OTHER = "other", p_("matter", "Other matter")


class Ticked(models.TextChoices):
    """What stands at an item of a checklist; the latest word counts."""

    DONE = "done", p_("checklist", "Done")
    NOT_NEEDED = "not_needed", p_("checklist", "Not needed here")
    OPEN = "open", p_("checklist", "Open again")


class Form(models.TextChoices):
    PHYSICAL = "physical", _("Physical")
    PSYCHOLOGICAL = "psychological", _("Psychological")
    SEXUAL = "sexual", _("Sexual")
    ECONOMIC = "economic", _("Economic control")
    STALKING = "stalking_harassment", _("Stalking or harassment")
    NEGLECT = "neglect", _("Neglect")


class Relation(models.TextChoices):
    """Codes 1-6 are the courts' data standard of 2016; X0-X9 extend it (IMAR 39, WPL 29)."""

    SPOUSE = "1_spouse", _("Spouse")
    PARENT_CHILD = "2_parent_child", _("Parent or child")
    SIBLING = "3_sibling", _("Brother or sister")
    GRANDPARENT = "4_grandparent", _("Grandparent or grandchild, father's side")
    MATERNAL_GRANDPARENT = "5_maternal_grandparent", _("Grandparent or grandchild, mother's side")
    HOUSEHOLD = "6_household", _("Lives in the same household")
    NOT_STATED = "X0_not_stated", p_("relation", "Not stated")
    EX_SPOUSE = "X1_ex_spouse", _("Former spouse")
    COHABITANT = "X2_cohabitant", _("Cohabitant")
    EX_COHABITANT = "X3_ex_cohabitant", _("Former cohabitant")
    DATING = "X4_dating_or_ex", _("Dating, now or before")
    GUARDIAN = "X5_guardian", _("Guardian, foster or carer")
    WORKPLACE = "X6_workplace", _("From the workplace")
    ACQUAINTANCE = "X7_acquaintance", _("Acquaintance or stranger")
    BODY = "X8_collective_or_agency", _("A collective or a body")
    IN_LAW = "X9_child_in_law", _("In-law")


PARTNERS = frozenset(
    {Relation.SPOUSE, Relation.EX_SPOUSE, Relation.COHABITANT, Relation.EX_COHABITANT, Relation.DATING}
)


class Channel(models.TextChoices):
    HOTLINE = "hotline", _("12338 hotline")
    WALK_IN = "walk_in", _("Visit in person")
    LETTER = "letter", p_("channel", "Letter")
    ONLINE = "online", _("Online")
    WF_VISIT = "wf_visit", _("Found on a federation visit")
    POLICE_110 = "police_110", _("Police, 110")
    COURT = "court", p_("channel", "Court")
    PROCURATORATE = "procuratorate", p_("channel", "Procuratorate")
    SCHOOL = "school", p_("channel", "School or kindergarten")
    HOSPITAL = "hospital", p_("channel", "Hospital")
    COMMITTEE = "committee", p_("channel", "Residents' or villagers' committee")
    GRID = "grid", _("Grid worker")
    WORKPLACE = "workplace", _("Employer")
    WORKPLACE_AND_COMMITTEE = "workplace_and_committee", _("Employer and committee")
    MEDIATION = "peoples_mediation", _("People's mediation committee")
    SOCIAL_WORK = "social_work_agency", _("Social work agency")
    TRANSFER = "transfer", _("Passed on by another federation")
    UNKNOWN = "unknown", p_("channel", "Not known")


class Flag(models.TextChoices):
    """Circumstances that bring special protection (ADVL 5) or change a path."""

    MINOR = "minor", _("Under 18")
    ELDERLY = "elderly", _("60 or older")
    DISABLED = "disabled", p_("flag", "Disabled")
    PREGNANT = "pregnant", _("Pregnant")
    NURSING = "nursing", _("Nursing")
    ILL = "seriously_ill", _("Seriously ill")
    INCAPABLE = "incapable", _("No or limited legal capacity")
    CHILD_IN_HOUSEHOLD = "child_in_household", _("A child in the household")
    DEPENDENT = "financially_dependent", _("Financially dependent")
    SUICIDAL = "suicidal_ideation", _("Thoughts of suicide")
    COERCED = "coerced", _("Coerced or intimidated")
    GUARDIAN_SUSPECT = "guardian_is_suspect", _("The guardian is the suspected perpetrator")
    DIRECT_VICTIM = "direct_victim", _("Was harmed directly")
    WITNESS = "witness", p_("flag", "Saw the violence")
    REPEAT = "repeat", _("Repeated violence")
    WEAPON = "weapon", _("A weapon was used or shown")
    INJURY = "injury", _("Injured")
    DECEASED = "deceased", _("Deceased")


class Role(models.TextChoices):
    VICTIM = "victim", _("Victim")
    RESPONDENT = "respondent", _("Perpetrator or respondent")
    CHILD = "child", _("Child")
    PROTECTED_RELATIVE = "protected_relative", _("Relative to be protected")
    HELPER = "helper", _("Helper")
    PROXY = "proxy", _("Proxy applicant")
    WITNESS = "witness", p_("role", "Witness")
    GUARDIAN = "guardian", p_("role", "Guardian")
    NON_REPORTER = "non_reporter", _("Had to report and did not")
    BODY = "body", _("Body concerned")
    OTHER = "other", p_("role", "Other person")


class Sex(models.TextChoices):
    FEMALE = "f", _("Female")
    MALE = "m", _("Male")
    UNKNOWN = "unknown", p_("sex", "Not known")


class Language(models.TextChoices):
    CHINESE = "zh", _("Chinese")
    MONGOLIAN = "mn", _("Mongolian, interpreter needed")
    SIGN = "sign", _("Sign language, interpreter needed")
    OTHER = "other", p_("language", "Other language, interpreter needed")


class AgeBand(models.TextChoices):
    UNDER_6 = "0-5", _("0–5")
    UNDER_14 = "6-13", _("6–13")
    UNDER_18 = "14-17", _("14–17")
    UNDER_30 = "18-29", _("18–29")
    UNDER_45 = "30-44", _("30–44")
    UNDER_60 = "45-59", _("45–59")
    OLDER = "60+", _("60 and older")
    UNKNOWN = "unknown", p_("age", "Not known")


def age_band(age: int | None) -> str:
    """The band of an age in full years."""
    if age is None:
        return AgeBand.UNKNOWN
    limits = (6, 14, 18, 30, 45, 60)
    return AgeBand.values[sum(age >= limit for limit in limits)]


class Danger(models.TextChoices):
    LOW = "low", p_("danger", "Low")
    MEDIUM = "medium", p_("danger", "Medium")
    HIGH = "high", p_("danger", "High")
    UNDETERMINED = "undetermined", p_("danger", "Undetermined")
    NOT_APPLICABLE = "not_applicable", p_("danger", "Scale does not apply")


class Wish(models.TextChoices):
    POLICE = "police", _("Report to police")
    LETTER = "letter", p_("wish", "Warning letter")
    ORDER = "order", p_("wish", "Protection order")
    SHELTER = "shelter", p_("wish", "Emergency shelter")
    LEGAL_AID = "legal_aid", p_("wish", "Legal aid")
    MEDICAL = "medical", _("Medical treatment or injury appraisal")
    COUNSELLING = "counselling", _("Counselling")
    MONEY = "money", _("Help with money or work")
    CHILDREN = "children", _("Care of children or the old")
    LISTEN = "listen", _("To be listened to")


class EvidenceClass(models.TextChoices):
    """The eleven classes of 法释〔2022〕17号 art. 6."""

    E1 = "E1", _("Statements of the parties")
    E2 = "E2", _("Warning letter or penalty decision")
    E3 = "E3", _("Police record or receipt")
    E4 = "E4", _("Pledge or apology")
    E5 = "E5", _("Audio, video or photo")
    E6 = "E6", _("Calls, messages, chats, mail")
    E7 = "E7", _("Medical record")
    E8 = "E8", _("Record of the federation or another body")
    E9 = "E9", _("Witnesses, children included")
    E10 = "E10", _("Injury appraisal")
    E11 = "E11", _("Other evidence")


class TaskKind(models.TextChoices):
    LEGAL_EDUCATION = "legal_education", _("Legal education of the perpetrator")
    WELFARE_CHECK = "welfare_check", _("Check on the victim's safety")
    POLICE_VERIFY = "police_verify", _("Police: verify that the order is kept")
    WF_VISIT = "wf_visit", p_("task", "Visit by the federation")
    COURT_FEEDBACK = "court_feedback", _("Report back to the court")
    REASSESS_DANGER = "reassess_danger", _("Assess the danger again")
    RECORD_CONVERSATION = "record_conversation", _("Write the record of the conversation")
    CALL_BACK = "call_back", _("Call back")
    SAFETY_PLAN = "safety_plan", _("Write the safety plan")
    ASK_AGAIN = "ask_again", _("Ask what is not yet known")
    OTHER = "other", p_("task", "Other task")


class Trigger(models.TextChoices):
    """Why the danger has to be looked at again (ACWF tool; Civil Code 1077 for divorce)."""

    NEW_INCIDENT = "new_incident", _("New violence")
    SEPARATION = "separation", _("The couple is separating or coming back together")
    ORDER_SERVED = "order_served", _("A protection order was served")
    ORDER_EXPIRING = "order_expiring", _("A protection order is about to end")
    ORDER_VIOLATED = "order_violated", _("A protection order was violated")
    LETTER_SERVED = "letter_served", _("A warning letter was served")
    DIVORCE_FILED = "divorce_filed", _("A divorce was filed")
    RELEASED = "perpetrator_released", _("The perpetrator was released")
    THREAT = "threat", p_("trigger", "A new threat")
    SEEN_AGAIN = "seen_again", p_("trigger", "The perpetrator is recorded with another victim")
    REOPENED = "reopened", p_("trigger", "The case was reopened")
    REVIEW = "review", _("Planned review")


class ClosingReason(models.TextChoices):
    SAFE = "safe", _("Safe, and help is no longer needed")
    RESOLVED = "resolved", _("Settled by law: order, judgment or divorce")
    WITHDRAWN = "withdrawn", _("She no longer wishes for help")
    UNREACHABLE = "unreachable", _("Cannot be reached any more")
    MOVED = "moved", _("Moved; another federation has taken over")
    DECEASED = "deceased", p_("closing", "Deceased")
    MISTAKEN = "mistaken", _("Opened by mistake")
    JOINED = "joined", _("Joined to another case of the same person")


class NoteKind(models.TextChoices):
    CONTACT = "contact", _("Contact with the victim")
    AGENCY = "agency", _("Contact with another body")
    RESPONDENT = "respondent", _("Contact with the perpetrator")
    SUPERVISION = "supervision", _("Advice from the duty leader")
    OTHER = "other", p_("note", "Other note")


class Body(models.TextChoices):
    """Who acted. Names of bodies belong into the sealed details."""

    VICTIM = "victim", _("Victim")
    RESPONDENT = "respondent", _("Perpetrator or respondent")
    BOTH = "both", _("Both sides")
    FEDERATION = "federation", p_("body", "Women's federation")
    POLICE = "police", p_("body", "Police")
    COURT = "court", p_("body", "Court")
    PROCURATORATE = "procuratorate", p_("body", "Procuratorate")
    CIVIL_AFFAIRS = "civil_affairs", p_("body", "Civil affairs")
    JUSTICE = "justice", p_("body", "Justice, legal aid")
    COMMITTEE = "committee", p_("body", "Residents' or villagers' committee")
    SCHOOL = "school", p_("body", "School or kindergarten")
    HOSPITAL = "hospital", p_("body", "Hospital")
    EMPLOYER = "employer", p_("body", "Employer")
    SEVERAL = "several", _("Several bodies together")
    OTHER = "other", p_("body", "Another body or person")
    UNKNOWN = "unknown", p_("body", "Not known")
