"""Evidence: brought in, looked at, taken out."""

import re
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from agencies.middleware import ActorRequest
from casework import services
from casework.copies import NoCopy
from casework.forms import EvidenceForm
from casework.models import Evidence
from casework.selectors import danger_bar, purpose_for
from casework.serving import attachment, in_parts
from casework.tasks import prepare_copy
from casework.uploads import takes_files
from casework.views.base import fill_in, for_workers, the_case
from privacy.audit import Action, ReadAudit
from privacy.reading import reveal

# A film is fetched in many parts: they are one looking at it.
ONE_LOOK = timedelta(minutes=15)


@takes_files
@for_workers
def evidence_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Several files at once; what was typed stays when one is refused. Sent by script it shows how far it is."""
    case = the_case(request, pk)
    form = EvidenceForm(request.POST or None, request.FILES or None)

    def act() -> None:
        data = form.cleaned_data
        facts = {name: data[name] for name in ("kind", "title", "original_held", "when")}
        rows = services.register_files(
            case, actor=request.actor, note=data["note"] or None, files=data["file"], **facts
        )
        for row in rows:
            if row.file_id is not None:
                transaction.on_commit(partial(prepare_copy.delay, str(row.pk)), robust=True)

    part = "_" if request.headers.get("HX-Request") else ""
    answer = fill_in(
        request, case, form, act,
        title=_("Add evidence"), anchor="evidence", template=f"casework/{part}evidence_add.html",
    )  # fmt: skip
    if part and isinstance(answer, HttpResponseRedirect):
        return HttpResponseClientRedirect(answer.url)
    return answer


def _with_file(request: ActorRequest, pk: UUID, evidence: UUID) -> Evidence:
    rows = Evidence.objects.visible_to(request.actor).select_related("case", "copy")
    row: Evidence | None = rows.filter(case=pk, pk=evidence).exclude(file_id=None).first()
    if row is None:
        raise Http404
    return row


@require_POST
@for_workers
def evidence_get(request: ActorRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """The file, as a download under a name that says nothing; checked to its last byte before the first is sent."""
    row, original = _with_file(request, pk, evidence), "original" in request.POST
    try:
        file = services.evidence_file(row, actor=request.actor, original=original)
    except NoCopy:
        messages.error(request, _why_not(row, original))
        return redirect(f"{row.case.get_absolute_url()}#evidence")
    mark = "-original" if original else ""
    return attachment(file, f"evidence-{row.pk.hex[:8]}{mark}")


def _why_not(row: Evidence, original: bool) -> str:
    if original:
        return _("The file is held back: the virus scanner has not passed it. Ask the administrator.")
    if row.is_picture:
        return _(
            "No copy without place and device could be made of this picture. Take the original if you need it."
        )
    return _(
        "No copy without what the file tells on the side could be made. Take the original if you need it."
    )


@require_GET
@for_workers
def evidence_look(request: ActorRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """One piece of evidence on a page of its own: its words, and the copy to look at or to hear."""
    row = _with_file(request, pk, evidence)
    opened = reveal(row, "title", "note", actor=request.actor, purpose=purpose_for(row.case, request.actor))
    context = {"case": row.case, "row": row, "opened": opened, **danger_bar(row.case)}
    return render(request, "casework/evidence.html", context)


@require_GET
@for_workers
def evidence_show(request: ActorRequest, pk: UUID, evidence: UUID) -> HttpResponse:
    """The copy alone, whole or in parts, for the page above; never the original, never a paper."""
    row = _with_file(request, pk, evidence)
    if not row.is_shown:
        raise Http404
    part = re.match(r"bytes=(?!0-)", request.headers.get("Range", "")) is not None
    try:
        file = services.evidence_file(row, actor=request.actor, again=part and _looks_already(request, row))
    except NoCopy:
        raise Http404 from None
    return in_parts(request, file, f"evidence-{row.pk.hex[:8]}")


def _looks_already(request: ActorRequest, row: Evidence) -> bool:
    since = timezone.now() - ONE_LOOK
    reads = ReadAudit.objects.filter(actor_user=request.actor.user_id, at__gte=since, owner=row.case_id)
    return reads.filter(action=Action.FILE, object_ids__contains=[row.pk], outcome="ok").exists()
