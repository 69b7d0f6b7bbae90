"""The coded words of a protection order. Codes M1-M8 and M255 extend the courts' data standard of 2016."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Measure(models.TextChoices):
    NO_VIOLENCE = "M1", p_("measure", "No violence")
    NO_HARASSMENT = "M2", p_("measure", "No harassment")
    NO_FOLLOWING = "M3", p_("measure", "No following")
    NO_CONTACT = "M4", _("No contact with her and her near relatives")
    MOVE_OUT = "M5", p_("measure", "Move out of her home")
    NO_INSULT = "M6", _("No insults or threats by phone, message or internet (FS22 10)")
    AREA = "M7", _("No activity around her home, school or work (FS22 10)")
    RECORDS = "M8", _("No access to her and the children's records (IMAR 31)")
    OTHER = "M255", p_("measure", "Other measure")


SERVED_BY_LAW = frozenset({"applicant", "respondent", "police", "committee"})  # ADVL 32, FF10 14


class Basis(models.TextChoices):
    ADVL23 = "ADVL23", _("Domestic violence or a real danger of it (ADVL 23)")
    WPL29 = "WPL29", _("Harassment after a relationship or divorce (WPL 29)")
    MPL108 = "MPL108", _("Harm to a minor by a guardian (MPL 108)")
    FAM2_12 = "FAM2_12", _("A child snatched or hidden (family code interpretation II, 12)")


class Applicant(models.TextChoices):
    SELF = "self", p_("applicant", "Herself or himself")
    PROXY = "proxy", p_("applicant", "A proxy")
    JOINT = "joint", p_("applicant", "Several together")


class ProxyBy(models.TextChoices):
    FEDERATION = "wf", p_("proxy", "Women's federation")
    RELATIVE = "near_relative", _("Near relative")
    POLICE = "police", p_("proxy", "Police")
    COMMITTEE = "committee", p_("proxy", "Residents' or villagers' committee")
    RELIEF = "relief", _("Relief station")
    CIVIL_AFFAIRS = "civil_affairs", p_("proxy", "Civil affairs")
    DISABLED = "disabled_federation", _("Disabled persons' federation")
    AGED = "aged_organisation", _("Organisation of the aged")


class ProxyGround(models.TextChoices):
    INCAPABLE = "incapable", _("No or limited legal capacity (ADVL 23)")
    COERCED = "coerced", _("Coerced or intimidated (ADVL 23)")
    FRAIL = "frail", _("Old age, disability or serious illness, and her will (FS22 2)")


class Jurisdiction(models.TextChoices):
    APPLICANT = "applicant", _("Where the applicant lives")
    RESPONDENT = "respondent", _("Where the respondent lives")
    PLACE = "place", _("Where the violence happened")


class NotPursued(models.TextChoices):
    HER_WILL = "her_will", p_("not pursued", "She does not want it now")
    SAFER = "safer_otherwise", p_("not pursued", "It would put her in more danger now")
    OTHER_WAY = "other_way", p_("not pursued", "Another measure protects her")
    NO_GROUND = "no_ground", p_("not pursued", "The conditions are not met")
    OTHER = "other", p_("not pursued", "Another reason")


class Protects(models.TextChoices):
    """Whom the order protects (ADVL 29); who they are stands, sealed, among the people of the case."""

    VICTIM = "victim", p_("protects", "The victim")
    CHILD = "child", p_("protects", "Her children")
    RELATIVE = "protected_relative", p_("protects", "Her near relatives")


class Recipient(models.TextChoices):
    APPLICANT = "applicant", p_("served on", "Applicant")
    RESPONDENT = "respondent", p_("served on", "Respondent")
    POLICE = "police", p_("served on", "Police station")
    COMMITTEE = "committee", p_("served on", "Residents' or villagers' committee")
    FEDERATION = "federation", p_("served on", "Women's federation")
    SCHOOL = "school", p_("served on", "School")
    EMPLOYER = "employer", p_("served on", "Respondent's employer")


class ServedHow(models.TextChoices):
    IN_PERSON = "in_person", p_("service", "In person")
    ONLINE = "online", p_("service", "Electronically")
    POST = "post", p_("service", "By post")
    HOUSEHOLD = "household", p_("service", "Through an adult of his household (IMAR 32)")
    OTHER = "other", p_("service", "Another way")


class PetitionKind(models.TextChoices):
    EXTEND = "extend", p_("petition", "Extension")
    VARY = "vary", p_("petition", "Change")
    REVOKE = "revoke", p_("petition", "Revocation")
    RECONSIDER = "reconsider", p_("petition", "Reconsideration")


class PetitionOutcome(models.TextChoices):
    PENDING = "pending", p_("petition", "Not decided yet")
    GRANTED = "granted", p_("petition", "Granted")
    REFUSED = "refused", p_("petition", "Refused")


class Helper(models.TextChoices):
    POLICE = "police", p_("helps execute", "Police")
    FEDERATION = "federation", p_("helps execute", "Women's federation")
    COMMITTEE = "committee", p_("helps execute", "Committee")


class BreachKind(models.TextChoices):
    VIOLENCE = "violence", p_("breach", "Violence")
    THREAT = "threat", p_("breach", "Threat")
    HARASSMENT = "harassment", p_("breach", "Harassment, following, contact")
    PRIVACY = "privacy", p_("breach", "Private matters made known")
    PLACE = "place", _("Did not move out, or came near")
    NOT_DONE = "not_done", _("Did not do what was ordered")
    OTHER = "other", p_("breach", "Other breach")


class FoundBy(models.TextChoices):
    VICTIM = "victim", p_("found by", "She told us")
    FEDERATION = "federation", p_("found by", "The federation")
    POLICE = "police", p_("found by", "Police")
    COURT = "court", p_("found by", "The court")
    COMMITTEE = "committee", p_("found by", "The committee")
    OTHER = "other", p_("found by", "Somebody else")


class SanctionKind(models.TextChoices):
    ADMONITION = "admonition", _("Admonition")
    FINE = "fine", p_("sanction", "Fine")
    DETENTION = "detention", p_("sanction", "Detention")
    CRIME = "criminal_refusal", _("Crime of refusing to execute a ruling")


class Party(models.TextChoices):
    APPLICANT = "applicant", p_("party", "Applicant")
    RESPONDENT = "respondent", p_("party", "Respondent")
