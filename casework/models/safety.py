"""How she stays safe, and how she can be reached without harm."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.case import Case
from casework.models.parts import CasePart
from privacy.blind import TagsField, tags_index
from privacy.fields import SealedJSON, SealedText
from privacy.history import sealed_history


class Step(models.TextChoices):
    """What a safety plan goes through; ticked when talked over and settled."""

    POLICE = "police", _("Knows when and how to call 110, and what to say")
    EXIT = "exit", _("Ways out of the home, and where to stay for a night")
    BAG = "bag", _("A bag: documents, money, keys, medicine")
    DOCUMENTS = "documents", _("Copies of documents and evidence kept outside the home")
    NEIGHBOUR = "neighbour", _("Somebody near who calls the police at a sign")
    CHILDREN = "children", _("Children know where to go, and that it is not their fault")
    SCHOOL = "school", _("School knows who may fetch the child")
    PHONE = "phone", _("Phone checked: location, shared accounts, records of calls")
    WEAPONS = "weapons", _("Knives and other weapons out of reach")
    WORK = "work", _("The way to work and the workplace")
    SELF = "self", _("Who is there for her when it is too much")


class SafetyPlan(CasePart):
    case = models.OneToOneField(Case, models.PROTECT, related_name="safety_plan", editable=False)
    steps = SealedJSON(_("Settled points"))
    text = SealedText(_("The plan"), pad=256, max_length=8000, blank=True, null=True)
    review_on = models.DateField(_("Look at it again on"), null=True, blank=True)

    history = sealed_history()

    def __str__(self) -> str:
        return str(self.pk)


class SafeContact(CasePart):
    """`hours`: list of {"days": [0..6, Monday = 0], "from": "09:00", "to": "11:00"}; empty = nothing agreed yet."""

    never_printed = frozenset({"code_word", "cover_identity"})

    case = models.OneToOneField(Case, models.PROTECT, related_name="safe_contact", editable=False)
    phone = SealedText(_("Safe number"), pad=32, max_length=20, blank=True, null=True)
    cover_identity = SealedText(_("Who we say we are"), pad=64, max_length=60, blank=True, null=True)
    code_word = SealedText(_("Code word"), pad=32, max_length=30, blank=True, null=True)
    note = SealedText(_("What else to mind"), pad=256, max_length=1000, blank=True, null=True)
    hours = models.JSONField(_("Safe hours"), default=list, blank=True)
    may_leave_message = models.BooleanField(_("A message may be left"), default=False)
    may_text = models.BooleanField(_("A text message may be sent"), default=False)
    may_name_federation = models.BooleanField(_("We may say that we are the federation"), default=False)
    never_call = models.BooleanField(_("Never call"), default=False)
    tags = TagsField()
    tagged = ("phone",)

    history = sealed_history(excluded=("tags",))

    class Meta:
        indexes = [tags_index("safecontact_tags")]

    def __str__(self) -> str:
        return str(self.pk)
