"""The coded words of a warning letter: clear text, no personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import Flag


class LetterType(models.TextChoices):
    VIOLENCE = "dv", _("Domestic violence")
    HARASSMENT = "harassment", _("Sexual harassment")


class Origin(models.TextChoices):
    FEDERATION = "federation", _("The federation asks")
    VICTIM = "victim", _("The victim asks")
    POLICE = "police", _("Police inform the federation")


class Ground(models.TextChoices):
    """Grounds on which a letter generally shall or must be issued: the union of GJ34 6 and IMAR 22."""

    CRITICISED_BEFORE = "criticised_before", _("Criticised and educated before (GJ34 6, IMAR 22)")
    PROTECTED_GROUP = (
        "protected_group",
        _("Minor, elderly, disabled, pregnant, nursing or seriously ill (GJ34 6, IMAR 22)"),
    )
    PUBLIC_PLACE = "public_place", _("In a public place (GJ34 6)")
    VICTIM_ASKS = "victim_asks", _("The victim asks for it (GJ34 6)")
    NOT_FORGIVEN = "not_forgiven", _("The victim does not forgive (IMAR 22)")
    OTHER = "other", p_("ground", "Other")


class ServedTo(models.TextChoices):
    """Who received the copy meant for the victim (IMAR 24)."""

    VICTIM = "victim", _("The victim herself")
    GUARDIAN = "guardian", _("Her guardian")
    OTHER_GUARDIAN = "other_guardian", _("Another guardian, who is not the perpetrator")
    CIVIL_AFFAIRS = "civil_affairs", p_("body", "Civil affairs")


class RelapseKind(models.TextChoices):
    VIOLENCE = "violence", p_("relapse", "New violence")
    DEFIANCE = "defiance", _("Defies what the letter forbids, without new violence")
    BOTH = "both", p_("relapse", "Both")


# Special groups of GJ34 6 and IMAR 22; a child or an incapable victim is served through a guardian.
PROTECTED = frozenset({Flag.MINOR, Flag.ELDERLY, Flag.DISABLED, Flag.PREGNANT, Flag.NURSING, Flag.ILL})
UNABLE = frozenset({Flag.MINOR, Flag.INCAPABLE})
