"""The proof asked for on the way to a page that shows much."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from agencies.guards import for_staff
from agencies.middleware import ActorRequest
from agencies.step_up import accept, ask
from agencies.waiting import safe_next


@sensitive_post_parameters()
@for_staff
@require_POST
def prove(request: ActorRequest) -> HttpResponse:
    """With the right proof on to the page that was asked for."""
    wanted = safe_next(request, request.POST.get("next"))
    refusal = accept(request)
    return ask(request, refusal, back=wanted) if refusal else redirect(wanted)
