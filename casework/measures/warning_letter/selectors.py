"""Reads for the page of a letter. Nothing sealed is opened here."""

from casework.codes import Role as PersonRole
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Incident, Person

NAMED = (PersonRole.VICTIM, PersonRole.RESPONDENT, PersonRole.GUARDIAN)


def people_of(letter: WarningLetter) -> list[Person]:
    """Those a letter names (W07): both sides, and a guardian where there is one."""
    return list(Person.objects.filter(case_id=letter.case_id, role__in=NAMED))


def incidents_of(letter: WarningLetter) -> list[Incident]:
    """The facts as codes and days; what was told in confidence stays with the federation."""
    return list(Incident.objects.filter(case_id=letter.case_id)[:20])
