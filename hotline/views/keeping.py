"""Keeping a call longer than the schedule says."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.step_up import step_up_required
from casework.forms.keeping import HoldForm
from hotline import keeping
from hotline.views.common import call_in_reach

for_leads = for_roles(Role.LEAD)


@require_POST
@for_leads
def hold(request: ActorRequest, pk: UUID) -> HttpResponse:
    found, form = call_in_reach(request, pk), HoldForm(request.POST)
    if form.is_valid():
        keeping.hold(found, actor=request.actor, why=form.cleaned_data["why"])
    else:
        messages.error(request, _("Choose why."))
    return redirect(found)


@require_POST
@for_leads
@step_up_required
def lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = call_in_reach(request, pk)
    keeping.lift_hold(found, actor=request.actor)
    return redirect(found)
