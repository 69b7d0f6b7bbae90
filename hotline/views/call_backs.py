"""Calling her back: the matrix of safe slots, and how it went."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.guards import for_roles
from agencies.middleware import ActorRequest
from casework.calling import may_call
from casework.models import Case, SafeContact
from hotline import call_backs, selectors
from hotline.codes import CallBackState
from hotline.models import CallBack
from hotline.views.common import STAFF
from privacy.text import clean_text

NOTE_LENGTH = 500


@for_roles(*STAFF)
def call_back(request: ActorRequest, case_pk: UUID) -> HttpResponse:
    """Only hours in which she can be called are offered."""
    case: Case = get_object_or_404(Case.objects.visible_to(request.actor), pk=case_pk)
    errors: list[str] = []
    if request.method == "POST":
        try:
            _book(request, case)
        except ValidationError as refused:
            errors = refused.messages
        else:
            messages.success(request, _("The call-back is booked."))
            return redirect(case)
    context = {
        "case": case,
        "days": selectors.slots(case, now=timezone.now()),
        "why": may_call(SafeContact.objects.filter(case=case).first(), timezone.now())[1],
        "errors": errors,
        "note": request.POST.get("note", ""),
        "chosen": request.POST.get("slot", ""),
    }
    return render(request, "hotline/call_back.html", context, status=422 if errors else 200)


def _book(request: ActorRequest, case: Case) -> None:
    note = clean_text(request.POST.get("note", ""))
    if len(note) > NOTE_LENGTH:
        raise ValidationError(_("The note is too long: at most 500 characters."))
    slot = call_backs.check_slot(_moment(request.POST.get("slot", "")), timezone.now())
    call_backs.book_call_back(case=case, slot=slot, note=note, actor=request.actor)


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text[:40])
    except ValueError:
        return None


@require_POST
@for_roles(*STAFF)
def settle(request: ActorRequest, pk: UUID) -> HttpResponse:
    rows = CallBack.objects.visible_to(request.actor).select_related("case")
    back: CallBack = get_object_or_404(rows, pk=pk)
    state = request.POST.get("state", "")
    if state not in CallBackState.values or state == CallBackState.BOOKED:
        raise Http404
    try:
        call_backs.settle_call_back(back=back, state=state, actor=request.actor, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("hotline:desk")
