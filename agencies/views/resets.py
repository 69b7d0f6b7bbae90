"""Two administrators and one person who has lost her telephone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from agencies import resets
from agencies.forms import ResetForm
from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.models import FactorReset, User
from agencies.step_up import step_up_required

administrators = for_roles(Role.ADMINISTRATOR)


@administrators
@require_POST
@step_up_required
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    form = ResetForm(request.POST)
    if form.is_valid():
        resets.ask(
            actor=request.actor, user=get_object_or_404(User, pk=pk), reason=form.cleaned_data["reason"]
        )
    return redirect("agencies:person", pk=pk)


@administrators
@require_POST
@step_up_required
def decide(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(FactorReset, pk=pk, agency=request.actor.agency_id)
    resets.decide(actor=request.actor, reset=found, approve=request.POST.get("approve") == "yes")
    return redirect("agencies:person", pk=found.user_id)
