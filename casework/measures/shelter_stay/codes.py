"""The coded words of a stay in a shelter."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Subject(models.TextChoices):
    ADULT = "adult", p_("shelter", "An adult alone")
    FAMILY = "family", p_("shelter", "An adult with children")
    MINOR = "minor", p_("shelter", "A minor without a guardian to rely on")


class Source(models.TextChoices):
    SELF = "self", p_("shelter", "She comes by herself")
    POLICE = "police", p_("shelter", "Brought by the police")
    FEDERATION = "federation", p_("shelter", "Brought by the women's federation")
    OTHER = "other", p_("shelter", "Brought by somebody else")


class Voucher(models.TextChoices):
    """What she happens to have. Nobody is turned away for having none."""

    NONE = "none", p_("voucher", "None, and none is needed")
    LETTER = "letter", p_("voucher", "Warning letter")
    RECEIPT = "receipt", p_("voucher", "Receipt of a report to the police")
    ORDER = "order", p_("voucher", "Protection order")
    OTHER = "other", p_("voucher", "Another paper")


class PlaceType(models.TextChoices):
    WOMAN = "woman", p_("place", "For a woman")
    FAMILY = "family", p_("place", "For a mother with children")
    MINOR = "minor", p_("place", "For minors")
    ACCESSIBLE = "accessible", p_("place", "Without steps, with room for a helper")
    MAN = "man", p_("place", "For a man")


# Separate areas by sex and age (S03): who may be given which kind of place.
FITS = {
    Subject.ADULT: (PlaceType.WOMAN, PlaceType.FAMILY, PlaceType.ACCESSIBLE, PlaceType.MAN),
    Subject.FAMILY: (PlaceType.FAMILY, PlaceType.ACCESSIBLE),
    Subject.MINOR: (PlaceType.MINOR,),
}


class NoPlace(models.TextChoices):
    """Why there is no place here and now. A missing paper or household register is no reason and no answer."""

    FULL = "full", p_("shelter", "Every fitting place is taken")
    HOSPITAL = "hospital", p_("shelter", "She needs a hospital first")
    TOO_NEAR = "too_near", p_("shelter", "Too near to him, or he may know of it")
    OTHER = "other", p_("shelter", "Another reason")


class ExitMode(models.TextChoices):
    SELF = "self", p_("exit", "By herself")
    RELATIVES = "relatives", p_("exit", "Fetched by relatives or friends")
    COMMITTEE = "committee", p_("exit", "Accompanied by the committee")
    FEDERATION = "federation", p_("exit", "Accompanied by the women's federation")
    OTHER_PLACE = "other_place", p_("exit", "Moved to another safe place")


class CareGround(models.TextChoices):
    """Grounds of temporary guardianship by civil affairs (MPL 92)."""

    HARMED = "harmed", _("Gravely harmed by a guardian, or threatened")
    NO_GUARDIAN = "no_guardian", _("No guardian can be found or can act")
    REFUSED = "refused", _("The guardian refuses or neglects the child")
    OTHER = "other", p_("care", "Another ground of the law")


class ConfirmedBy(models.TextChoices):
    POLICE = "police", p_("confirmed by", "Police")
    COMMITTEE = "committee", p_("confirmed by", "Committee")


class EntryKind(models.TextChoices):
    OUT = "out", p_("register", "Went out")
    BACK = "back", p_("register", "Came back")
    VISITOR = "visitor", p_("register", "Visitor")
    FILE = "file", p_("register", "Somebody looked into the file")
