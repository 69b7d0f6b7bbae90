"""Pages of a round: the rounds, a unit's work in one of them, the warnings that come of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as p_
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.middleware import ActorRequest
from monitor import tables
from monitor.dictionary import Indicator, dictionary
from monitor.entry import FIELDS, Row, save, slot_for
from monitor.models import Answer, EarlyWarning, Reporter, Round, Submission
from monitor.needs import only_round
from monitor.slots import Slot
from monitor.views import for_readers, takes_part
from monitor.words import LEVEL_TONES, LEVELS
from workflow.engine import BadTakes, Unmet, begin, reach
from workflow.errors import NotNow
from workflow.forms import MoveForm, move_form


@require_GET
@for_readers
def rounds(request: ActorRequest) -> HttpResponse:
    """Rounds and what is asked of one's own unit."""
    if not takes_part(request):
        raise Http404
    mine = (
        Submission.objects.visible_to(request.actor)
        .filter(agency=request.actor.agency_id)
        .select_related("round")
    )
    context = {
        "rounds": Round.objects.visible_to(request.actor), "mine": mine,
        "may": Round.flow.opening.who(request.actor, None),
    }  # fmt: skip
    return render(request, "monitor/rounds.html", context)


@require_http_methods(["GET", "POST"])
@for_readers
def new_round(request: ActorRequest) -> HttpResponse:
    opening, blank = Round.flow.opening, Round(area_id=request.posting.agency.area_id)
    if not opening.who(request.actor, None):
        raise Http404
    if request.method != "POST":
        return _new_round(request, move_form(blank, opening, request.actor))
    form = move_form(blank, opening, request.actor, request.POST)
    if not form.is_valid():
        return _new_round(request, form, 422)
    given: dict[str, Any] = {"area_id": blank.area_id, "planner_id": request.actor.user_id, **form.columns()}
    try:
        made = begin(Round, actor=request.actor, key=form.cleaned_data.get("key") or None, **given)
    except BadTakes as refused:
        return _new_round(request, refused.form, 422)
    except Unmet as refused:
        return _new_round(request, form, 409, refused.needs)
    except IntegrityError:  # the same round was planned in the same moment
        return _new_round(request, form, 409, [only_round])
    return redirect(made)


def _new_round(request: ActorRequest, form: MoveForm, status: int = 200, unmet: Any = ()) -> HttpResponse:
    return render(
        request, "monitor/new_round.html", {"form": form, "unmet": unmet, "flow": Round.flow}, status=status
    )


@require_GET
@for_readers
def round(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _life(request, reach(Round, pk, request.actor))


@require_GET
@for_readers
def warning(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _life(request, reach(EarlyWarning, pk, request.actor))


def _life(request: ActorRequest, one: Round | EarlyWarning) -> HttpResponse:
    template, context = one.panel(request.actor)
    return render(request, "monitor/life.html", {"panel": template, **context})


@require_GET
@for_readers
def warnings(request: ActorRequest) -> HttpResponse:
    if not takes_part(request):
        raise Http404
    found = [
        (one, str(LEVELS.get(one.level, "")), LEVEL_TONES.get(one.level, ""))
        for one in EarlyWarning.objects.visible_to(request.actor).select_related("agency")
    ]
    done = [row for row in found if row[0].state in EarlyWarning.flow.final]
    lists = [
        ([row for row in found if row not in done], p_("warning", "Open")),
        (done, p_("warning", "Settled")),
    ]
    return render(request, "monitor/warnings.html", {"lists": lists})


@require_http_methods(["GET", "POST"])
@for_readers
def work(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What one unit reports. POST saves every row, or none and says why."""
    one = _submission(pk, request)
    if request.method == "POST":
        return _saved(request, one, _typed_rows(request, one))
    return _work(request, one)


def _submission(pk: UUID, request: ActorRequest) -> Submission:
    return reach(Submission, pk, request.actor)


def _typed_rows(request: ActorRequest, one: Submission) -> list[Row]:
    rows = []
    for slot in one.slots():
        given = {name: request.POST.get(f"{slot.key}|{name}", "") for name in FIELDS}
        rows.append(Row(slot, one.round.year, given))
    for indicator in _institutions(one):
        part = request.POST.get(f"{indicator.code}|part", "").strip()[:40]
        new = slot_for(indicator.code, "all", part) if part else None
        if new is not None:
            given = {name: request.POST.get(f"{indicator.code}|new|{name}", "") for name in FIELDS}
            rows.append(Row(new, one.round.year, given, where=part))
    return rows


def _institutions(one: Submission) -> list[Indicator]:
    """Indicators that hold in each institution: new ones are added by name."""
    codes = Reporter.objects.filter(area=one.round.area_id, agency=one.agency_id).values_list(
        "indicator", flat=True
    )
    found = (dictionary().indicators[code] for code in sorted(codes) if code in dictionary().indicators)
    return [indicator for indicator in found if indicator.rule.every == "institution"]


def _saved(request: ActorRequest, one: Submission, rows: list[Row]) -> HttpResponse:
    try:
        n = save(one, rows, actor=request.actor)
    except NotNow:
        return _work(request, reach(Submission, one.pk, request.actor), rows, closed=True)
    if any(row.faults for row in rows):
        return _work(request, one, rows)
    messages.success(request, ngettext("%(n)s value saved.", "%(n)s values saved.", n) % {"n": n})
    return redirect(one)


@dataclass(frozen=True, slots=True)
class Line:
    """A slot with what stands in its fields: what was typed, else what is known."""

    place: int
    slot: Slot
    typed: Row | None

    @property
    def given(self) -> dict[str, Any]:
        if self.typed is not None:
            return {name: self.typed.text(name) for name in FIELDS}
        value = self.slot.value
        if value is None:
            return {}
        number = "" if value.number is None else f"{value.number.normalize():f}"
        return {**{name: getattr(value, name) for name in FIELDS}, "number": number}

    @property
    def faults(self) -> set[str]:
        return {name for name, _text in self.typed.faults} if self.typed else set()


def _work(
    request: ActorRequest,
    one: Submission,
    rows: list[Row] | None = None,
    file_errors: Any = (),
    closed: bool = False,
) -> HttpResponse:
    """The table; rows that were typed or came in a file keep what they held."""
    typed = {row.slot.key: row for row in rows or () if not row.where}
    faults = [(row, str(text)) for row in rows or () for _name, text in row.faults]
    lines = [Line(place, slot, typed.get(slot.key)) for place, slot in enumerate(one.slots())]
    ours = one.agency_id == request.actor.agency_id
    context = {
        "obj": one, "actor": request.actor, "lines": lines, "faults": faults, "file_errors": file_errors,
        "answers": Answer.choices, "ours": ours,
        "enters": ours and one.can_enter, "closed": closed, "institutions": _institutions(one),
    }  # fmt: skip
    status = 409 if closed else 422 if faults or file_errors else 200
    return render(request, "monitor/work.html", context, status=status)


@require_GET
@for_readers
def template(request: ActorRequest, pk: UUID) -> HttpResponse:
    one = _submission(pk, request)
    headers = {"Content-Disposition": f'attachment; filename="plan-{one.round.year}.xlsx"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(tables.template(one), content_type=kind, headers=headers)


@require_POST
@for_readers
def upload(request: ActorRequest, pk: UUID) -> HttpResponse:
    one = _submission(pk, request)
    sent = request.FILES.get("file")
    if sent is None:
        return _work(request, one, file_errors=[_("Choose a file first.")])
    try:
        rows = tables.rows_of(sent.read(tables.MOST_BYTES + 1), one)
    except ValidationError as wrong:
        return _work(request, one, file_errors=wrong.messages)
    return _saved(request, one, rows)
