"""The coded words of a criminal matter. What is charged is what the police, procuratorate or court call it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Offence(models.TextChoices):
    """The articles that law.md section 9 (O8) lists; several can be charged together."""

    MURDER = "232", _("Intentional homicide")
    INJURY = "234", _("Intentional injury")
    RAPE = "236", _("Rape")
    INDECENCY = "237", _("Forcible indecency")
    CONFINEMENT = "238", _("Unlawful detention")
    MALTREATMENT = "260", _("Maltreatment")
    WARD_MALTREATMENT = "260_1", _("Maltreatment of a person in one's care")
    ABANDONMENT = "261", _("Abandonment")
    REFUSAL = "313", _("Refusing to execute a ruling")
    OTHER = "other", p_("offence", "Another offence")


class Grade(models.TextChoices):
    NONE = "none", p_("injury", "No injury that counts")
    SLIGHT = "slight", p_("injury", "Slight injury")
    LIGHT_2 = "light_2", p_("injury", "Light injury, second degree")
    LIGHT_1 = "light_1", p_("injury", "Light injury, first degree")
    GRAVE_2 = "grave_2", p_("injury", "Grave injury, second degree")
    GRAVE_1 = "grave_1", p_("injury", "Grave injury, first degree")


CRIMINAL = (Grade.LIGHT_2, Grade.LIGHT_1, Grade.GRAVE_2, Grade.GRAVE_1)


class Complexity(models.TextChoices):
    SIMPLE = "simple", p_("appraisal", "Can be judged at once")
    COMPLEX = "complex", p_("appraisal", "Complex")


class Custody(models.TextChoices):
    FREE = "free", p_("custody", "Free")
    HELD = "held", p_("custody", "In criminal detention")
    ARRESTED = "arrested", p_("custody", "Arrested")
    BAILED = "bailed", p_("custody", "Released, awaiting the outcome")


class Verdict(models.TextChoices):
    PRISON = "prison", p_("sentence", "Imprisonment")
    PROBATION = "probation", p_("sentence", "Imprisonment, suspended")
    DETENTION = "detention", p_("sentence", "Detention or public surveillance")
    FINE = "fine", p_("sentence", "Fine only")
    EXEMPT = "exempt", p_("sentence", "Guilty, no punishment")
    DEATH = "death", p_("sentence", "Life imprisonment or death, reprieve included")
    UNKNOWN = "unknown", p_("sentence", "Guilty, the sentence is not known to us")
