"""The case page, what is revealed on it, and the forms for the case itself."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from agencies.middleware import ActorRequest
from casework import reveals, services
from casework.codes import Ticked
from casework.forms import AssignForm, CaseForm, ChildrenForm, NewCaseForm
from casework.models import Case, MinorAccess
from casework.remains import what_remains
from casework.selectors import case_page, purpose_for, reads_of
from casework.timeline import timeline
from casework.views.base import fill_in, for_workers, the_case
from privacy.audit import Action, record_read
from privacy.reading import reveal

TEXTS = ("cause", "wish", "result")


@require_GET
@for_workers
def case(request: ActorRequest, pk: UUID) -> HttpResponse:
    try:
        return _page(request, the_case(request, pk))
    except Http404:
        gone = what_remains(pk, request.actor)
        if gone is None:
            raise
        return render(request, "casework/gone.html", gone, status=410)


@require_POST
@for_workers
def reveal_part(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open one card or section, for this page view only; written down first. An ID number asks for a proof."""
    found, number = the_case(request, pk), "number" in request.POST
    part = request.POST.get("part", "")
    opened = reveals.open_part(found, part, request.actor, number)
    if opened is None:
        raise Http404
    return _page(request, found, part=part, opened=opened)


def _page(request: ActorRequest, found: Case, **revealed: object) -> HttpResponse:
    """Also closed, it tells who is here and how great the danger is: that somebody looked is written down."""
    record_read(
        actor=request.actor, action=Action.OPEN, owner=found.pk, table=Case._meta.db_table, object_ids=[found.pk],
        fields=(), purpose=purpose_for(found, request.actor),
    )  # fmt: skip
    context = case_page(found, request.actor, timezone.now())
    context["timeline"], context["undated"] = timeline(found)
    context |= {"opened": {}, "part": "", **revealed}
    return render(request, "casework/case.html", context)


@require_GET
@for_workers
def reads(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = the_case(request, pk)
    leaves = MinorAccess.objects.visible_to(request.actor).filter(case=found)
    leaves = leaves.select_related("case", "person", "asked_by", "decided_by")
    return render(request, "casework/reads.html", {"case": found, "reads": reads_of(found), "leaves": leaves})


@for_workers
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = the_case(request, pk)
    initial = None
    if request.method == "GET":
        texts = reveal(found, *TEXTS, actor=request.actor)
        initial = {name: getattr(found, name) for name in services.cases.EDITABLE if name not in TEXTS}
        initial |= texts | {"forms_": found.forms, "rev": found.rev}
    form = CaseForm(request.POST or None, initial=initial).for_case(found)

    def act() -> None:
        services.update_case(found, actor=request.actor, rev=form.cleaned_data["rev"], **form.columns())

    return fill_in(request, found, form, act, title=_("Facts of the case"), anchor="facts")


@for_workers
def children(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = the_case(request, pk)
    form = ChildrenForm(request.POST or None, initial={"rev": found.rev})

    def act() -> None:
        answer = form.cleaned_data["answer"] == "yes"
        services.answer_children(found, actor=request.actor, answer=answer, rev=form.cleaned_data["rev"])

    return fill_in(request, found, form, act, title=_("Children"), anchor="facts")


@require_POST
@for_workers
def tick(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One item of the checklist: done, not needed here, or open again."""
    found, answer = the_case(request, pk), request.POST.get("answer", "")
    if answer not in Ticked.values:
        raise Http404
    services.tick(found, actor=request.actor, item=request.POST.get("item", ""), answer=answer)
    return redirect(f"{found.get_absolute_url()}#checklist")


@for_workers
def assign(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = the_case(request, pk)
    form = AssignForm(
        request.POST or None, case=found, actor=request.actor, initial={"user": found.assignee_id}
    )
    act = lambda: services.assign_case(found, actor=request.actor, user_id=form.cleaned_data["user"].pk)  # noqa: E731
    return fill_in(request, found, form, act, title=_("Responsible caseworker"), anchor="facts")


@for_workers
def new(request: ActorRequest) -> HttpResponse:
    """Somebody came in, wrote, or was found: every way but the telephone."""
    form = NewCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.take_in(
            actor=request.actor, name=form.cleaned_data["victim_name"], phone=form.cleaned_data["victim_phone"],
            **form.columns(),
        )  # fmt: skip
        return redirect(f"{made.get_absolute_url()}#checklist")
    return render(request, "casework/new.html", {"form": form}, status=422 if form.errors else 200)
