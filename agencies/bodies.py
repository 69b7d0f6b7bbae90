"""Which body answers for a place."""

from uuid import UUID

from django.db.models.functions import Length

from agencies.kinds import AgencyKind
from agencies.models import Agency, Area
from agencies.need_to_know import recused


def body_for(kind: str, area: Area | None, file: UUID | None = None) -> Agency | None:
    """The body of this kind that answers for a place: that of the town, else of the district, and so on up.

    One that never sees this file is passed over.
    """
    while area is not None:
        bodies = Agency.objects.filter(kind=kind, area=area, is_active=True).order_by("name")
        found = bodies.exclude(recused(Agency, file)).first()
        if found is not None:
            return found
        area = area.parent
    return None


def federation_for(area: Area | None) -> Agency:
    """The federation that answers for a place; where nobody knows the place, the one nearest to the ground."""
    federations = Agency.objects.filter(kind=AgencyKind.FEDERATION, is_active=True)
    nearest = federations.order_by(Length("area_id").desc(), "name")
    return body_for(AgencyKind.FEDERATION, area) or nearest[0]


def told_instead(body: Agency) -> UUID:
    """Who is told of what people of this body do: another body than a federation has no duty leader."""
    return body.pk if body.kind == AgencyKind.FEDERATION else federation_for(body.area).pk
