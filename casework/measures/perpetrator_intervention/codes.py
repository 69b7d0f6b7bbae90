"""The coded words of work with a perpetrator: clear text, no personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Basis(models.TextChoices):
    """Why the federation works with him or her (ADVL 22; GJ34 19; FF10 16)."""

    VIOLENCE = "violence", _("Violence that came to our knowledge (ADVL 22)")
    LETTER = "letter", _("Notice of a warning letter (GJ34 19)")
    ORDER = "order", _("A protection order is in force (FF10 16)")
    PENALTY = "penalty", _("A penalty or a criminal matter")
    OWN_WISH = "own_wish", _("He or she asks for help")


class Programme(models.TextChoices):
    EDUCATION = "education", _("Legal education")
    TALK = "talk", _("Warning talk")
    COUNSELLING = "counselling", p_("intervention", "Counselling")
    COURSE = "course", _("Correction course")


class Against(models.TextChoices):
    """Against whom, as coarsely as the work needs it."""

    PARTNER = "partner", _("A partner or former partner")
    CHILD = "child", _("A child")
    ELDER = "elder", _("An older relative")
    OTHER = "other", p_("against", "Another person")


class Attendance(models.TextChoices):
    CAME = "came", p_("attendance", "Came")
    EXCUSED = "excused", p_("attendance", "Excused")
    ABSENT = "absent", p_("attendance", "Stayed away")
    REFUSED = "refused", p_("attendance", "Refused to take part")


class Attitude(models.TextChoices):
    ADMITS = "admits", p_("attitude", "Admits it and takes responsibility")
    PARTLY = "partly", p_("attitude", "Admits it in part, blames others")
    DENIES = "denies", p_("attitude", "Denies it")
    HOSTILE = "hostile", p_("attitude", "Hostile")


class BreachKind(models.TextChoices):
    ABSENCE = "absence", _("Stays away again and again")
    DISTURBS = "disturbs", _("Disturbs the sessions")
    THREAT = "threat", _("Threatens somebody")
    CONTACT = "contact", _("Seeks contact that is forbidden")
    VIOLENCE = "violence", p_("breach", "New violence")
    OTHER = "other", p_("breach", "Other")


class Outcome(models.TextChoices):
    CHANGED = "changed", _("Understands what he or she did; no violence since")
    UNSURE = "unsure", _("Some understanding; keep an eye on it")
    UNCHANGED = "unchanged", _("No change")


MISSED = frozenset({Attendance.ABSENT, Attendance.REFUSED})
# What is said or done there that can hurt somebody: the case is told at once, in a code and nothing more.
DANGEROUS = frozenset({BreachKind.THREAT, BreachKind.CONTACT, BreachKind.VIOLENCE})
