"""Sites and places are kept by the shelter itself."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.actor import Actor
from agencies.scope import NOTHING
from casework.measures.shelter_stay.models import TAKEN, Place, ShelterSite, ShelterStay, of_the_shelter
from workflow.errors import NotVisible


@transaction.atomic
def add_site(*, actor: Actor, code: str, address: str, apart: bool, norm_days: int) -> ShelterSite:
    """`address` is sealed with a key of the site's own."""
    if of_the_shelter(actor) == NOTHING or actor.agency_id is None:
        raise PermissionDenied
    site = ShelterSite(
        agency_id=actor.agency_id, code=code, address=address, apart=apart, norm_days=norm_days
    )
    site.acting(actor).save()
    return site


@transaction.atomic
def add_place(site: ShelterSite, *, actor: Actor, number: str, kind: str, capacity: int) -> Place:
    found = ShelterSite.objects.visible_to(actor).filter(pk=site.pk).first()
    if found is None:
        raise NotVisible
    place = Place(site=found, number=number, kind=kind, capacity=capacity)
    place.acting(actor).save()
    return place


class PlaceTaken(Exception):
    """Somebody lives there: it cannot be taken out of use now."""


@transaction.atomic
def set_in_use(place_id: UUID, *, actor: Actor, in_use: bool) -> Place:
    """Take a place out of use, or give it back."""
    place: Place | None = (
        Place.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=place_id).first()
    )
    if place is None:
        raise NotVisible
    if not in_use and ShelterStay.objects.filter(place=place, state__in=TAKEN).exists():
        raise PlaceTaken
    place.in_use = in_use
    place.acting(actor).save()
    return place
