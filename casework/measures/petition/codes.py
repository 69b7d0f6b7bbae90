"""The coded words of a petition."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Source(models.TextChoices):
    DIRECT = "direct", _("Made to us directly")
    TRANSFERRED = "transferred", _("Passed on to us by another body")


class Category(models.TextChoices):
    """The order of the chapters of the women's rights law."""

    POLITICAL = "political", _("Political rights")
    PERSONAL = "personal", _("Personal rights and dignity")
    EDUCATION = "education", _("Culture and education")
    LABOUR = "labour", _("Work and social security")
    PROPERTY = "property", p_("petition", "Property rights")
    MARRIAGE = "marriage", p_("petition", "Marriage and family")
    OTHER = "other", p_("petition", "Other")


class Route(models.TextChoices):
    """Ways of the law that come before a petition answer (XF 31)."""

    COURT = "court", _("Lawsuit or protection order")
    ARBITRATION = "arbitration", p_("route", "Arbitration")
    REVIEW = "review", _("Administrative reconsideration")
    POLICE = "police", _("Police procedure")
    DUTY = "duty", _("A body's statutory duty to protect persons and property")


class Result(models.TextChoices):
    SUPPORTED = "supported", p_("petition", "Supported")
    PARTLY = "partly", p_("petition", "Supported in part")
    EXPLAINED = "explained", _("Understandable, cannot be done: explained")
    NOT_SUPPORTED = "not_supported", p_("petition", "Not supported")
