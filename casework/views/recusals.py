"""The page of those who never see a case. They themselves find neither the case nor this page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agencies.middleware import ActorRequest
from agencies.need_to_know import LiftWhy, Recusal
from casework.forms.recusals import LiftForm, RecusalForm
from casework.measure import lies_with
from casework.services.recusals import lift_recusal, may_recuse, recuse
from casework.views.base import fill_in, for_workers, the_case


@for_workers
def recusals(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Whoever may not enter one sees who stands there; the form is for the others."""
    case = the_case(request, pk)
    may = may_recuse(case, request.actor)
    if request.method == "POST" and not may:
        raise Http404
    form = RecusalForm(request.POST or None, case=case)
    rows = list(Recusal.objects.filter(subject_id=case.pk).select_related("user", "agency", "entered_by"))
    bodies = {row.agency_id for row in rows if row.agency_id and not row.lifted_at}

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("why", "user", "agency")}
        recuse(case, actor=request.actor, **given)

    return fill_in(
        request, case, form, act, title=_("Who never sees this case"), template="casework/recusals.html",
        rows=rows, may=may, lifts=LiftWhy.choices, still_there=lies_with(case, bodies, request.actor), back="recusals",
    )  # fmt: skip


@require_POST
@for_workers
def recusal_lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = LiftForm(request.POST)
    if not may_recuse(case, request.actor) or not form.is_valid():
        raise Http404
    lift_recusal(case, form.cleaned_data["recusal"], actor=request.actor, why=form.cleaned_data["lifted"])
    return redirect("casework:recusals", pk=case.pk)
