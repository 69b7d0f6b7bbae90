"""A story of one case for the public. What ties it to the case is sealed with the case and seen by its own people only."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import ChoiceField, Field
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.scope import NOTHING, ScopedQuerySet
from casework.measure import Measure
from casework.measures.published_case.needs import CROWD
from casework.measures.published_case.workflow import FLOW
from casework.models import Case
from casework.plain import names_in, no_days, no_numbers
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


class Place(models.TextChoices):
    NONE = "none", p_("place told", "No place")
    REGION = "region", p_("place told", "The autonomous region")
    CITY = "city", p_("place told", "The city or league")
    DISTRICT = "district", p_("place told", "The district or banner")
    TOWN = "town", p_("place told", "The town, street or village")


class Trait(models.TextChoices):
    """What makes somebody stand out in a small place."""

    WORK = "work", _("Occupation or workplace")
    PEOPLE = "people", _("A small people or a foreign origin")
    BODY = "body", _("Disability or a rare illness")
    FAMILY = "family", _("Many children, twins, an unusual family")
    DEED = "deed", _("An unusual deed, weapon or injury")
    NEWS = "news", _("Something that was in the news")


class Consent(models.TextChoices):
    NOT_ASKED = "not_asked", p_("publication", "Not asked yet")
    AGREED = "agreed", p_("publication", "She agrees to this text")
    REFUSED = "refused", p_("publication", "She does not want it")


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )


class PublishedCase(Measure):
    """`traits`: what rare things the text tells. `writer` wrote it last."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 95
    after_closing: ClassVar[bool] = True
    panel_template: ClassVar[str] = "published_case/_panel.html"
    page_texts = ("heading", "text", "published_in")

    state = StateField(FLOW)
    heading = SealedText(_("Heading"), pad=64, max_length=120, validators=[no_numbers, no_days])
    text = SealedText(
        p_("published", "Text"), pad=256, max_length=4000, validators=[no_numbers, no_days],
        help_text=_("Write “the woman”, “the man”, “the child”. Month or year, no day; round ages; change what is not needed."),
    )  # fmt: skip
    place_told = models.CharField(_("How exactly the place is told"), max_length=8, choices=Place)
    traits = ArrayField(
        models.CharField(max_length=8, choices=Trait), verbose_name=_("Rare things the text tells"), default=list, blank=True
    )  # fmt: skip
    consent = models.CharField(
        p_("publication", "Her wish"), max_length=12, choices=Consent, default=Consent.NOT_ASKED
    )
    published_in = SealedText(
        _("Where it is published"), pad=64, max_length=120, blank=True, null=True,
        help_text=_("Name of the paper, page or event. Sealed: it ties the story to this case."),
    )  # fmt: skip
    writer, checker = _person(), _person()

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The case's own people; no other body, not even once it is published: the tie to the case stays secret."""
        if actor.role == Role.LIAISON:
            return NOTHING
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def alike(self) -> int:
        """Cases of this matter and relation in the place that is told, her own among them; up to as many as are asked for."""
        same = Q(agency=self.case.agency_id, matter=self.case.matter, relation=self.case.relation)
        if self.place_told == Place.TOWN:
            same &= Q(area=self.case.area_id) if self.case.area_id else Q(pk=self.case_id)
        return Case.objects.filter(same, joined_to=None)[:CROWD].count()

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if name in {"heading", "text"}:
            field.validators = [*field.validators, self.names_nobody]
        if name == "traits":
            field.required = False
        if name == "consent" and isinstance(field, ChoiceField):
            field.choices = [row for row in Consent.choices if row[0] != Consent.NOT_ASKED]

    def names_nobody(self, text: object) -> None:
        """No person of the case is named in it."""
        if names_in(str(text), self.case.persons.all()):
            raise ValidationError(
                _("A person of this case is named in the text. Take the name out."), code="named"
            )

    @property
    def trait_labels(self) -> list[str]:
        return [str(Trait(trait).label) for trait in self.traits]

    def own_facts(self) -> dict[str, Any]:
        return {"place_told": self.place_told, "consent": self.consent, "why": self.asked.get("why", "")}

    def wants_visits(self) -> bool:
        return False
