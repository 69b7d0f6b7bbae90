"""Lists, beginnings and pages of the lives that belong to the house and to no case. Moves have the one move view."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.house import KEEPERS, HouseLife, house_models, tabs
from casework.reading import labelled
from privacy.audit import Purpose
from privacy.reading import reveal_many
from workflow.engine import BadTakes, NotAllowed, Unmet, begin, reach
from workflow.forms import MoveForm, move_form

MOST = 200
for_keepers = for_roles(*KEEPERS)
for_readers = for_roles(*KEEPERS, Role.LIAISON)


def _kind(flow: str) -> type[HouseLife]:
    for kind in house_models():
        if kind.flow.key == flow:
            return kind
    raise Http404


@require_GET
@for_keepers
def home(request: ActorRequest) -> HttpResponse:
    return redirect(tabs()[0].url)


@require_GET
@for_keepers
def rows(request: ActorRequest, flow: str) -> HttpResponse:
    kind = _kind(flow)
    found = kind.objects.visible_to(request.actor)[:MOST]
    may = kind.flow.opening.who(request.actor, None)
    return render(
        request, "casework/house_list.html", {"kind": kind, "flow": kind.flow, "rows": found, "may": may}
    )


@for_keepers
def new(request: ActorRequest, flow: str) -> HttpResponse:
    kind, opening = _kind(flow), _kind(flow).flow.opening
    blank = kind(agency_id=request.posting.agency_id)
    if request.method != "POST":
        return _new(request, kind, move_form(blank, opening, request.actor))
    form = move_form(blank, opening, request.actor, request.POST)
    if not form.is_valid():
        return _new(request, kind, form, 422)
    key, given = form.cleaned_data.get("key") or None, {**form.columns(), **form.answers()}
    try:
        made = begin(kind, actor=request.actor, key=key, agency_id=request.actor.agency_id, **given)
    except BadTakes as refused:
        return _new(request, kind, refused.form, 422)
    except Unmet as refused:
        return _new(request, kind, form, 409, refused.needs)
    except NotAllowed:
        return _new(request, kind, form, 403)
    return redirect(made)


def _new(
    request: ActorRequest, kind: type[HouseLife], form: MoveForm, status: int = 200, unmet: Any = ()
) -> HttpResponse:
    context = {"kind": kind, "form": form, "unmet": unmet, "flow": kind.flow}
    return render(request, "casework/house_new.html", context, status=status)


@require_GET
@for_readers
def one(request: ActorRequest, flow: str, pk: UUID) -> HttpResponse:
    return _page(request, reach(_kind(flow), pk, request.actor))


@require_POST
@for_readers
def show(request: ActorRequest, flow: str, pk: UUID) -> HttpResponse:
    """Open its texts for this view only; written down first."""
    found = reach(_kind(flow), pk, request.actor)
    parts = found.parts_for(request.actor)
    wanted: list[tuple[Any, tuple[str, ...]]] = [(found, found.texts_for(request.actor))]
    wanted += [(part.row, part.names) for part in parts]
    purpose = Purpose.LIAISON if request.actor.role == Role.LIAISON else Purpose.CASEWORK
    opened = reveal_many([pair for pair in wanted if pair[1]], actor=request.actor, purpose=purpose)
    texts = labelled(found, {found.pk: opened[0]}) if wanted[0][1] else []
    offset = len(opened) - len(parts)
    texts += [
        (part.label, "\n".join(str(text) for text in values.values() if text))
        for part, values in zip(parts, opened[offset:], strict=True)
    ]
    return _page(request, found, texts=texts, shown=True)


def _page(request: ActorRequest, found: HouseLife, **opened: Any) -> HttpResponse:
    template, panel = found.panel(request.actor)
    keeper = request.actor.role in KEEPERS
    context = {**panel, "panel": template, "kind": type(found), "keeper": keeper, **opened}
    return render(request, "casework/house_one.html", context)
