"""The kinds of body and the roles people hold in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    FEDERATION = "federation", _("Women's federation")
    POLICE = "police", _("Police")
    COURT = "court", _("Court")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs and shelter")
    JUSTICE = "justice", _("Justice and legal aid")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    HOSPITAL = "hospital", _("Hospital")
    SCHOOL = "school", _("School")
    COMMITTEE = "committee", _("Residents' or villagers' committee")
    PARTNER = "partner", _("Other office or partner organisation")
    GOVERNANCE_CENTRE = "governance_centre", _("Comprehensive governance centre")
    STATISTICS = "statistics", _("Statistics bureau")
    COMMITTEE_OFFICE = "committee_office", _("Women and children's committee office")


class Role(models.TextChoices):
    OPERATOR = "operator", _("Hotline operator")
    CASEWORKER = "caseworker", _("Caseworker")
    LEAD = "lead", _("Duty leader")
    LIAISON = "liaison", _("Liaison")
    SUPERVISOR = "supervisor", _("Supervisor (statistics only)")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    SYSTEM = "system", _("System")


_FEDERATION_ROLES = (
    Role.OPERATOR,
    Role.CASEWORKER,
    Role.LEAD,
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
_STATISTICS_ROLES = (Role.LIAISON, Role.SUPERVISOR)


def roles_in(kind: str) -> tuple[Role, ...]:
    """The roles a person may hold in an agency of this kind. Nobody is posted as the system."""
    if kind == AgencyKind.FEDERATION:
        return _FEDERATION_ROLES
    if kind in (AgencyKind.STATISTICS, AgencyKind.COMMITTEE_OFFICE):
        return _STATISTICS_ROLES
    return (Role.LIAISON,)
