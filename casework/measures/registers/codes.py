"""The coded words of the registers."""

from django.db import models
from django.utils.translation import pgettext_lazy as p_


class EventKind(models.TextChoices):
    TRAINING = "training", p_("register", "Training")
    PUBLICITY = "publicity", p_("register", "Publicity")
    LEGAL_EDUCATION = "legal_education", p_("register", "Legal education")


class Topic(models.TextChoices):
    VIOLENCE = "violence", p_("register", "Against domestic violence")
    HARASSMENT = "harassment", p_("register", "Against sexual harassment")
    TRAFFICKING = "trafficking", p_("register", "Against trafficking")
    CHILDREN = "children", p_("register", "Protection of minors")
    FAMILY = "family", p_("register", "Marriage and family law")
    RIGHTS = "rights", p_("register", "Women's rights in general")
    OTHER = "other", p_("register", "Another subject")


class Audience(models.TextChoices):
    OWN = "own", p_("register", "Federation staff and volunteers")
    BODIES = "bodies", p_("register", "Police, courts and other bodies")
    GRID = "grid", p_("register", "Committees and grid workers")
    SCHOOL = "school", p_("register", "Schools")
    WORK = "work", p_("register", "Employers and staff")
    RESIDENTS = "residents", p_("register", "Residents")
    OTHER = "other", p_("register", "Another audience")


class UnitKind(models.TextChoices):
    ENTERPRISE = "enterprise", p_("register", "Enterprise")
    STATE = "state", p_("register", "State organ or public institution")
    SCHOOL = "school", p_("register", "School or kindergarten")
    HOSPITAL = "hospital", p_("register", "Hospital or clinic")
    LODGING = "lodging", p_("register", "Hotel or other lodging")
    OTHER = "other", p_("register", "Another unit")


class Part(models.TextChoices):
    """What a mechanism consists of: the house's own list, but for the written answer, which WPL 23 asks for."""

    RULES = "rules", p_("register", "Written rules")
    OFFICER = "officer", p_("register", "A named office or officer")
    CHANNEL = "channel", p_("register", "A way to complain that is known")
    PROCEDURE = "procedure", p_("register", "A procedure for inquiry and handling")
    REPLY = "reply", p_("register", "Written answer to whoever complained")
    SECRECY = "secrecy", p_("register", "Privacy of whoever complained")
    TRAINING = "training", p_("register", "Regular training")


class ExpertKind(models.TextChoices):
    LAWYER = "lawyer", p_("register", "Lawyer")
    LEGAL_WORKER = "legal_worker", p_("register", "Grassroots legal worker")
    COUNSELLOR = "counsellor", p_("register", "Psychological counsellor")
    SOCIAL_WORKER = "social_worker", p_("register", "Social worker")
    DOCTOR = "doctor", p_("register", "Doctor or forensic doctor")
    INTERPRETER = "interpreter", p_("register", "Interpreter")
    SCHOLAR = "scholar", p_("register", "Scholar or trainer")
    OTHER = "other", p_("register", "Another expert")
