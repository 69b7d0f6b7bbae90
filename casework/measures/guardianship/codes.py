"""The coded words of a guardianship matter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Ward(models.TextChoices):
    MINOR = "minor", _("A minor")
    ADULT = "adult", p_("ward", "An adult without full capacity")


class Ground(models.TextChoices):
    """Why the guardian may lose the right: serious harm to the ward (ADVL 21, CC 36)."""

    HARM = "harm", _("Serious harm to body or mind")
    NEGLECT = "neglect", _("Duty not done, the ward left in distress")
    RIGHTS = "rights", _("Another serious violation of the ward's rights")


class Applicant(models.TextChoices):
    """Who asks the court; where nobody does in time, civil affairs must (CC 36)."""

    FEDERATION = "federation", p_("applicant", "Women's federation")
    CIVIL_AFFAIRS = "civil_affairs", p_("applicant", "Civil affairs")
    COMMITTEE = "committee", p_("applicant", "Residents' or villagers' committee")
    SCHOOL = "school", p_("applicant", "School")
    HOSPITAL = "hospital", p_("applicant", "Hospital")
    DISABLED = "disabled", p_("applicant", "Disabled persons' federation")
    RELATIVE = "relative", _("Another person who may be guardian")
    OTHER = "other", p_("applicant", "Another body")


class Carer(models.TextChoices):
    """Who takes care: for the time being, or as the new guardian."""

    CIVIL_AFFAIRS = "civil_affairs", p_("carer", "Civil affairs")
    PARENT = "parent", _("The other parent")
    RELATIVE = "relative", p_("carer", "A relative")
    COMMITTEE = "committee", p_("carer", "Residents' or villagers' committee")
    OTHER = "other", p_("carer", "Somebody else")


class EndOfCare(models.TextChoices):
    RETURNED = "returned", _("Back with the guardian")
    APPOINTED = "appointed", _("With the new guardian")
    MOVED = "moved", _("To somebody else's care")
