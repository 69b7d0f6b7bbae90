"""What the desk asks for while the operator types: the draft, the people, the outlook, an address."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from agencies.guards import for_roles
from agencies.middleware import ActorRequest
from hotline import compare, selectors
from hotline.forms import DeskForm
from hotline.models import Call
from hotline.outlook import outlook_of
from hotline.services import StaleDraft
from hotline.views.common import STAFF, banners, call_in_reach, keep, typed_in
from hotline.workflow import S


def _open(request: ActorRequest, pk: UUID) -> Call:
    found = call_in_reach(request, pk)
    if found.state != S.OPEN:
        raise Http404
    return found


@require_POST
@for_roles(*STAFF)
def draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    """204 when kept; 409 with both texts when another window was faster, or the call is closed."""
    found, typed = call_in_reach(request, pk), typed_in(request)
    if found.state != S.OPEN:
        return _refused(request, {"call": found, "is_closed": True})
    try:
        keep(request, found, typed)
    except StaleDraft as stale:
        differences = compare.differences(typed, selectors.draft_of(found, request.actor))
        return _refused(request, {"call": found, "draft": stale.draft, "differences": differences})
    return HttpResponse(status=204, headers={"HX-Trigger": "saved"})


def _refused(request: ActorRequest, context: dict[str, object]) -> HttpResponse:
    answer = render(request, "hotline/_stale.html", context, status=409)
    answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Trigger"] = "#stale", "innerHTML", "desk-stale"
    return answer


@require_POST
@for_roles(*STAFF)
def people(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The left column: who this number is, and who the words typed may mean."""
    found = _open(request, pk)
    context = banners(request, found, typed_in(request))
    return render(request, "hotline/_people.html", {"call": found, **context})


@require_POST
@for_roles(*STAFF)
def outlook(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The right column: danger so far, the script, and what saving would start."""
    found = _open(request, pk)
    context = {"call": found, "outlook": outlook_of(typed_in(request)), "oob": True}
    return render(request, "hotline/_outlook.html", context)


@require_POST
@for_roles(*STAFF)
def address(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The place, filled with the address on record of the case chosen; the reading is registered."""
    found, typed = _open(request, pk), typed_in(request)
    case = compare.uuid_of(request.POST.get("address_of"))
    known = selectors.address_of(case, actor=request.actor) if case else ""
    form = DeskForm(initial={**typed, "place": known or typed.get("place", "")})
    return render(request, "hotline/_place.html", {"call": found, "form": form, "unknown": not known})
