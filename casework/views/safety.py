"""Safety plan and safe contact."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.middleware import ActorRequest
from casework import services
from casework.forms import SafeContactForm, SafetyPlanForm
from casework.forms.safety import hours_as_initial
from casework.models import SafeContact, SafetyPlan
from casework.reveals import CONTACT
from casework.selectors import purpose_for
from casework.views.base import fill_in, for_workers, the_case
from privacy.reading import reveal

CLEAR = ("never_call", "may_name_federation", "may_leave_message", "may_text", "rev")


@for_workers
def safety(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    plan = SafetyPlan.objects.filter(case=case).first()
    initial = {}
    if plan is not None and request.method == "GET":
        opened = reveal(plan, "steps", "text", actor=request.actor, purpose=purpose_for(case, request.actor))
        initial = {**opened, "review_on": plan.review_on, "rev": plan.rev}
    form = SafetyPlanForm(request.POST or None, initial=initial)
    act = lambda: services.write_safety_plan(case, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(request, case, form, act, title=_("Safety plan"), anchor="safety")


@for_workers
def safe_contact(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    profile = SafeContact.objects.filter(case=case).first()
    initial = {}
    if profile is not None and request.method == "GET":
        initial = reveal(profile, *CONTACT, actor=request.actor, purpose=purpose_for(case, request.actor))
        initial |= {name: getattr(profile, name) for name in CLEAR} | hours_as_initial(profile.hours)
    form = SafeContactForm(request.POST or None, initial=initial)

    def act() -> None:
        services.set_safe_contact(case, actor=request.actor, rev=form.cleaned_data["rev"], **form.columns())

    return fill_in(
        request,
        case,
        form,
        act,
        title=_("Safe contact"),
        anchor="safety",
        template="casework/safe_contact.html",
    )
