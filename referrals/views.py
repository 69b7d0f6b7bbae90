"""Pages of a referral for the federation and the receiving body; its moves have the one move view."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.copies import NoCopy
from casework.models import Case
from casework.services import evidence_file
from casework.serving import attachment
from referrals import selectors, services
from referrals.models import Referral
from referrals.reading import open_ledger, open_referral
from referrals.workflow import S
from workflow.engine import perform, reach

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
for_workers = for_roles(*WORKERS)
for_readers = for_roles(*WORKERS, Role.LIAISON)
PERIODS = (30, 90, 365)


@require_GET
@for_readers
def referral(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _page(request, reach(Referral, pk, request.actor))


@require_POST
@for_readers
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open what may be seen, for this view only. A receiver that opens it has seen it."""
    found = reach(Referral, pk, request.actor)
    if found.state == S.SENT and request.actor.role == Role.LIAISON:
        perform(found, "see", actor=request.actor)
    return _page(request, found, shown=open_referral(found, request.actor, "number" in request.POST))


def _page(request: ActorRequest, found: Referral, **opened: Any) -> HttpResponse:
    worker = request.actor.role in WORKERS
    context = {
        "obj": found,
        "worker": worker,
        "files": selectors.files_of(found),
        "attachable": selectors.attachable(found).count() if worker and found.state in (S.DRAFTED, S.SENT, S.SEEN) else 0,
        "danger_high": found.case.danger == "high",
        "may_code": worker and found.is_open and not found.basis_gone,
        **opened,
    }  # fmt: skip
    return render(request, "referrals/referral.html", context)


@require_POST
@for_readers
def file(request: ActorRequest, pk: UUID, piece: UUID) -> HttpResponse:
    """An attached file under a name that says nothing, while the referral may be seen and not a second longer."""
    found = reach(Referral, pk, request.actor)
    row = get_object_or_404(selectors.files_of(found), pk=piece)
    evidence = row.evidence
    try:
        content = evidence_file(evidence, actor=request.actor)
    except NoCopy:
        words = _("This file could not be copied without its hidden data. Ask the federation for it.")
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    return attachment(content, f"file-{row.pk.hex[:8]}")


@for_workers
def attach(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = reach(Referral, pk, request.actor)
    if request.method == "POST":
        try:
            chosen = UUID(request.POST.get("evidence", ""))
        except ValueError:
            raise Http404 from None
        services.attach_evidence(found, actor=request.actor, evidence_id=chosen, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"obj": found, "rows": selectors.attachable(found)}
    return render(request, "referrals/attach.html", context)


@require_POST
@for_workers
def code(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A one-time code, in the answer itself and stored nowhere."""
    found = reach(Referral, pk, request.actor)
    try:
        made = services.make_code(found, actor=request.actor, now=timezone.now())
    except services.CodeNotNow:
        return render(request, "referrals/code.html", {"obj": found, "code": ""}, status=409)
    context = {"obj": found, "code": made, "until": timezone.now() + services.GOOD_FOR}
    response = render(request, "referrals/code.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@for_workers
def ledger(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What went to whom in this case. By POST: the reasons are opened, and that is written down."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    rows = open_ledger(selectors.ledger_of(case), request.actor)
    return render(request, "referrals/ledger.html", {"case": case, "rows": rows})


@require_GET
@for_roles(Role.LEAD)
def bodies(request: ActorRequest) -> HttpResponse:
    """Which bodies answer, and which let referrals disappear."""
    text = request.GET.get("days", "")
    days = int(text) if text in {str(number) for number in PERIODS} else PERIODS[1]
    now = timezone.now()
    rows = selectors.bodies(request.actor, now - timedelta(days=days), now)
    return render(request, "referrals/bodies.html", {"rows": rows, "days": days, "periods": PERIODS})
