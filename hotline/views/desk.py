"""The desk: one page from the ringing phone to the saved record."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.forms.keeping import HoldForm
from hotline import compare, selectors, services
from hotline.codes import NO_DATA
from hotline.forms import DeskForm
from hotline.keeping import holds_of, may_hold, what_remains
from hotline.models import Call, CallDraft, colleagues
from hotline.outlook import outlook_of
from hotline.services import StaleDraft
from hotline.views.common import STAFF, banners, call_in_reach, keep, typed_in
from hotline.workflow import S
from privacy.errors import StaleRow
from workflow.engine import BadTakes, NotAllowed, NotNow, Unmet

CASE_FIRST = ("open_case", "join_case")


@require_GET
@for_roles(*STAFF)
def desk(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    return render(request, "hotline/home.html", {
        "offers": selectors.offered(request.actor),
        "unfinished": selectors.unfinished(request.actor),
        "unconfirmed": selectors.unconfirmed(request.actor),
        "backs": selectors.call_backs(request.actor, now=now, until=now + selectors.SLOT * 8),
        "recent": selectors.recent(request.actor, 8),
    })  # fmt: skip


@require_GET
@for_roles(*STAFF)
def offers(request: ActorRequest) -> HttpResponse:
    """What colleagues ask this one to take over. 204 while it is what the page shows already."""
    rows = selectors.offered(request.actor)
    if "".join(f"{row.pk}," for row in rows) == request.GET.get("seen", ""):
        return HttpResponse(status=204)
    context = {"offers": rows, "fresh": True, "home": "home" in request.GET}
    if context["home"]:
        context["unfinished"] = selectors.unfinished(request.actor)
    return render(request, "hotline/_offers.html", context)


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
    """The open desk, its draft restored; a closed call shows its record, a shredded one what remains."""
    try:
        found = call_in_reach(request, pk)
    except Http404:
        gone = what_remains(pk, request.actor)
        if gone is None:
            raise
        return render(request, "hotline/gone.html", gone, status=410)
    if found.state != S.OPEN:
        return closed(request, found)
    if request.method == "POST":
        return _posted(request, found)
    draft = CallDraft.objects.filter(call=found).first()
    typed = selectors.draft_of(found, request.actor)
    return page(request, found, DeskForm(initial=typed), restored=draft, base=draft.rev if draft else 0)


def closed(request: ActorRequest, found: Call) -> HttpResponse:
    """The record. Text sent to a call that was closed meanwhile is shown beside it, and not lost."""
    clear = selectors.record(found, request.actor)
    left = compare.left_over(typed_in(request), clear) if request.method == "POST" else []
    if request.method == "POST" and not left:
        return redirect(found)
    context = {"call": found, "clear": clear, "left": left, "taps": compare.taps(found)}
    if may_hold(found, request.actor):
        holds = list(holds_of(found))
        context |= {
            "holds": holds, "held": any(row.lifted_at is None for row in holds), "hold_form": HoldForm(), "leads": True,
        }  # fmt: skip
    return render(request, "hotline/closed.html", context, status=409 if left else 200)


def page(request: ActorRequest, found: Call, form: DeskForm, status: int = 200, **more: Any) -> HttpResponse:
    typed = {name: form[name].value() for name in form.fields}
    context = {
        "call": found, "form": form, "NO_DATA": NO_DATA, "colleagues": colleagues(found),
        "is_lead": request.actor.role == Role.LEAD, "mine": found.operator_id == request.actor.user_id,
        "offers": selectors.offered(request.actor), "outlook": outlook_of(typed), "window": request.POST.get("window") or uuid4(),
        **banners(request, found, typed), **more,
    }  # fmt: skip
    return render(request, "hotline/call.html", context, status=status)


def _posted(request: ActorRequest, found: Call) -> HttpResponse:
    """Save with the chosen outcome; whatever is refused, the text stays on the screen and in the draft."""
    typed = typed_in(request)
    if address_case := compare.uuid_of(request.POST.get("address_of")):
        typed["place"] = selectors.address_of(address_case, actor=request.actor) or typed.get("place", "")
    try:
        base = keep(request, found, typed)
    except StaleDraft as stale:
        return stale_page(request, found, typed, stale.draft)
    if "outcome" not in request.POST:
        return page(request, found, DeskForm(initial=typed), base=base)
    form = DeskForm(request.POST)
    if not form.is_valid():
        return page(request, found, form, status=422, base=base)
    return _finish(request, found, form, base)


def stale_page(request: ActorRequest, found: Call, typed: dict[str, Any], draft: CallDraft) -> HttpResponse:
    """Both texts: this window's in its fields, the other's beside it. Nothing was written."""
    theirs = selectors.draft_of(found, request.actor)
    differences = compare.differences(typed, theirs)
    return page(
        request, found, DeskForm(initial=typed), 409, differences=differences, draft=draft,
        base=request.POST.get("base", 0),
    )  # fmt: skip


def _finish(request: ActorRequest, found: Call, form: DeskForm, base: int) -> HttpResponse:
    refusal: dict[str, Any]
    try:
        done = services.finish_call(
            call=found, data=form.cleaned_data, answers=form.answers(), actor=request.actor, now=timezone.now()
        )  # fmt: skip
    except Unmet as refused:
        refusal = {"status": 409, "unmet": refused.needs}
    except ValidationError as refused:
        compare.tell_form(form, refused)
        refusal = {"status": 422}
    except NotAllowed:
        refusal = {"status": 403, "not_yours": True}
    except (NotNow, BadTakes, StaleRow):
        refusal = {"status": 409, "clash": True}
    else:
        messages.success(request, _("The call is recorded: %(outcome)s.") % {"outcome": done.state_label})
        if done.case and form.cleaned_data["call_back"]:
            return redirect("hotline:call_back", done.case.pk)
        return redirect(
            done.case if done.case and form.cleaned_data["outcome"] in CASE_FIRST else "hotline:desk"
        )
    again = call_in_reach(request, found.pk)
    return (
        page(request, again, form, base=base, **refusal) if again.state == S.OPEN else closed(request, again)
    )
