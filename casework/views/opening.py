"""Beginning a measure from the page of its case: one view for every kind."""

import uuid
from typing import Any

from django.forms import MultipleChoiceField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measure import Measure, measure_models
from casework.models import Case
from workflow.engine import BadTakes, NotAllowed, Unmet, begin
from workflow.forms import MoveForm, move_form


def kind_of_flow(flow: str) -> type[Measure]:
    for kind in measure_models():
        if kind.flow.key == flow:
            return kind
    raise Http404


@for_roles(Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
def open_measure(request: ActorRequest, pk: uuid.UUID, flow: str) -> HttpResponse:
    """GET asks what the opening move takes; POST begins the life and goes back to the case."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    kind, opening = kind_of_flow(flow), kind_of_flow(flow).flow.opening
    if not opening.who(request.actor, None):
        raise Http404
    if request.method != "POST":
        return _page(
            request, case, kind, _filled_in(move_form(kind(case=case), opening, request.actor), request)
        )
    form = move_form(kind(case=case), opening, request.actor, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, kind, form, 422)
    given: dict[str, Any] = {**form.columns(), **form.answers()}
    try:
        measure = begin(
            kind,
            actor=request.actor,
            at=form.happened(),
            key=form.cleaned_data.get("key") or None,
            case=case,
            **given,
        )
    except BadTakes as refused:
        return _page(request, case, kind, refused.form, 422)
    except Unmet as refused:
        return _page(request, case, kind, form, 409, refused.needs)
    except NotAllowed as refused:
        raise Http404 from refused
    return redirect(measure)


def _filled_in(form: MoveForm, request: ActorRequest) -> MoveForm:
    """What a suggestion proposes: codes in the address, and only those that the form offers."""
    for name in form.fields.keys() & request.GET.keys():
        field: Any = form.fields[name]
        offered = {str(value) for value, _word in getattr(field, "choices", ())}
        chosen = [value for value in request.GET.getlist(name) if value in offered]
        if chosen:
            form.initial[name] = chosen if isinstance(field, MultipleChoiceField) else chosen[0]
    return form


def _page(
    request: ActorRequest, case: Case, kind: type[Measure], form: MoveForm, status: int = 200, unmet: Any = ()
) -> HttpResponse:
    context = {"case": case, "flow": kind.flow, "form": form, "unmet": unmet, "above": kind.opening_template}
    context |= kind.opening_context(case, request.actor) if kind.opening_template else {}
    return render(request, "casework/open_measure.html", context, status=status)
