"""How long a case is kept, who may keep it longer, and asking that it be shredded; and what remains of one that was."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.file_marks import FileMark, MarkKind
from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.step_up import step_up_required
from casework import services
from casework.forms.keeping import MarkForm, ShredForm
from casework.lapse import lapsing
from casework.models import Case, Shredding
from casework.opened import openings_of
from casework.retention import class_of, classes, kept_until, over
from casework.selectors import visible_cases
from casework.shredding import D
from casework.views.base import for_workers, the_case
from workflow.errors import Unmet

for_leads = for_roles(Role.LEAD)
for_keepers = for_roles(Role.CASEWORKER, Role.LEAD)


@require_GET
@for_leads
def retention(request: ActorRequest) -> HttpResponse:
    """Whose time is over, what is on its way, what stands in the way, and the schedule itself."""
    marks = FileMark.objects.standing().filter(kind__in=[MarkKind.HOLD, MarkKind.RESTRICTED])
    cases = {case.pk: case for case in visible_cases(request.actor).filter(pk__in=marks.values("subject_id"))}
    asked = Shredding.objects.visible_to(request.actor).filter(state__in=[D.ASKED, D.WAITING])
    context = {
        "over": over(visible_cases(request.actor), request.actor, timezone.localdate()),
        "asked": asked.select_related("case", "asked_by"),
        "marks": [(cases[row.subject_id], row) for row in marks if row.subject_id in cases],
        "classes": classes().values(),
        "soon": [(one.kind, one.soon(request.actor, timezone.now())) for one in lapsing()],
        "held": [row for one in lapsing() for row in one.held(request.actor)],
    }
    return render(request, "casework/retention.html", context)


def _page(
    request: ActorRequest, case: Case, form: ShredForm, unmet: list[object], status: int
) -> HttpResponse:
    marks = list(FileMark.objects.filter(subject_id=case.pk).select_related("entered_by", "lifted_by"))
    context = {
        "case": case,
        "form": form,
        "unmet": unmet,
        "kind": class_of(case),
        "until": kept_until(case),
        "marks": marks,
        "mark_form": MarkForm(),
        "asked": case.shreddings.select_related("asked_by", "decided_by"),
        "asks": request.actor.role == Role.CASEWORKER,
        "leads": request.actor.role == Role.LEAD and request.actor.agency_id == case.agency_id,
    }
    return render(request, "casework/keeping.html", context, status=status)


@for_keepers
def keeping(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A caseworker asks here; a duty leader lays and lifts holds."""
    case = the_case(request, pk)
    form = ShredForm(request.POST or None, case=case)
    if request.method != "POST":
        return _page(request, case, form, [], 200)
    if not form.is_valid():
        return _page(request, case, form, [], 422)
    try:
        return redirect(services.ask_to_shred(case, actor=request.actor, **form.cleaned_data))
    except Unmet as refused:
        return _page(request, case, form, list(refused.needs), 409)


@require_POST
@for_leads
def mark(request: ActorRequest, pk: UUID) -> HttpResponse:
    case, form = the_case(request, pk), MarkForm(request.POST)
    if form.is_valid():
        services.mark(case, actor=request.actor, **form.cleaned_data)
    else:
        messages.error(request, _("Choose what to do and why."))
    return redirect("casework:keeping", pk=case.pk)


@require_POST
@for_leads
@step_up_required
def lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    services.lift_mark(case, actor=request.actor, kind=request.POST.get("kind", ""))
    return redirect("casework:keeping", pk=case.pk)


@require_GET
@for_keepers
def shredding(request: ActorRequest, pk: UUID) -> HttpResponse:
    rows = Shredding.objects.visible_to(request.actor)
    found = get_object_or_404(rows.select_related("case", "person", "asked_by", "decided_by"), pk=pk)
    return render(request, "casework/shredding.html", {"asked": found, "obj": found, "actor": request.actor})


@require_GET
@for_workers
def opened(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who opened her file, in words for her; printed as a paper she can take."""
    case = the_case(request, pk)
    adults = [person for person in case.persons.all() if not person.is_minor]
    context = {"case": case, "rows": openings_of(case), "adults": adults, "actor": request.actor}
    return render(request, "casework/opened.html", context)
