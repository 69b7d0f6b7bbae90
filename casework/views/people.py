"""Adding and editing the people of a case."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.middleware import ActorRequest
from casework import services
from casework.forms import PersonForm, ReporterForm
from casework.models import Person
from casework.reveals import PERSON
from casework.selectors import purpose_for
from casework.views.base import fill_in, for_workers, the_case
from privacy.reading import reveal

PLAIN = (
    "role",
    "relation_to_victim",
    "sex",
    "birth_year",
    "age",
    "flags",
    "language",
    "lives_with_victim",
    "rev",
)


@for_workers
def person_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = PersonForm(request.POST or None, initial={"role": request.GET.get("role", "victim")})
    act = lambda: services.add_person(case, actor=request.actor, **form.fields_of_person())  # noqa: E731
    return fill_in(request, case, form, act, title=_("Add a person"), anchor="people")


@for_workers
def person_edit(request: ActorRequest, pk: UUID, person: UUID) -> HttpResponse:
    case = the_case(request, pk)
    row = Person.objects.visible_to(request.actor).filter(case=case, pk=person).first()
    if row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in PLAIN}
    if request.method == "GET":
        initial |= reveal(row, *PERSON, actor=request.actor, purpose=purpose_for(case, request.actor))
    form = PersonForm(request.POST or None, initial=initial)

    def act() -> None:
        rev = form.cleaned_data["rev"] or 0
        services.update_person(row, actor=request.actor, rev=rev, **form.fields_of_person())

    return fill_in(request, case, form, act, title=_("Edit a person"), anchor="people")


@for_workers
def reporter_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    case = the_case(request, pk)
    form = ReporterForm(request.POST or None)
    act = lambda: services.record_reporter(case, actor=request.actor, **form.cleaned_data)  # noqa: E731
    return fill_in(request, case, form, act, title=_("Who reported it"), anchor="people")
