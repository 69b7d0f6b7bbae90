"""What a stay needs before a step. Each sees the stay with the step's fields already filled in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from agencies.kinds import AgencyKind
from casework.measures.shelter_stay.codes import FITS, ExitMode, Subject
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.shelter_stay.models import ShelterStay


@need(_("Choose the shelter: the body of civil affairs that runs it."), law="S07")
def shelter_chosen(stay: "ShelterStay") -> bool:
    return stay.agency is not None and stay.agency.kind == AgencyKind.CIVIL_AFFAIRS


@need(
    _("Look at the danger first: assess it in the case, or write down what the shelter has to mind."),
    law="S03",
)
def danger_looked_at(stay: "ShelterStay") -> bool:
    return bool(stay.safety_risk) or stay.case.assessments.exists()


@need(_("A minor without a guardian is taken into temporary guardianship, not in as a guest."), law="S10")
def is_no_minor(stay: "ShelterStay") -> bool:
    return stay.subject != Subject.MINOR


@need(_("Only a minor is taken into temporary guardianship."), law="S10")
def is_minor(stay: "ShelterStay") -> bool:
    return stay.subject == Subject.MINOR


@need(_("This place has just been taken: choose another one."), law="S03")
def place_free(stay: "ShelterStay") -> bool:
    return stay.place_is_free()


@need(_("This place does not fit: areas are separate by sex and age, and everybody needs a bed."), law="S03")
def place_fits(stay: "ShelterStay") -> bool:
    place = stay.place
    return place is None or (place.kind in FITS[Subject(stay.subject)] and place.capacity >= stay.persons)


@need(
    _("This site also houses people on relief or welfare: nobody from a violent home may be placed there."),
    law="S07",
)
def kept_apart(stay: "ShelterStay") -> bool:
    return stay.place is None or stay.place.site.apart


@need(_("The place belongs to another shelter."), law="S12")
def place_is_ours(stay: "ShelterStay") -> bool:
    return stay.place is None or stay.place.site.agency_id == stay.agency_id


PLACE = (place_is_ours, kept_apart, place_fits, place_free)


@need(_("Give a day after the one agreed so far."), law="S01")
def later_than_now_agreed(stay: "ShelterStay") -> bool:
    before = stay.leave_by_before()
    return (
        stay.leave_by is not None
        and stay.leave_by >= stay.day_of_move()
        and (before is None or stay.leave_by > before)
    )


@need(_("Say who fetches her, or where she goes: she is never handed to the perpetrator."), law="S04")
def exit_planned(stay: "ShelterStay") -> bool:
    return stay.exit_mode in {"", ExitMode.SELF, ExitMode.FEDERATION} or bool(stay.handed_to)


@need(_("A child never goes to somebody suspected of the violence."), law="S05")
def never_to_the_suspect(stay: "ShelterStay") -> bool:
    return not stay.asked or stay.asked.get("not_suspected") is True


def is_urgent(stay: "ShelterStay") -> bool:
    return stay.urgent


def is_adult(stay: "ShelterStay") -> bool:
    return stay.subject != Subject.MINOR
