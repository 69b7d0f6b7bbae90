"""A life of the house itself: it belongs to a federation and to no case. No person may be named in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING
from privacy.models import SealedModel
from workflow.models import LifeModel

KEEPERS = (Role.CASEWORKER, Role.LEAD)


@dataclass(frozen=True)
class Part:
    """A row that belongs to such a life, with its own sealed columns; shown on its page when they are opened."""

    label: str | Promise
    row: SealedModel
    names: tuple[str, ...] = field(default=("text",))


class HouseLife(LifeModel):
    """Subclasses declare flow, state, objects, history and scope, and `plural`, the name of their list."""

    plural: ClassVar[str | Promise]
    page_texts: ClassVar[tuple[str, ...]] = ()

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True

    @classmethod
    def of_house(cls, actor: Actor) -> Q:
        """The federation's own; a duty leader also those of the federations below hers."""
        if actor.kind != AgencyKind.FEDERATION or actor.role not in KEEPERS:
            return NOTHING
        mine = Q(agency_id=actor.agency_id)
        return mine | Q(agency__parent_id=actor.agency_id) if actor.role == Role.LEAD else mine

    @property
    def home_id(self) -> UUID | None:
        return self.agency_id

    def agency_for(self, owner: str) -> UUID | None:
        return self.agency_id if owner == "wf" else None

    def facts(self) -> dict[str, Any]:
        return {"home": str(self.agency_id), **self.own_facts()}

    def own_facts(self) -> dict[str, Any]:
        return {}

    def get_absolute_url(self) -> str:
        return reverse("together:one", args=[self.flow.key, self.pk])

    def texts_for(self, actor: Actor) -> tuple[str, ...]:
        """The sealed columns this actor may open on its page."""
        return self.page_texts

    def parts_for(self, actor: Actor) -> list[Part]:
        """Rows of its own that this actor may open on its page."""
        return []

    @property
    def day(self) -> Any:
        """What a list is ordered and read by."""
        return self.created_at


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    url: str


_pages: list[tuple[str | Promise, str]] = []


def add_page(label: str | Promise, url_name: str) -> None:
    """A page of a room beside these lists. Called in AppConfig.ready."""
    if (label, url_name) not in _pages:
        _pages.append((label, url_name))


def house_models() -> Iterator[type[HouseLife]]:
    for model in apps.get_models():
        if issubclass(model, HouseLife):
            yield model


def tabs() -> list[Tab]:
    pages = [Tab(label, reverse(name)) for label, name in _pages]
    lists = [Tab(kind.plural, reverse("together:list", args=[kind.flow.key])) for kind in house_models()]
    return pages + lists
