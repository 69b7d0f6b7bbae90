"""Emergency access: opened here after proving once more who one is, reviewed on the page of its own."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agencies.middleware import ActorRequest
from agencies.step_up import step_up_required
from casework.forms.emergency import GlassForm
from casework.models import BreakGlass
from casework.selectors import purpose_for
from casework.services.emergency import break_glass
from casework.views.base import for_workers
from privacy.reading import reveal
from workflow.errors import NotVisible, Unmet


@for_workers
@step_up_required
def emergency(request: ActorRequest) -> HttpResponse:
    form = GlassForm(request.POST or None)
    unmet, status = [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                glass = break_glass(actor=request.actor, **form.cleaned_data)
                return redirect(glass.case)
            except NotVisible:
                form.add_error("reference", _("There is no case of this reference."))
            except Unmet as refused:
                unmet, status = refused.needs, 409
    return render(request, "casework/emergency.html", {"form": form, "unmet": unmet}, status=status)


@require_GET
@for_workers
def glass(request: ActorRequest, pk: UUID) -> HttpResponse:
    rows = BreakGlass.objects.visible_to(request.actor).select_related("case", "asked_by", "reviewed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    opened = reveal(found, "reason", actor=request.actor, purpose=purpose_for(found.case, request.actor))
    mine = found.asked_by_id == request.actor.user_id
    context = {"glass": found, "obj": found, "reason": opened["reason"], "mine": mine}
    return render(request, "casework/glass.html", context)
