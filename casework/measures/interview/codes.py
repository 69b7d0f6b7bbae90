"""The coded words of an interview."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class By(models.TextChoices):
    """Who hears her. Names belong into the reason, which is sealed."""

    FEDERATION = "federation", p_("interview", "Women's federation")
    POLICE = "police", p_("interview", "Police")
    PROCURATORATE = "procuratorate", p_("interview", "Procuratorate")
    COURT = "court", p_("interview", "Court")
    CIVIL_AFFAIRS = "civil_affairs", p_("interview", "Civil affairs")
    HOSPITAL = "hospital", p_("interview", "Hospital or appraisal body")
    LAWYER = "lawyer", _("Legal aid lawyer")
    SCHOOL = "school", p_("interview", "School or kindergarten")
    EMPLOYER = "employer", p_("interview", "Employer")
    COMMITTEE = "committee", p_("interview", "Residents' or villagers' committee")
    OTHER = "other", p_("interview", "Another body")


class Purpose(models.TextChoices):
    INTAKE = "intake", _("To understand what happened and what she needs")
    CRIMINAL = "criminal", _("Criminal matter")
    PENALTY = "penalty", _("Warning letter or penalty")
    ORDER = "order", p_("interview", "Protection order")
    GUARDIANSHIP = "guardianship", p_("interview", "Guardianship or custody")
    APPRAISAL = "appraisal", _("Medical examination or injury appraisal")
    COMPLAINT = "complaint", _("Complaint at work or at school")
    SUIT = "suit", _("Other lawsuit")


class Subject(models.TextChoices):
    """What she is asked about; what is recorded of it already is shown before."""

    VIOLENCE = "violence", _("What was done to her")
    INJURY = "injury", _("Injuries")
    THREAT = "threat", p_("interview", "Threats and danger")
    SEXUAL = "sexual", _("Sexual violence")
    CHILDREN = "children", p_("interview", "Children")
    PROPERTY = "property", _("Money, property, debts")
    WISH = "wish", _("What she wants")
    LIFE = "life", _("Family and living conditions")


class Instead(models.TextChoices):
    """Why it was not held after all."""

    RECORD = "record", _("What is recorded was enough and was passed on")
    FILM = "film", _("The recording of the first interview was used")
    JOINT = "joint", _("Joined with the interview of another body")
    REFUSED = "refused", _("She does not want to be asked again")
    STATE = "state", _("She is not well enough")
    OTHER = "other", p_("interview", "Other reason")
