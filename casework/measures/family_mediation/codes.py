"""The coded words of a mediation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Subject(models.TextChoices):
    """What the family is at odds about."""

    DIVORCE = "divorce", p_("subject", "Divorce or separation")
    CUSTODY = "custody", _("Who raises the children, and visits")
    MAINTENANCE = "maintenance", _("Maintenance")
    PROPERTY = "property", p_("subject", "Money, house or land")
    ELDERS = "elders", _("Care of parents")
    HOUSEWORK = "housework", _("Housework and daily life")
    OTHER = "other", p_("subject", "Something else")


class Mediator(models.TextChoices):
    FEDERATION = "federation", p_("mediator", "Women's federation")
    COMMITTEE = "committee", _("People's mediation committee")
    TOGETHER = "together", p_("mediator", "Both together")
