"""The administrator's pages: who works where, in which role. Nothing here leads to a case."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import factors, services
from agencies.actor import SYSTEM_USER_ID
from agencies.forms import AgencyForm, PostingForm, ResetForm, SubjectForm, UserForm
from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.models import Agency, Posting, User
from agencies.provider import flow, links
from agencies.resets import reset_of, resets_open
from agencies.selectors import people_by_agency, people_without_posting
from agencies.step_up import prove_again, step_up_required
from agencies.watch import alerts_for

administrators = for_roles(Role.ADMINISTRATOR)
STAFF_ACCOUNTS = User.objects.exclude(pk=SYSTEM_USER_ID)


@administrators
def people(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    groups = people_by_agency(now)
    context = {
        "groups": [(agency, postings) for agency, postings in groups if postings],
        "unstaffed": [agency for agency, postings in groups if not postings],
        "unposted": people_without_posting(now),
        "alerts": alerts_for(request.actor).filter(seen_at=None).count(),
        "resets": resets_open(request.actor),
    }
    return render(request, "agencies/people.html", context)


@administrators
@require_http_methods(["GET", "POST"])
def new_person(request: ActorRequest) -> HttpResponse:
    form = UserForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "agencies/new_person.html", {"form": form}, status=status)
    asked = prove_again(request)
    if asked:
        return asked
    user, password = services.create_user(actor=request.actor, **form.cleaned_data)
    return _told_once(request, user, password)


@administrators
@require_http_methods(["GET", "POST"])
def person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The account and its postings; a POST gives one more posting."""
    user = get_object_or_404(STAFF_ACCOUNTS, pk=pk)
    form = PostingForm(request.POST or None)
    if form.is_valid():
        if not form.is_held_by(user):
            asked = prove_again(request)
            if asked:
                return asked
            services.give_posting(actor=request.actor, user=user, **form.cleaned_data)
            return redirect("agencies:person", pk=pk)
        form.add_error("role", _("This person holds this posting already."))
    postings = user.postings.select_related("agency")
    context = {"person": user, "postings": postings, "form": form, "now": timezone.now()}
    context |= {"reset": reset_of(user), "reset_form": ResetForm(), "has_factor": factors.has_any(user)}
    if flow.is_on():
        context |= {
            "provider": settings.OIDC_NAME,
            "link": links.link_of(user),
            "subject_form": SubjectForm(),
        }
    context["is_self"] = user.pk == request.actor.user_id
    return render(request, "agencies/person.html", context, status=422 if form.is_bound else 200)


@administrators
@require_POST
def end_posting(request: ActorRequest, pk: UUID) -> HttpResponse:
    posting = get_object_or_404(Posting, pk=pk)
    services.end_posting(actor=request.actor, posting=posting, now=timezone.now())
    return redirect("agencies:person", pk=posting.user_id)


@administrators
@require_POST
def set_active(request: ActorRequest, pk: UUID) -> HttpResponse:
    user = get_object_or_404(STAFF_ACCOUNTS, pk=pk)
    services.set_active(actor=request.actor, user=user, active=request.POST.get("active") == "yes")
    return redirect("agencies:person", pk=pk)


@administrators
@require_POST
@step_up_required
def reset_password(request: ActorRequest, pk: UUID) -> HttpResponse:
    user = get_object_or_404(STAFF_ACCOUNTS, pk=pk)
    return _told_once(request, user, services.reset_password(actor=request.actor, user=user))


@administrators
@require_POST
def end_all(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Every session of this person is over, wherever it is."""
    user = get_object_or_404(STAFF_ACCOUNTS, pk=pk)
    services.end_sessions(user_id=user.pk)
    messages.success(request, _("This person is signed out everywhere."))
    return redirect("agencies:person", pk=pk)


def _told_once(request: ActorRequest, user: User, password: str) -> HttpResponse:
    # In the answer itself: a redirect would have to keep the password somewhere.
    context = {"person": user, "password": password}
    return render(request, "agencies/told_once.html", context)


@administrators
def agencies(request: ActorRequest) -> HttpResponse:
    rows = Agency.objects.select_related("area", "parent", "escalates_to")
    return render(request, "agencies/agencies.html", {"agencies": rows})


@administrators
@require_http_methods(["GET", "POST"])
def agency(request: ActorRequest, pk: UUID | None = None) -> HttpResponse:
    """Add an agency, or change one."""
    found = get_object_or_404(Agency, pk=pk) if pk else None
    form = AgencyForm(request.POST or None, instance=found)
    if form.is_valid():
        services.save_agency(actor=request.actor, agency=form.save(commit=False))
        return redirect("agencies:agencies")
    status = 422 if form.is_bound else 200
    return render(request, "agencies/agency.html", {"form": form, "agency": found}, status=status)
