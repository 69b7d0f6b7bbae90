"""The leave to read a minor's data: asked for here, decided by a duty leader on the page of the leave."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agencies.middleware import ActorRequest
from agencies.step_up import prove_again
from casework import services
from casework.forms import AccessForm
from casework.models import MinorAccess, Person
from casework.selectors import danger_bar, purpose_for
from casework.views.base import fill_in, for_workers, the_case
from privacy.reading import reveal


@for_workers
def access_ask(request: ActorRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Two buttons under one form: ask, or open now, prove who one is and answer for it."""
    case = the_case(request, pk)
    row = Person.objects.visible_to(request.actor).filter(case=case, pk=person).first()
    if row is None:
        raise Http404
    emergency = "emergency" in request.POST
    if emergency and (question := prove_again(request)):
        return question
    form = AccessForm(request.POST or None)
    ask = services.open_in_emergency if emergency else services.ask_to_read
    act = lambda: ask(row, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(
        request, case, form, act,
        title=_("Read a minor's data"), anchor="people", template="casework/access_ask.html", person=row,
    )  # fmt: skip


@require_GET
@for_workers
def access(request: ActorRequest, pk: UUID) -> HttpResponse:
    leaves = MinorAccess.objects.visible_to(request.actor)
    leave = leaves.select_related("case", "person", "asked_by", "decided_by").filter(pk=pk).first()
    if leave is None:
        raise Http404
    opened = reveal(leave, "reason", actor=request.actor, purpose=purpose_for(leave.case, request.actor))
    context = {"leave": leave, "obj": leave, "case": leave.case, "reason": opened["reason"]}
    return render(request, "casework/access.html", context | danger_bar(leave.case))
