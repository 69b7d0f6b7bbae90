"""The coded words of a hand-over, and what each kind of service may be told."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.kinds import AgencyKind as K


class Service(models.TextChoices):
    POLICE = "police", _("Police protection")
    LEGAL_AID = "legal_aid", _("Legal aid")
    MEDICAL = "medical", _("Medical treatment")
    APPRAISAL = "appraisal", _("Injury appraisal")
    COUNSELLING = "counselling", _("Counselling")
    SHELTER = "shelter", _("Emergency shelter")
    LIVELIHOOD = "livelihood", _("Livelihood")
    EMPLOYMENT = "employment", _("Work and training")
    HOUSING = "housing", _("Housing")
    CHILD_PROTECTION = "child_protection", _("Protection of children")
    MEDIATION = "mediation", _("Mediation of a dispute")
    INTERPRETER = "interpreter", _("Interpreter")
    OTHER = "other", p_("service", "Other service")


class Urgency(models.TextChoices):
    """The grades of the hand-over form; only "within a day" carries a number there."""

    HOURS = "hours", _("Very urgent: within hours")
    URGENT = "urgent", _("Urgent: within a day")
    DAYS = "days", _("Within days")
    NORMAL = "normal", _("Not urgent")


class Basis(models.TextChoices):
    CONSENT = "consent", _("Her own consent for this body")
    DUTY = "duty", _("Statutory duty (PIPL 13(3))")
    EMERGENCY = "emergency", _("Emergency, to protect life (PIPL 13(4))")


class GivenBy(models.TextChoices):
    HERSELF = "herself", p_("consent", "She herself")
    GUARDIAN = "guardian", p_("consent", "Her guardian")


class How(models.TextChoices):
    WRITTEN = "written", p_("consent", "Signed on paper")
    SPOKEN = "spoken", p_("consent", "Spoken, in person")
    PHONE = "phone", p_("consent", "Spoken, on the telephone")


class Refusal(models.TextChoices):
    NOT_OURS = "not_ours", _("Not within our duties")
    NO_PLACE = "no_place", _("No capacity now")
    WRONG_AREA = "wrong_area", _("Another area is responsible")
    UNREACHABLE = "unreachable", _("She could not be reached")
    DECLINED = "declined", _("She does not want it any more")
    CONDITIONS = "conditions", _("The conditions of the service are not met")
    INCOMPLETE = "incomplete", _("Something is missing in what was sent")
    OTHER = "other", p_("refusal", "Other reason")


class Outcome(models.TextChoices):
    HELPED = "helped", p_("referral outcome", "Given in full")
    PARTLY = "partly", p_("referral outcome", "Given in part")
    NOT_HELPED = "not_helped", p_("referral outcome", "Could not be given")
    LEFT = "left", p_("referral outcome", "She broke it off")


class Channel(models.TextChoices):
    ACCOUNT = "account", p_("disclosure", "In this system, with an account")
    CODE = "code", p_("disclosure", "With a one-time code")


class Item(models.TextChoices):
    """One piece of what may go to another body. Never: who reported, the shelter's address, our notes."""

    NAME = "name", p_("shared item", "Her name")
    AGE = "age", p_("shared item", "Sex and age")
    SAFE_PHONE = "safe_phone", p_("shared item", "Safe number and safe hours")
    DANGER = "danger", p_("shared item", "Danger level")
    CONDITION = "condition", p_("shared item", "How she is, in body and mind")
    COMPANIONS = "companions", p_("shared item", "Who comes with her")
    ID_NUMBER = "id_number", p_("shared item", "ID number")
    RESPONDENT = "respondent", p_("shared item", "Name of the perpetrator")
    INCIDENTS = "incidents", p_("shared item", "What happened")
    FILES = "files", p_("shared item", "Attached evidence")
    ADDRESS = "address", p_("shared item", "Current address, while the police act")


REACH = (Item.NAME, Item.AGE, Item.SAFE_PHONE)
CARE = (*REACH, Item.DANGER, Item.CONDITION, Item.COMPANIONS)
FACTS = (Item.RESPONDENT, Item.INCIDENTS, Item.FILES)
# The most that may go there. What is ticked at first is the part that every such service needs.
ALLOWED: Mapping[str, tuple[Item, ...]] = {
    Service.POLICE: (*CARE, Item.ID_NUMBER, *FACTS, Item.ADDRESS),
    Service.LEGAL_AID: (*CARE, Item.ID_NUMBER, *FACTS),
    Service.MEDICAL: (*CARE, Item.ID_NUMBER, Item.FILES),
    Service.APPRAISAL: (*CARE, Item.ID_NUMBER, *FACTS),
    Service.COUNSELLING: CARE,
    Service.SHELTER: (*CARE, Item.RESPONDENT),
    Service.LIVELIHOOD: (*REACH, Item.ID_NUMBER, Item.CONDITION),
    Service.EMPLOYMENT: (*REACH, Item.ID_NUMBER),
    Service.HOUSING: (*REACH, Item.ID_NUMBER, Item.COMPANIONS),
    Service.CHILD_PROTECTION: (*CARE, *FACTS),
    Service.MEDIATION: (*REACH, Item.RESPONDENT),
    Service.INTERPRETER: (*REACH, Item.DANGER),
    Service.OTHER: CARE,
}
AT_FIRST: Mapping[str, tuple[Item, ...]] = {
    Service.POLICE: (*CARE, Item.RESPONDENT, Item.INCIDENTS),
    Service.LEGAL_AID: (*REACH, Item.DANGER, Item.RESPONDENT),
    Service.SHELTER: (*CARE, Item.RESPONDENT),
    Service.INTERPRETER: (Item.SAFE_PHONE,),
}
# The kinds of body that usually give it; they stand first in the list of receivers.
GIVERS: Mapping[str, tuple[K, ...]] = {
    Service.POLICE: (K.POLICE,),
    Service.LEGAL_AID: (K.JUSTICE,),
    Service.MEDICAL: (K.HOSPITAL,),
    Service.APPRAISAL: (K.POLICE, K.HOSPITAL),
    Service.COUNSELLING: (K.PARTNER, K.HOSPITAL),
    Service.SHELTER: (K.CIVIL_AFFAIRS,),
    Service.LIVELIHOOD: (K.CIVIL_AFFAIRS,),
    Service.EMPLOYMENT: (K.PARTNER,),
    Service.HOUSING: (K.PARTNER, K.CIVIL_AFFAIRS),
    Service.CHILD_PROTECTION: (K.CIVIL_AFFAIRS, K.PROCURATORATE, K.SCHOOL),
    Service.MEDIATION: (K.PARTNER, K.COMMITTEE, K.JUSTICE),
    Service.INTERPRETER: (K.PARTNER,),
}
# Never a receiver: another federation takes over the case itself; the others only count.
NEVER = (K.FEDERATION, K.STATISTICS, K.COMMITTEE_OFFICE)


def at_first(service: str) -> list[str]:
    return [str(item) for item in AT_FIRST.get(service, REACH)]
