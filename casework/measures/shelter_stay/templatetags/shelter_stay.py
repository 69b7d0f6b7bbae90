"""What the panel of a stay shows beside the stay itself."""

from django import template

from agencies.actor import Actor
from agencies.kinds import AgencyKind
from agencies.models import Agency
from agencies.scope import NOTHING
from casework.measures.shelter_stay.models import ShelterStay, of_the_shelter
from casework.measures.shelter_stay.selectors import Vacancy, vacancies

register = template.Library()


@register.simple_tag
def free_places(stay: ShelterStay) -> list[Vacancy]:
    """Free places by type: of the shelter that was chosen, or of all before one is."""
    if stay.is_in or stay.state in stay.flow.final:
        return []
    if stay.agency_id:
        return vacancies([stay.agency_id])
    return vacancies(
        Agency.objects.filter(kind=AgencyKind.CIVIL_AFFAIRS, is_active=True).values_list("pk", flat=True)
    )


@register.filter
def sees_places(actor: Actor) -> bool:
    return of_the_shelter(actor) != NOTHING
