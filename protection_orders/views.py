"""Pages of an order: its own page, preparing it, a breach, an extension, the paper. Every other move has the one move view."""

import uuid
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.models import Case
from protection_orders import reading, selectors
from protection_orders.forms import BreachForm, ExtensionForm, parts_of
from protection_orders.models import ProtectionOrder
from protection_orders.renewal import grounds_for
from protection_orders.services import report_breach
from workflow.engine import begin, perform, perform_posted, reach
from workflow.errors import BadTakes, NotAllowed, NotNow, Refused, Unmet
from workflow.forms import move_form
from workflow.replies import Page

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
for_workers = for_roles(*WORKERS)
for_readers = for_roles(*WORKERS, Role.LIAISON)
OPENERS = {"people": reading.open_people, "texts": reading.open_texts}


def _order(request: ActorRequest, pk: UUID) -> ProtectionOrder:
    return reach(ProtectionOrder, pk, request.actor)


@require_GET
@for_readers
def order(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _page(request, _order(request, pk))


@require_POST
@for_readers
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open names or texts for this view only; written down first."""
    found, part = _order(request, pk), request.POST.get("part", "")
    if part not in OPENERS:
        raise Http404
    opened = OPENERS[part](found, request.actor, "number" in request.POST)
    return _page(request, found, part=part, opened=opened)


def _page(request: ActorRequest, found: ProtectionOrder, **revealed: Any) -> HttpResponse:
    context = {
        "obj": found,
        "people": selectors.people_of(found),
        "worker": request.actor.role in WORKERS,
        "danger_high": found.case.danger == "high",
        **{"part": "", "opened": {}, **revealed},
    }
    return render(request, "protection_orders/order.html", context)


@for_workers
def new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """She has been told of the right; the application is prepared next."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    context: dict[str, Any] = {"case": case, "key": uuid.uuid4()}
    if request.method == "POST":
        try:
            made = begin(
                ProtectionOrder, actor=request.actor, case=case, key=request.POST.get("key", "")[:64] or None
            )
            return redirect("protection_orders:prepare", made.pk)
        except Unmet as refused:
            context["unmet"] = refused.needs
    return render(request, "protection_orders/new.html", context, status=409 if "unmet" in context else 200)


class _Prepare(Page):
    template = "protection_orders/prepare.html"

    def show(self, *args: Any, **kwargs: Any) -> HttpResponse:
        code, status, form, unmet, others = args
        found = cast(ProtectionOrder, self.obj)
        if not form.is_bound:
            form.initial |= selectors.first_answers(found)
        context = {
            "obj": self.obj, "move": self.move, "form": form, "code": code, "unmet": unmet, "others": others,
            "parts": parts_of(form), "checks": selectors.checklist(selectors.as_typed(found, form)),
        }  # fmt: skip
        return render(self.request, self.template, context, status=status)


@for_workers
def prepare(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _order(request, pk)
    move = found.flow.move("prepare" if found.state == "informed" else "amend")
    reply = _Prepare(request, found, move)
    if request.method != "POST":
        return reply.form()
    try:
        perform_posted(found, move.name, actor=request.actor, data=request.POST)
    except (BadTakes, NotAllowed, Refused) as refusal:
        return reply.refusal(refusal)
    return reply.done()


@require_POST
@for_workers
def missing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What filing still needs, for what is typed so far; nothing is saved."""
    found = _order(request, pk)
    form = move_form(found, "amend", request.actor, request.POST)
    context = {"checks": selectors.checklist(selectors.as_typed(found, form)), "fresh": True}
    return render(request, "protection_orders/_checklist.html", context)


@for_readers
def breach_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _order(request, pk)
    form = BreachForm(request.POST or None, initial={"key": uuid.uuid4()})
    answer = {"obj": found, "form": form, "title": _("Record a breach")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            report_breach(
                found, actor=request.actor, kind=data["kind"], found_by=data["found_by"], happened=data["when"],
                found=form.found(), account=data["account"], key=data["key"] or None,
            )  # fmt: skip
            return redirect(found)
        except BadTakes as refused:
            form.add_error("found_on", [str(e) for errors in refused.form.errors.values() for e in errors])
        except NotNow:
            form.add_error(None, _("A breach is recorded once the order is made."))
    return render(request, "protection_orders/breach.html", answer, status=422 if form.errors else 200)


@for_workers
def extension_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The renewal, filled in from the record."""
    found = _order(request, pk)
    initial = {"wanted": grounds_for(found), "key": uuid.uuid4()}
    form = ExtensionForm(request.POST or None, initial=initial)
    answer: dict[str, Any] = {"obj": found, "form": form, "title": _("Apply to extend it"), "unmet": []}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            perform(
                found, "apply_extend", actor=request.actor, at=form.filed(), key=data["key"] or None,
                party="applicant", wanted=data["wanted"],
            )  # fmt: skip
            return redirect(found)
        except BadTakes as refused:
            form.add_error(
                "happened_day", [str(e) for errors in refused.form.errors.values() for e in errors]
            )
        except Unmet as refused:
            answer["unmet"] = refused.needs
        except NotNow:
            form.add_error(None, _("The order is not in force: prepare a new application."))
    status = 409 if answer["unmet"] else 422 if form.errors else 200
    return render(request, "protection_orders/extension.html", answer, status=status)
