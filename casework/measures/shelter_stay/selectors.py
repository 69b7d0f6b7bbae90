"""Reads of the shelter: its one screen, and how many places are free. Numbers only leave the house, never a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise

from agencies.actor import Actor
from casework.measures.shelter_stay.codes import PlaceType
from casework.measures.shelter_stay.models import TAKEN, Place, ShelterSite, ShelterStay
from casework.measures.shelter_stay.workflow import S


@dataclass(frozen=True, slots=True)
class Vacancy:
    label: str | Promise
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Screen:
    """`asked`: requests, oldest first; `inside`: who is in, whose day comes first on top."""

    asked: list[ShelterStay]
    inside: list[ShelterStay]
    vacancies: list[Vacancy]
    persons: int


def vacancies(agency_ids: Iterable[UUID | None]) -> list[Vacancy]:
    """Free places by type in the shelters of these bodies; one query, and no word about which or where."""
    taken = Q(stays__state__in=TAKEN)
    rows = Place.objects.filter(site__agency_id__in=list(agency_ids), in_use=True).order_by().values("kind")
    counts = rows.annotate(
        total=Count("pk", distinct=True), taken=Count("stays", filter=taken, distinct=True)
    )
    found = {row["kind"]: row for row in counts}
    return [
        Vacancy(kind.label, found[kind]["total"] - found[kind]["taken"], found[kind]["total"])
        for kind in PlaceType
        if kind in found
    ]


def screen(actor: Actor) -> Screen:
    """Everything the shelter looks at in the morning; three queries."""
    rows = ShelterStay.objects.visible_to(actor).select_related(
        "case", "case__agency", "place__site", "agency"
    )
    asked = list(rows.filter(state__in=(S.REQUESTED, S.CHECKED)).order_by("-urgent", "created_at"))
    inside = list(rows.filter(state__in=TAKEN).order_by("leave_by", "created_at"))
    return Screen(asked, inside, vacancies([actor.agency_id]), sum(stay.persons for stay in inside))


def sites(actor: Actor) -> list[ShelterSite]:
    return list(ShelterSite.objects.visible_to(actor).order_by("code").prefetch_related("places"))


def taken_places(actor: Actor) -> set[UUID | None]:
    return set(
        ShelterStay.objects.visible_to(actor).filter(state__in=TAKEN).values_list("place_id", flat=True)
    )
