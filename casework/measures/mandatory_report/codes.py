"""The coded words of a mandatory report."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.kinds import AgencyKind
from casework.codes import Flag


class Duty(models.TextChoices):
    """Whom the duty protects: MR20 for minors, ADVL 14 for the incapable, IMAR 20 for adults who cannot report."""

    MINOR = "minor", _("A minor (under 18)")
    INCAPABLE = "incapable", _("An adult without full legal capacity")
    UNABLE = "unable", _("An adult who cannot report it herself or himself")


class Situation(models.TextChoices):
    """The nine situations of MR20 4."""

    MR1 = "MR1", _("Unusual injury of the private parts")
    MR2 = "MR2", _("A girl under 14: suspected sexual assault, pregnancy or abortion")
    MR3 = "MR3", _("A girl of 14 or older: pregnancy or abortion that may come from a sexual assault")
    MR4 = (
        "MR4",
        _(
            "Several injuries, severe malnutrition or unclear mind; violence, bullying, abuse or drugging suspected"
        ),
    )
    MR5 = "MR5", _("Disabled or dead from suicide, self-harm, an accident at work, poisoning or the like")
    MR6 = "MR6", _("Abandoned, or long without anybody's care")
    MR7 = "MR7", _("Of unknown origin, missing, or trafficked and bought")
    MR8 = "MR8", _("Made to beg by others")
    MR9 = "MR9", _("Another serious harm, or a danger that is present now")


class Unable(models.TextChoices):
    """Why an adult cannot report (IMAR 20)."""

    AGE = "age", _("Old age")
    DISABLED = "disabled", p_("unable", "Disability")
    ILL = "ill", _("Serious illness")
    COERCED = "coerced", _("Force or threats")


FLAGS = {
    Unable.AGE: Flag.ELDERLY,
    Unable.DISABLED: Flag.DISABLED,
    Unable.ILL: Flag.ILL,
    Unable.COERCED: Flag.COERCED,
}


class Unit(models.TextChoices):
    """What kind of body or person found it. Never shown where the reporter must stay unknown."""

    SCHOOL = "school", p_("unit", "School")
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    TRAINING = "training", _("Training or child-care place")
    HOSPITAL = "hospital", p_("unit", "Hospital or clinic")
    COMMITTEE = "committee", p_("unit", "Residents' or villagers' committee")
    SOCIAL_WORK = "social_work", p_("unit", "Social work body")
    RELIEF = "relief", _("Relief station")
    WELFARE = "welfare", _("Welfare home")
    HOTEL = "hotel", _("Hotel or other lodging")
    STATE = "state", _("State organ or public body")
    FEDERATION = "federation", p_("unit", "Women's federation")
    OTHER = "other", p_("unit", "Another body")
    CITIZEN = "citizen", _("A private person")


UNIT_OF = {
    AgencyKind.SCHOOL: Unit.SCHOOL, AgencyKind.HOSPITAL: Unit.HOSPITAL, AgencyKind.COMMITTEE: Unit.COMMITTEE,
    AgencyKind.FEDERATION: Unit.FEDERATION,
}  # fmt: skip


class Origin(models.TextChoices):
    PUBLIC = "public", _("Public form")
    AGENCY = "agency", _("Account of a body")
    FEDERATION = "federation", p_("origin", "Found by the federation")


class FoundHow(models.TextChoices):
    SEEN = "seen", _("Seen or heard it myself")
    INJURY = "injury", _("Noticed injuries or a change of behaviour")
    TOLD_BY_VICTIM = "told_by_victim", _("Told by the person harmed")
    TOLD_BY_OTHER = "told_by_other", _("Told by somebody else")
    AT_WORK = "at_work", _("In an examination, check or visit at work")


class Feedback(models.TextChoices):
    """What the police answered (MR20 10)."""

    TAKEN = "taken", p_("feedback", "Taken up, being investigated")
    ADMINISTRATIVE = "administrative", _("Handled as a public-security matter")
    CRIMINAL = "criminal", _("Criminal case filed")
    NOT_FILED = "not_filed", _("No case filed")
    REFUSED = "refused", p_("feedback", "Not taken up")


REFUSALS = frozenset({Feedback.NOT_FILED, Feedback.REFUSED})


class Sanction(models.TextChoices):
    """What followed for whoever had to report and did not."""

    TALK = "talk", _("Admonition or talk")
    DISCIPLINE = "discipline", _("Disciplinary sanction")
    FINE = "fine", p_("sanction", "Fine")
    CLOSURE = "closure", _("Business suspended or licence withdrawn")
    CRIMINAL = "criminal", p_("sanction", "Criminal liability")
    OTHER = "other", p_("sanction", "Another sanction")
