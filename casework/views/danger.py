"""The danger scale, and the judgement where no scale fits."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from agencies.middleware import ActorRequest
from casework import services
from casework.codes import Danger, Trigger
from casework.forms import DangerForm, JudgeForm
from casework.hints import reason
from casework.models import Case
from casework.seen_again import seen_again
from casework.views.base import fill_in, for_workers, the_case


@for_workers
def danger(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    if not case.scale_applies():
        return judge(request, pk)
    form = DangerForm(request.POST or None)

    def act() -> None:
        services.assess_danger(
            case, actor=request.actor, answers=form.answers(), override=form.cleaned_data["override"],
            reason=form.cleaned_data["reason"], trigger=form.cleaned_data["trigger"],
        )  # fmt: skip

    return fill_in(
        request,
        case,
        form,
        act,
        title=_("Assess the danger"),
        anchor="danger",
        template="casework/danger.html",
    )


@for_workers
def danger_raise(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Filled in with what is known of him elsewhere. With a scale, its last answers stand and are judged higher."""
    case = the_case(request, pk)
    if not case.scale_applies():
        return judge(request, pk)
    last = case.assessments.first()
    if last is None or last.computed == Danger.HIGH:
        return redirect("casework:danger", pk)
    form = JudgeForm(request.POST or None, above=last.computed, initial=_proposal(case))
    act = lambda: services.override_danger(case, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(
        request, case, form, act, title=_("Judge the danger higher"), anchor="danger", template="casework/judge.html", scale=True,
    )  # fmt: skip


def _proposal(case: Case) -> dict[str, Any]:
    """One level up, and why, where the perpetrator is recorded with another victim."""
    seen = seen_again(case)
    if seen is None:
        return {}
    level = Danger.MEDIUM if case.danger == Danger.LOW else Danger.HIGH
    return {"level": level, "trigger": Trigger.SEEN_AGAIN, "reason": reason(seen)}


@for_workers
def judge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """No scale speaks of children or the old: the duty leader judges; anybody may raise the alarm."""
    case = the_case(request, pk)
    form = JudgeForm(request.POST or None, may_lower=request.actor.role == "lead", initial=_proposal(case))
    act = lambda: services.judge_danger(case, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(
        request, case, form, act, title=_("Judge the danger"), anchor="danger", template="casework/judge.html"
    )
