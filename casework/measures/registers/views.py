"""Pages of the registers: which there are, one of them, a line, writing one."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext as p_
from django.utils.translation import pgettext_lazy as pl_
from django.views.decorators.http import require_GET, require_http_methods

from agencies.guards import for_roles
from agencies.middleware import ActorRequest
from casework.measures.registers import services
from casework.measures.registers.lists import REGISTERS, Register, page_of
from casework.measures.registers.models import WORKERS, facts_of
from casework.measures.registers.selectors import versions
from privacy.errors import StaleRow
from privacy.reading import reveal

ONE_LINE = pl_("register", "There is a line of this month already. Open that one and change it.")
for_workers = for_roles(*WORKERS)


def the_register(key: str) -> Register:
    if key not in REGISTERS:
        raise Http404
    return REGISTERS[key]


def the_entry(register: Register, request: ActorRequest, pk: UUID) -> Any:
    found = (
        register.model.objects.visible_to(request.actor)
        .select_related("agency", "area")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_GET
@for_workers
def index(request: ActorRequest) -> HttpResponse:
    rows = [
        (register, register.model.objects.visible_to(request.actor).filter(off_on=None).count())
        for register in REGISTERS.values()
    ]
    return render(request, "registers/index.html", {"registers": rows})


@require_http_methods(["GET", "POST"])
@for_workers
def listing(request: ActorRequest, register: str) -> HttpResponse:
    """GET with codes; what is typed to look for comes by POST, so that no name stands in an address."""
    found = the_register(register)
    text = request.POST.get("text", "").strip()[:60]
    page = page_of(found, request.actor, request.GET.dict(), text)
    return render(request, "registers/list.html", {"register": found, "page": page, "text": text})


@require_http_methods(["GET", "POST"])
@for_workers
def entry(request: ActorRequest, register: str, pk: UUID) -> HttpResponse:
    """A line with its versions. POST opens what is sealed, and writes down who did."""
    found = the_register(register)
    row = the_entry(found, request, pk)
    names = [field.name for field in row.sealed_fields()]
    opened = reveal(row, *names, actor=request.actor) if request.method == "POST" and names else {}
    context = {
        "register": found, "row": row, "facts": facts_of(row), "versions": versions(row), "seals": bool(names),
        "opened": [(row._meta.get_field(name).verbose_name, opened[name]) for name in names] if opened else [],
        "ours": row.agency_id == request.actor.agency_id,
    }  # fmt: skip
    return render(request, "registers/entry.html", context)


@require_http_methods(["GET", "POST"])
@for_workers
def new(request: ActorRequest, register: str) -> HttpResponse:
    found = the_register(register)
    form = found.form(request.POST or None, initial={"key": uuid4()})
    if form.is_valid():
        key = form.cleaned_data["key"]
        try:
            made: Any = services.add_entry(found.model, actor=request.actor, key=key, **form.columns())
        except services.AlreadyEntered:
            form.add_error("month", ONE_LINE)
        else:
            messages.success(request, p_("register", "Entered."))
            return redirect(made)
    return render(request, "registers/form.html", {"register": found, "form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@for_workers
def edit(request: ActorRequest, register: str, pk: UUID) -> HttpResponse:
    found = the_register(register)
    row = the_entry(found, request, pk)
    if row.agency_id != request.actor.agency_id:
        raise Http404
    initial: dict[str, Any] = {"rev": row.rev}
    if request.method == "GET" and found.form.sealed:
        initial |= reveal(row, *found.form.sealed, actor=request.actor)
    form, status, context = found.form(request.POST or None, instance=row, initial=initial), 200, {}
    if form.is_valid():
        try:
            services.change_entry(
                row, actor=request.actor, rev=form.cleaned_data["rev"] or 0, **form.columns()
            )
        except StaleRow:
            status, context = 409, {"stale": True}
        except services.AlreadyEntered:
            form.add_error("month", ONE_LINE)
        else:
            messages.success(request, p_("register", "Saved."))
            return redirect(row)
    page = {"register": found, "form": form, "row": row, **context}
    return render(request, "registers/form.html", page, status=status if context else _status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
