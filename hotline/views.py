"""The desk: one page from the ringing phone to the saved record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.models import Case
from hotline import selectors, services
from hotline.codes import NO_DATA, CallBackState
from hotline.forms import DeskForm
from hotline.models import Call, CallBack
from hotline.outlook import outlook_of
from hotline.workflow import S
from workflow.engine import BadTakes, NotNow, Unmet

STAFF = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
MULTIPLE = ("forms_of_violence", "flags", "wishes", "safe_days")


def _call(request: ActorRequest, pk: UUID) -> Call:
    found: Call = get_object_or_404(
        Call.objects.visible_to(request.actor).select_related("case", "operator"), pk=pk
    )
    return found


def _open_call(request: ActorRequest, pk: UUID) -> Call:
    found = _call(request, pk)
    if found.state != S.OPEN:
        raise Http404
    return found


@require_GET
@for_roles(*STAFF)
def desk(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    return render(request, "hotline/home.html", {
        "unfinished": selectors.unfinished(request.actor),
        "backs": selectors.call_backs(request.actor, now + selectors.SLOT * 8),
        "recent": selectors.recent(request.actor, 8),
        "now": now,
    })  # fmt: skip


@require_GET
@for_roles(*STAFF)
def calls(request: ActorRequest) -> HttpResponse:
    return render(request, "hotline/calls.html", {"calls": selectors.recent(request.actor, 100)})


@require_POST
@for_roles(*STAFF)
def answer(request: ActorRequest) -> HttpResponse:
    return redirect(services.answer_call(actor=request.actor, now=timezone.now()))


@for_roles(*STAFF)
def call(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The open desk, its draft restored; a closed call shows its record."""
    found = _call(request, pk)
    if found.state != S.OPEN:
        return render(
            request, "hotline/closed.html", {"call": found, "clear": selectors.record(found, request.actor)}
        )
    if request.method == "POST":
        return _finish(request, found)
    return _desk(request, found, DeskForm(initial=selectors.draft_of(found, request.actor)))


def _desk(request: ActorRequest, found: Call, form: DeskForm, status: int = 200, **more: Any) -> HttpResponse:
    typed = {name: form[name].value() for name in form.fields}
    context = {
        "call": found, "form": form, "now": timezone.now(), "NO_DATA": NO_DATA,
        "outlook": outlook_of(typed), **_banners(request, found, typed), **more,
    }  # fmt: skip
    return render(request, "hotline/call.html", context, status=status)


def _banners(request: ActorRequest, found: Call, typed: dict[str, Any]) -> dict[str, Any]:
    now, number, who = timezone.now(), str(typed.get("number") or ""), str(typed.get("who") or "")
    return {
        "banner": selectors.banner(number, actor=request.actor, exclude=found.pk, now=now)
        if number
        else None,
        "results": selectors.search(who, actor=request.actor, now=now) if who else None,
        "who": who,
        "picked": str(typed.get("case") or ""),
    }


def _finish(request: ActorRequest, found: Call) -> HttpResponse:
    """Save with the chosen outcome; whatever is refused, the text stays on the screen and in the draft."""
    _keep(request, found)
    if "look_up" in request.POST:
        return _desk(request, found, DeskForm(initial=_typed(request)))
    form = DeskForm(request.POST)
    if not form.is_valid():
        return _desk(request, found, form, status=422)
    try:
        done = services.finish_call(
            call=found,
            data=form.cleaned_data,
            answers=form.answers(),
            actor=request.actor,
            now=timezone.now(),
        )
    except Unmet as refused:
        return _desk(request, _call(request, found.pk), form, status=409, unmet=refused.needs)
    except (NotNow, BadTakes, ValidationError):
        return _desk(request, _call(request, found.pk), form, status=409, clash=True)
    messages.success(request, _("The call is recorded: %(outcome)s.") % {"outcome": done.state_label})
    return redirect(done.case if done.case and done.state == S.CASE_OPENED else "hotline:desk")


def _typed(request: ActorRequest) -> dict[str, Any]:
    """What the browser sent, as typed: lists for the fields with several answers."""
    return {
        name: request.POST.getlist(name) if name in MULTIPLE else request.POST[name]
        for name in request.POST if name not in ("csrfmiddlewaretoken", "outcome", "look_up")
    }  # fmt: skip


def _keep(request: ActorRequest, found: Call) -> None:
    services.save_draft(call=found, content=_typed(request), actor=request.actor, now=timezone.now())


@require_POST
@for_roles(*STAFF)
def draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    _keep(request, _open_call(request, pk))
    return HttpResponse(status=204, headers={"HX-Trigger": "saved"})


@require_POST
@for_roles(*STAFF)
def people(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The left column: who this number is, and who the words typed may mean."""
    found = _open_call(request, pk)
    context = _banners(request, found, _typed(request))
    return render(request, "hotline/_people.html", {"call": found, "now": timezone.now(), **context})


@require_POST
@for_roles(*STAFF)
def outlook(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The right column: danger so far, the script, and what saving would start."""
    found = _open_call(request, pk)
    return render(request, "hotline/_outlook.html", {"call": found, "outlook": outlook_of(_typed(request))})


@require_POST
@for_roles(*STAFF)
def nothing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Silent, hung up, abusive, wrong number, thanks: closed with its kind alone."""
    found, kind = _open_call(request, pk), request.POST.get("kind", "")
    if kind not in NO_DATA:
        raise Http404
    services.close_without_data(call=found, kind=kind, actor=request.actor, now=timezone.now())
    messages.success(request, _("Closed. Nothing about the caller was kept."))
    return redirect("hotline:desk")


@require_POST
@for_roles(*STAFF)
def take_over(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _open_call(request, pk)
    services.hand_over(call=found, operator_id=request.actor.user_id, actor=request.actor, now=timezone.now())
    return redirect(found)


@for_roles(*STAFF)
def call_back(request: ActorRequest, case_pk: UUID) -> HttpResponse:
    """The slot matrix of a case: only hours in which she can be called are offered."""
    case: Case = get_object_or_404(Case.objects.visible_to(request.actor), pk=case_pk)
    error = ""
    if request.method == "POST":
        slot = parse_datetime(request.POST.get("slot", "")[:40])
        try:
            services.book_call_back(
                case=case,
                slot=services.check_slot(slot, timezone.now()),
                note=request.POST.get("note", "")[:500],
                actor=request.actor,
            )
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("The call-back is booked."))
            return redirect(case)
    context = {
        "case": case,
        "days": selectors.slots(case, now=timezone.now()),
        "error": error,
        "note": request.POST.get("note", ""),
    }
    return render(request, "hotline/call_back.html", context, status=422 if error else 200)


@require_POST
@for_roles(*STAFF)
def settle(request: ActorRequest, pk: UUID) -> HttpResponse:
    back: CallBack = get_object_or_404(
        CallBack.objects.visible_to(request.actor).select_related("case"), pk=pk
    )
    state = request.POST.get("state", "")
    if state not in CallBackState.values:
        raise Http404
    try:
        services.settle_call_back(back=back, state=state, actor=request.actor, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("hotline:desk")
