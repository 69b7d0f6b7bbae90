"""Guardianship taken away by a court, and who got it."""

from casework.codes import Body
from casework.measures.guardianship.codes import Applicant, Carer, Ground, Ward
from casework.measures.guardianship.models import Guardianship
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform

APPLICANTS = {
    Body.FEDERATION: Applicant.FEDERATION, Body.CIVIL_AFFAIRS: Applicant.CIVIL_AFFAIRS, Body.COMMITTEE: Applicant.COMMITTEE,
    Body.SCHOOL: Applicant.SCHOOL, Body.HOSPITAL: Applicant.HOSPITAL,
}  # fmt: skip


def applied(story: Play, event: Event) -> None:
    guardians = [
        row for row in story.scenario.rows("parties") if words.ROLES.get(str(row.get("role"))) == "respondent"
    ]
    case, court = story.case, story.cast.court
    matter: Guardianship = begin(
        Guardianship, actor=story.cast.caseworker, case=case, ward=Ward.MINOR if "minor" in case.flags else Ward.ADULT,
        grounds=[Ground.HARM], applicant=APPLICANTS.get(Body(words.body(event.actor)), Applicant.OTHER), court=court.agency_id,
        guardians=max(1, len(guardians)), account=event.details or "原文未述", now=story.clock,
    )  # fmt: skip
    story.guardianships.append(matter)
    perform(matter, "file", actor=story.cast.caseworker, **story.at(event))


def revoked(story: Play, event: Event) -> None:
    """The text often begins with the judgment: then the application is not known, and the timeline keeps the fact."""
    if not story.guardianships:
        story.note(event)
        return
    perform(story.guardianships[-1], "revoke", actor=story.cast.court, said=event.details, **story.at(event))


def appointed(story: Play, event: Event) -> None:
    if not story.guardianships:
        story.note(event)
        return
    text = f"{event.details} {event.actor}"
    carer = Carer.CIVIL_AFFAIRS if "民政" in text or "civil" in text else Carer.OTHER
    perform(
        story.guardianships[-1], "appoint", actor=story.cast.court, new_guardian=carer, new_guardian_name=event.details[:60],
        **story.at(event),
    )  # fmt: skip
