"""Incidents, events, notes, tasks: what is written down and what is to be done."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework import services
from casework.forms import HappeningForm, IncidentForm, NoteForm, TaskDoneForm, TaskForm
from casework.models import Task
from casework.selectors import life_served
from casework.views.base import WORKERS, fill_in, for_workers, the_case
from privacy.audit import Purpose
from privacy.reading import reveal
from workflow.forms import offer_only_unrecused


@for_workers
def incident_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = IncidentForm(request.POST or None)

    def act() -> None:
        services.record_incident(case, actor=request.actor, when=form.cleaned_data["when"], **form.columns())

    return fill_in(request, case, form, act, title=_("Add violence that happened"), anchor="incidents")


@for_workers
def happening_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = HappeningForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        names = ("kind", "actor_body", "details", "inferred", "when")
        services.record_happening(case, actor=request.actor, **{name: data[name] for name in names})

    return fill_in(request, case, form, act, title=_("Add an event"), anchor="timeline")


@for_workers
def note_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = NoteForm(request.POST or None)
    act = lambda: services.add_note(case, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(request, case, form, act, title=_("Add a note"), anchor="notes")


@for_workers
def task_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = TaskForm(request.POST or None)
    offer_only_unrecused(form.fields["assigned_agency"], case.pk)

    def act() -> None:
        data = form.cleaned_data
        agency = data["assigned_agency"]
        services.open_task(
            case, actor=request.actor, kind=data["kind"], text=data["text"], due_at=data["due_at"],
            assigned_agency_id=agency.pk if agency else None,
        )  # fmt: skip

    return fill_in(request, case, form, act, title=_("Add a task"), anchor="tasks")


@for_roles(*WORKERS, Role.LIAISON)
def task_done(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A worker's task or one a liaison's body was given; `pk` is the task."""
    task = Task.objects.visible_to(request.actor).select_related("case").filter(pk=pk).first()
    if task is None:
        raise Http404
    form = TaskDoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.finish_task(task, actor=request.actor, outcome=form.cleaned_data["outcome"])
        if request.actor.role == Role.LIAISON:
            return redirect("casework:inbox")
        return redirect(f"{task.case.get_absolute_url()}#tasks")
    opened = reveal(task, "text", actor=request.actor, purpose=_why(request))
    context = {"task": task, "form": form, "text": opened["text"], "about": life_served(task, request.actor)}
    return render(request, "casework/task_done.html", context, status=422 if form.errors else 200)


def _why(request: ActorRequest) -> Purpose:
    return Purpose.LIAISON if request.actor.role == Role.LIAISON else Purpose.CASEWORK
