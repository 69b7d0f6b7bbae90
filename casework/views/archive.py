"""The pack of a closed case: asked for, watched, fetched."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.step_up import step_up_required
from casework.models import Archive
from casework.services.archive import StillOpen, ask_for_archive
from casework.tasks import pack_archive
from casework.views.base import the_case

for_keepers = for_roles(Role.CASEWORKER, Role.LEAD)


@require_POST
@for_keepers
@step_up_required
def archive_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Queue the packing; asking again while it runs shows the same one."""
    case = the_case(request, pk)
    try:
        archive = ask_for_archive(case, actor=request.actor)
    except StillOpen:
        messages.error(
            request, _("The case is still open. Close it first; then it can be packed for the archive.")
        )
        return redirect(f"{case.get_absolute_url()}#documents")
    # Robust: with the broker down the beat finds it within a minute.
    transaction.on_commit(partial(pack_archive.delay, str(archive.pk)), robust=True)
    return redirect(archive)


@require_GET
@for_keepers
def archive(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far it is; the page asks again by itself until it is done."""
    rows = Archive.objects.visible_to(request.actor).select_related("case", "document")
    found = get_object_or_404(rows, pk=pk)
    asks_again = bool(request.headers.get("HX-Request"))
    if found.document:
        address = found.document.get_absolute_url()
        return HttpResponseClientRedirect(address) if asks_again else redirect(address)
    template = "casework/_archive.html" if asks_again else "casework/archive.html"
    return render(request, template, {"archive": found})
