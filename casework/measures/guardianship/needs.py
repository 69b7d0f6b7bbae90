"""What a guardianship matter needs before a step."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.guardianship.models import Guardianship


@need(_("Record the guardian as a person of the case first: the court must know against whom."), law="A21")
def guardian_recorded(matter: "Guardianship") -> bool:
    return matter.case_has_guardian()


@need(_("Choose the court to which the application goes."), law="A21")
def court_chosen(matter: "Guardianship") -> bool:
    return matter.court_id is not None


@need(_("There is already an application running in this case."), law="A21")
def no_other_running(matter: "Guardianship") -> bool:
    return not matter.others_running()


@need(_("Temporary care is already recorded."), law="S10")
def not_in_care(matter: "Guardianship") -> bool:
    return not matter.in_care


@need(_("No temporary care is recorded."), law="S10")
def is_in_care(matter: "Guardianship") -> bool:
    return matter.in_care


def still_before_filing(matter: "Guardianship") -> bool:
    """Once the court has been asked, the year of temporary care has done its part."""
    return bool(matter.state == "prepared")
