"""Papers: printing one, its page, its files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.step_up import prove_again
from casework import services
from casework.paper.papers import find_paper
from casework.paper.render import MEDIA_TYPES
from casework.selectors import prints_of
from casework.views.base import WORKERS

for_readers = for_roles(*WORKERS, Role.LIAISON)


@require_POST
@for_readers
def document_print(request: ActorRequest, kind: str, pk: UUID) -> HttpResponse:
    """Draw and register a paper from `pk`; its page offers the files."""
    paper = find_paper(kind)
    if paper is None:
        raise Http404
    made = services.print_paper(paper, pk, actor=request.actor, key=_key(request))
    return redirect(made)


def _key(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


@require_GET
@for_readers
def document(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = services.reach_document(pk, actor=request.actor)
    context = {
        "document": found,
        "paper": find_paper(found.kind),
        "files": found.files.all(),
        "prints": prints_of(found),
        "worker": request.actor.role in WORKERS,
    }
    return render(request, "casework/document.html", context)


@require_POST
@for_readers
def document_get(request: ActorRequest, pk: UUID, ending: str) -> HttpResponse:
    """A file as a download under a name that says nothing, checked to its last byte before the first is sent."""
    found = services.reach_document(pk, actor=request.actor)
    row = found.files.filter(ending=ending).first()
    if row is None:
        raise Http404
    if row.asks_proof and (question := prove_again(request)):
        return question
    return attachment(services.document_file(row, actor=request.actor), row.file_name, MEDIA_TYPES[ending])


@require_POST
@for_readers
def document_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Are the files still the ones that were registered? Nothing of them is shown."""
    found = services.reach_document(pk, actor=request.actor)
    if all(services.is_unchanged(row) for row in found.files.all()):
        messages.success(request, _("The files are exactly those that were registered."))
    else:
        messages.error(
            request, _("A file is missing or is not the one that was registered. Tell the administrator.")
        )
    return redirect(found)


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "no-store"
    return response
