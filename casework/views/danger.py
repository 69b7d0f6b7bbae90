"""The danger scale, and the judgement where no scale fits."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.middleware import ActorRequest
from casework import services
from casework.forms import DangerForm, JudgeForm
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
def judge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """No scale speaks of children or the old: the duty leader judges; anybody may raise the alarm."""
    case = the_case(request, pk)
    form = JudgeForm(request.POST or None, may_lower=request.actor.role == "lead")
    act = lambda: services.judge_danger(case, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(
        request, case, form, act, title=_("Judge the danger"), anchor="danger", template="casework/judge.html"
    )
