"""The coded words of a recovery plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_


class Whose(models.TextChoices):
    WOMAN = "woman", _("She herself")
    CHILD = "child", _("A child of hers")
    FAMILY = "family", _("She and her children")


class Field(models.TextChoices):
    """In what somebody wants to get on her feet again."""

    MIND = "mind", _("Mind and sleep")
    BODY = "body", _("Body and health")
    MONEY = "money", _("Living costs")
    WORK = "work", p_("recovery", "Work and skills")
    HOME = "home", p_("recovery", "Housing")
    CHILDREN = "children", _("Children and school")
    PAPERS = "papers", _("Papers and household register")
    LAW = "law", _("Suit, divorce or compensation")
    COMPANY = "company", _("People around her")


class Session(models.TextChoices):
    COUNSELLING = "counselling", p_("recovery", "Counselling")
    CRISIS = "crisis", _("Crisis intervention")
    GROUP = "group", _("Group meeting")
    CHILD = "child", _("Session with the child")
    FAMILY = "family", _("Family guidance without the perpetrator")


class Attendance(models.TextChoices):
    CAME = "came", p_("recovery", "Took part")
    PUT_OFF = "put_off", _("Put off")
    MISSED = "missed", _("Did not come")


class Aid(models.TextChoices):
    JUDICIAL = "judicial", _("Judicial assistance")
    TEMPORARY = "temporary", _("Temporary assistance")
    SUBSISTENCE = "subsistence", _("Subsistence allowance")
    MEDICAL = "medical", _("Medical assistance")
    SCHOOL = "school", _("Education assistance")
    HOUSING = "housing", _("Housing assistance")
    WORK = "work", _("Employment assistance or training")
    COURT_FEES = "court_fees", _("Court fees deferred, reduced or waived")
    GIFT = "gift", _("Federation's or charity's own help")


class Answer(models.TextChoices):
    WAITING = "waiting", p_("aid", "Asked for, no answer yet")
    GRANTED = "granted", p_("aid", "Granted")
    PARTLY = "partly", p_("aid", "Granted in part")
    REFUSED = "refused", p_("aid", "Refused")
    WITHDRAWN = "withdrawn", p_("aid", "No longer asked for")


class GoalState(models.TextChoices):
    OPEN = "open", p_("goal", "Under way")
    REACHED = "reached", p_("goal", "Reached")
    PARTLY = "partly", p_("goal", "Reached in part")
    DROPPED = "dropped", p_("goal", "Given up")


class Progress(models.TextChoices):
    BETTER = "better", _("Better than before")
    SAME = "same", _("As before")
    WORSE = "worse", _("Worse than before")


class Safe(models.TextChoices):
    YES = "yes", p_("recovery safe", "Yes")
    NO = "no", p_("recovery safe", "No")
    UNKNOWN = "unknown", p_("recovery safe", "Not known")


HELPED = frozenset({Answer.GRANTED, Answer.PARTLY})
SETTLED = tuple(choice for choice in GoalState.choices if choice[0] != GoalState.OPEN)
ANSWERED = tuple(choice for choice in Answer.choices if choice[0] != Answer.WAITING)
