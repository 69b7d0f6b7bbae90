"""Ends and hand-overs that are one button: nothing kept, given to a colleague, taken over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.guards import for_roles
from agencies.middleware import ActorRequest
from hotline import compare, services
from hotline.codes import NO_DATA, CallKind
from hotline.forms import DeskForm
from hotline.models import Call, colleagues
from hotline.services import StaleDraft
from hotline.views.common import STAFF, call_in_reach, keep, typed_in
from hotline.views.desk import closed, page, stale_page
from hotline.workflow import S
from workflow.engine import Unmet


def _open_or_closed(request: ActorRequest, pk: UUID) -> tuple[Call, HttpResponse | None]:
    found = call_in_reach(request, pk)
    return found, None if found.state == S.OPEN else closed(request, found)


@require_POST
@for_roles(*STAFF)
def nothing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Silent, hung up, abusive, wrong number, thanks: asked once, then closed with its kind alone."""
    found, answer = _open_or_closed(request, pk)
    kind, typed = request.POST.get("nothing", ""), typed_in(request)
    if kind not in NO_DATA:
        raise Http404
    if answer:
        return answer
    if not request.POST.get("sure"):
        context = {"call": found, "kind": CallKind(kind), "typed": compare.hidden(request.POST)}
        return render(request, "hotline/sure.html", context)
    try:
        services.close_without_data(
            call=found, kind=kind, actor=request.actor, now=timezone.now(), typed=typed
        )
    except Unmet as refused:
        again = call_in_reach(request, pk)
        return page(
            request,
            again,
            DeskForm(initial=typed),
            409,
            unmet=refused.needs,
            base=request.POST.get("base", 0),
        )
    messages.success(request, _("Closed. Nothing about the caller was kept."))
    return redirect("hotline:desk")


@require_POST
@for_roles(*STAFF)
def hand_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask a colleague; the draft goes along, the responsibility only when the colleague takes over."""
    found, answer = _open_or_closed(request, pk)
    if answer:
        return answer
    typed = typed_in(request)
    try:
        base = keep(request, found, typed)
    except StaleDraft as stale:
        return stale_page(request, found, typed, stale.draft)
    to = compare.uuid_of(request.POST.get("offered_to"))
    if to is None:
        form = DeskForm(initial=typed)
        return page(request, found, form, 422, base=base, no_colleague=True)
    colleague = get_object_or_404(colleagues(found), pk=to)
    services.hand_over(call=found, to=colleague.pk, actor=request.actor, now=timezone.now())
    messages.success(
        request,
        _("%(name)s is asked to take this call over. Until then it stays yours.")
        % {"name": colleague.display_name},
    )
    return redirect(found)


@require_POST
@for_roles(*STAFF)
def take_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    found, answer = _open_or_closed(request, pk)
    if answer:
        return redirect(found)
    services.take_over(call=found, actor=request.actor, now=timezone.now())
    messages.success(request, _("This call is yours now."))
    return redirect(found)
