"""What a call can be, in codes. Labels are what the operator reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import Matter


class Safety(models.TextChoices):
    SAFE = "safe", _("Safe for now")
    UNSAFE = "unsafe", _("Not safe")
    CANNOT_SPEAK = "cannot_speak", _("Cannot speak")


class CallKind(models.TextChoices):
    SELF = "self", _("For herself or himself")
    BYSTANDER = "bystander", _("Relative, neighbour, bystander")
    INSTITUTION = "institution", _("Institution")
    SILENT = "silent", _("Silent call")
    HANG_UP = "hang_up", _("Hung up")
    ABUSIVE = "abusive", _("Abusive")
    WRONG = "wrong", _("Wrong number")
    THANKS = "thanks", _("Thanks")


# Calls that keep nothing about anybody: one key and a confirmation.
NO_DATA = (CallKind.SILENT, CallKind.HANG_UP, CallKind.ABUSIVE, CallKind.WRONG, CallKind.THANKS)

WITH_DATA = (CallKind.SELF, CallKind.BYSTANDER, CallKind.INSTITUTION)
# Matters in which nobody could ask a court for a protection order.
NOT_FOR_ORDERS = frozenset({Matter.EMPLOYMENT, Matter.PROPERTY, Matter.OTHER})


class Answer(models.TextChoices):
    YES = "yes", p_("answer", "Yes")
    NO = "no", p_("answer", "No")
    UNKNOWN = "unknown", p_("answer", "Not known")


class Injury(models.TextChoices):
    NONE = "none", p_("injury", "None")
    MINOR = "minor", p_("injury", "Light")
    SERIOUS = "serious", p_("injury", "Serious")
    UNKNOWN = "unknown", p_("injury", "Not known")


class Tap(models.TextChoices):
    """What is asked of a caller who cannot speak, in this order. The label is said aloud; she taps."""

    DANGER = "danger", _("Are you in danger right now?")
    NEAR = "near", _("Is he in the room with you?")
    POLICE = "police", _("Shall I send the police to you?")
    PLACE = "place", _("Are you at the address I have just read to you?")
    HURT = "hurt", _("Are you hurt?")
    CHILDREN = "children", _("Are children with you?")
    LATER = "later", _("May I call you back when it is safe?")


class CallBackState(models.TextChoices):
    BOOKED = "booked", p_("call-back", "Booked")
    REACHED = "reached", p_("call-back", "Reached")
    NOT_REACHED = "not_reached", p_("call-back", "Not reached")
    CANCELLED = "cancelled", p_("call-back", "Cancelled")
