"""A suggestion is not followed: the reason is asked for and kept. It can be taken back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agencies.middleware import ActorRequest
from casework import services
from casework.forms import HintForm
from casework.models import Case
from casework.suggestions import Suggestion, hints_for
from casework.views.base import fill_in, for_workers, the_case


@for_workers
def hint_aside(request: ActorRequest, pk: UUID, mark: str) -> HttpResponse:
    case = the_case(request, pk)
    hint = _hint(case, mark, request)
    if hint.firm:
        raise Http404
    form = HintForm(request.POST or None, hint=hint.text)

    def act() -> None:
        services.set_hint_aside(case, actor=request.actor, code=hint.code, law=hint.law, **form.cleaned_data)

    return fill_in(request, case, form, act, title=_("Set a suggestion aside"), anchor="hints")


@require_POST
@for_workers
def hint_back(request: ActorRequest, pk: UUID, mark: str) -> HttpResponse:
    case = the_case(request, pk)
    services.take_hint_back(case, actor=request.actor, code=_hint(case, mark, request).code)
    return redirect(case)


def _hint(case: Case, mark: str, request: ActorRequest) -> Suggestion:
    """Only what is offered in this case at this moment."""
    found = hints_for(case, request.actor).of(mark)
    if found is None:
        raise Http404
    return found
