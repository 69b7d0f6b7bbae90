"""The coded words of a visit."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Basis(models.TextChoices):
    DANGER = "danger", _("Danger level")
    ORDER = "order", _("Protection order")
    ORDER_END = "order_end", _("End of the protection order")
    LETTER = "letter", _("Warning letter")
    SHELTER = "shelter", _("After the shelter")
    CLOSING = "closing", _("Case closed")


class VisitChannel(models.TextChoices):
    PHONE = "phone", p_("visit", "Telephone")
    OFFICE = "office", p_("visit", "At the federation")
    HOME = "home", p_("visit", "At her home")
    ELSEWHERE = "elsewhere", p_("visit", "At another safe place")
    MESSAGE = "message", p_("visit", "By the message she agreed to")
    COMMITTEE = "committee", p_("visit", "Through the committee")


class Answer(models.TextChoices):
    """Three answers: what was not asked is not a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", p_("answer", "Could not be asked")


class Company(models.TextChoices):
    """Who is within hearing. If it is the perpetrator, it is not safe to talk."""

    ALONE = "alone", p_("visit", "She is alone")
    CHILDREN = "children", p_("visit", "Children are there")
    TRUSTED = "trusted", p_("visit", "Somebody she trusts is there")
    OTHERS = "others", p_("visit", "Others are there")
