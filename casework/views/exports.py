"""Exports: asked for with a fresh proof, watched, fetched once; the passphrase stands on a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.step_up import step_up_required
from casework.exports.sources import label_of
from casework.exports.workflow import E
from casework.forms.exports import ExportForm
from casework.models import Export
from casework.services.exports import ask_for_export, show_passphrase, take_file
from privacy.reading import reveal
from workflow.engine import reach
from workflow.errors import NotNow, Unmet

for_keepers = for_roles(Role.CASEWORKER, Role.LEAD)
MOST = 100


@require_GET
@for_keepers
def rows(request: ActorRequest) -> HttpResponse:
    """One's own, and for a duty leader those of the federation; what waits for her first."""
    found = list(Export.objects.visible_to(request.actor).select_related("asked_by")[:MOST])
    for one in found:
        one.what = label_of(one.source)
    waiting = [one for one in found if one.state == E.ASKED and one.asked_by_id != request.actor.user_id]
    rest = [one for one in found if one not in waiting]
    return render(request, "casework/export_list.html", {"rows": rest, "waiting": waiting})


@require_http_methods(["GET", "POST"])
@for_keepers
@step_up_required
def new(request: ActorRequest) -> HttpResponse:
    form = ExportForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        return redirect(ask_for_export(actor=request.actor, **form.cleaned_data))
    return render(request, "casework/export_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@for_keepers
def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far it is; the page asks again by itself while it is made."""
    export = reach(Export, pk, request.actor)
    context = {"export": export, "obj": export, "actor": request.actor, "what": label_of(export.source)}
    if request.headers.get("HX-Request"):
        return render(request, "casework/_export.html", context)
    context["reason"] = reveal(export, "reason", actor=request.actor)["reason"]
    return render(request, "casework/export.html", context)


@require_POST
@for_keepers
@step_up_required
def file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The packed file, once."""
    export = reach(Export, pk, request.actor)
    try:
        content = take_file(export, actor=request.actor)
    except (NotNow, Unmet):
        messages.error(
            request, _("The file was fetched already or has run out. Ask for it anew if you need it.")
        )
        return redirect(export)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="export-{export.serial}.zip"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_keepers
@step_up_required
def passphrase(request: ActorRequest, pk: UUID) -> HttpResponse:
    """GET: a button. POST: the passphrase, once, to whoever asked for the export."""
    export, shown = reach(Export, pk, request.actor), None
    if request.method == "POST":
        shown = show_passphrase(export, actor=request.actor)
        if shown is None:
            messages.error(request, _("The passphrase was shown already, or there is none."))
            return redirect(export)
    return render(request, "casework/export_passphrase.html", {"export": export, "shown": shown})
