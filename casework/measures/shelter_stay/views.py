"""The shelter's one screen, its sites, and the page of one stay. Moves have the one move view."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.scope import NOTHING
from casework.codes import Role as PersonRole
from casework.measures.shelter_stay import selectors, services
from casework.measures.shelter_stay.forms import PlaceForm, SiteForm
from casework.measures.shelter_stay.models import ShelterEntry, ShelterSite, ShelterStay, of_the_shelter
from privacy.audit import Purpose
from privacy.reading import reveal, reveal_many
from workflow.engine import reach

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
TEXTS = ("request", "safety_risk", "health", "belongings", "handed_to")
GUESTS = (PersonRole.VICTIM, PersonRole.CHILD)
View = Callable[..., HttpResponse]


def for_the_shelter(view: View) -> View:
    """Only people posted at a shelter; to everybody else there is nothing here."""

    @wraps(view)
    def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if of_the_shelter(request.actor) == NOTHING:
            raise Http404
        return view(request, *args, **kwargs)

    return for_roles(Role.LIAISON)(guarded)


@require_GET
@for_the_shelter
def screen(request: ActorRequest) -> HttpResponse:
    return render(request, "shelter_stay/screen.html", {"screen": selectors.screen(request.actor)})


@for_the_shelter
def sites(request: ActorRequest) -> HttpResponse:
    """Sites and their places; a new site by POST."""
    form = SiteForm(request.POST or None, agency_id=request.actor.agency_id)
    if request.method == "POST" and form.is_valid():
        services.add_site(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("shelter_stay:sites")
    return _sites(request, form)


def _sites(request: ActorRequest, form: SiteForm | None = None, **more: Any) -> HttpResponse:
    rows = selectors.sites(request.actor)
    tried: PlaceForm | None = more.get("place_form")
    forms = [(site, tried if tried and tried.site.pk == site.pk else PlaceForm(site=site)) for site in rows]
    context = {
        "form": form or SiteForm(), "sites": forms, "taken": selectors.taken_places(request.actor), "opened": {}, **more,
    }  # fmt: skip
    wrong = (form and form.errors) or (tried and tried.errors)
    return render(request, "shelter_stay/sites.html", context, status=422 if wrong else 200)


def _site(request: ActorRequest, pk: UUID) -> ShelterSite:
    found: ShelterSite | None = ShelterSite.objects.visible_to(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
@for_the_shelter
def site_address(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open the address for this view only; written down first."""
    site = _site(request, pk)
    opened = reveal(site, "address", actor=request.actor, purpose=Purpose.LIAISON)
    return _sites(request, opened={site.pk: opened["address"]})


@require_POST
@for_the_shelter
def place_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    site = _site(request, pk)
    form = PlaceForm(request.POST, site=site)
    if not form.is_valid():
        return _sites(request, place_form=form)
    services.add_place(site, actor=request.actor, **form.cleaned_data)
    return redirect("shelter_stay:sites")


@require_POST
@for_the_shelter
def place_use(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a place out of use, or give it back; never under somebody who lives there."""
    try:
        services.set_in_use(pk, actor=request.actor, in_use=request.POST.get("in_use") == "yes")
    except services.PlaceTaken:
        messages.error(request, _("Somebody lives there now: give her another place first."))
    return redirect("shelter_stay:sites")


@require_GET
@for_roles(*WORKERS, Role.LIAISON)
def stay(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _page(request, reach(ShelterStay, pk, request.actor))


@require_POST
@for_roles(*WORKERS, Role.LIAISON)
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who she is and what is written, for this view only; written down first."""
    found = reach(ShelterStay, pk, request.actor)
    shelter = of_the_shelter(request.actor) != NOTHING
    guests = list(found.case.persons.filter(role__in=GUESTS))
    entries = list(ShelterEntry.objects.visible_to(request.actor).filter(stay=found))
    pairs = [(found, TEXTS), *((one, ("name",)) for one in guests), *((one, ("note",)) for one in entries)]
    purpose = Purpose.LIAISON if shelter else Purpose.CASEWORK
    opened = reveal_many(pairs, actor=request.actor, purpose=purpose)
    names = [(one.get_role_display(), row["name"]) for one, row in zip(guests, opened[1:], strict=False)]
    notes = {one.pk: row["note"] for one, row in zip(entries, opened[1 + len(guests) :], strict=True)}
    return _page(request, found, texts=opened[0], names=names, notes=notes)


def _page(request: ActorRequest, found: ShelterStay, **revealed: Any) -> HttpResponse:
    shelter = of_the_shelter(request.actor) != NOTHING
    entries = ShelterEntry.objects.visible_to(request.actor).filter(stay=found)
    context = {
        "obj": found, "shelter": shelter, "entries": entries, "texts": None, "names": [], "notes": {},
        "danger_high": not shelter and found.case.danger == "high",
    }  # fmt: skip
    return render(request, "shelter_stay/stay.html", {**context, **revealed})
