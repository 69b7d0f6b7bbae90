"""Mandatory reports: made, made elsewhere first, missed, and what followed for whoever kept silent."""

from typing import Any

from casework.measures.mandatory_report.codes import Duty, Origin, Sanction, Situation, Unable, Unit
from casework.measures.mandatory_report.models import MandatoryReport
from scenarios.acts_violence import relapse
from scenarios.facts import Event, with_day
from scenarios.story import HOUR, Play
from workflow.engine import begin, perform
from workflow.when import When

AT_ONCE = ("随即", "立即", "当即", "at once")
UNITS = (
    ("kindergarten", Unit.KINDERGARTEN), ("幼儿园", Unit.KINDERGARTEN), ("school", Unit.SCHOOL), ("校", Unit.SCHOOL),
    ("hospital", Unit.HOSPITAL), ("医", Unit.HOSPITAL), ("committee", Unit.COMMITTEE), ("居", Unit.COMMITTEE),
    ("村", Unit.COMMITTEE), ("accommodation", Unit.HOTEL), ("hotel", Unit.HOTEL), ("宾馆", Unit.HOTEL), ("酒店", Unit.HOTEL),
    ("social", Unit.SOCIAL_WORK), ("社工", Unit.SOCIAL_WORK), ("relief", Unit.RELIEF), ("救助", Unit.RELIEF),
    ("welfare", Unit.WELFARE), ("福利", Unit.WELFARE), ("妇联", Unit.FEDERATION),
)  # fmt: skip
SANCTIONS = (
    ("罚款", Sanction.FINE), ("fine", Sanction.FINE), ("停业", Sanction.CLOSURE), ("suspen", Sanction.CLOSURE),
    ("处分", Sanction.DISCIPLINE), ("disciplin", Sanction.DISCIPLINE), ("刑", Sanction.CRIMINAL), ("criminal", Sanction.CRIMINAL),
    ("训诫", Sanction.TALK), ("约谈", Sanction.TALK),
)  # fmt: skip


def made(story: Play, event: Event) -> None:
    """To the police: found and reported. To another body first: found, and reported when the police learn of it."""
    row, at = _row(story), story.at(event)
    event = _at_once(event)
    at["at"] = event.when
    report = _find(story, event, row, at)
    if _to_police(str(row.get("to") or ""), event.details):
        perform(report, "report", actor=story.cast.caseworker, **at)
    else:
        story.say(event, "not made to the police; the duty runs on until they are told")
    relapse(story, event)


def police_reported(story: Play, event: Event) -> None:
    """The police learn of it, whoever tells them: a report that was found and went elsewhere has now been made."""
    story.note(event)
    for report in story.reports:
        if report.state == "found":
            perform(report, "report", actor=story.cast.caseworker, **story.at(event))


def missed(story: Play, event: Event) -> None:
    """Nobody reported; that came out when the police were told, if ever."""
    at = story.at(event)
    row = _row(story)
    report = _find(story, event, row, at)
    later = [e.when for e in story.scenario.events if e.seq > event.seq and e.kind == "police_reported"]
    known = later[0] if later else When.unknown()
    unit = _one_of(f"{row.get('reporter') or ''} {event.actor}", UNITS, Unit.OTHER)
    now = story.at(with_day(event, known))["now"]
    perform(
        report,
        "miss",
        actor=story.cast.caseworker,
        missed_unit=unit,
        account=event.details,
        at=known,
        now=now,
    )


def sanctioned(story: Play, event: Event) -> None:
    silent = [report for report in story.reports if report.missed_unit]
    if not silent:
        story.note(event)
        return
    kind = _one_of(event.details, SANCTIONS, Sanction.OTHER)
    perform(
        silent[-1], "sanction", actor=story.cast.caseworker, sanction=kind, account=event.details, **story.at(event)
    )  # fmt: skip


def _find(story: Play, event: Event, row: dict[str, Any], at: dict[str, Any]) -> MandatoryReport:
    unit = _one_of(f"{row.get('reporter') or ''} {event.actor}", UNITS, Unit.OTHER)
    flags = set(story.case.flags)
    duty = Duty.MINOR if "minor" in flags else Duty.INCAPABLE if "incapable" in flags else Duty.UNABLE
    ground = str(row.get("ground") or "")
    situations = [code for code in Situation.values if code in ground] or [Situation.MR9]
    report: MandatoryReport = begin(
        MandatoryReport, actor=story.cast.caseworker, case=story.case, duty=duty,
        situations=situations if duty == Duty.MINOR else [], unable_reasons=[Unable.COERCED] if duty == Duty.UNABLE else [],
        unit=unit, account=event.details or "原文未述", police_agency=story.cast.police.agency_id,
        origin=Origin.FEDERATION if unit == Unit.FEDERATION else Origin.AGENCY, **at,
    )  # fmt: skip
    story.reports.append(report)
    return report


def _row(story: Play) -> dict[str, Any]:
    rows = story.scenario.rows("mandatory_reports")
    return rows[len(story.reports)] if len(rows) > len(story.reports) else {}


def _at_once(event: Event) -> Event:
    """ "At once" in the text is a distance of nought between discovery and report, whatever the day."""
    if not any(word in event.details for word in AT_ONCE):
        return event
    nought = HOUR * 0
    when = When(event.when.earliest, event.when.latest, event.when.precision, (nought, nought))
    return with_day(event, when)


def _to_police(to: str, details: str) -> bool:
    elsewhere = "not directly to police" in details or "检察" in to.split(",")[0]
    return not elsewhere


def _one_of(text: str, table: Any, default: str) -> str:
    return next((code for word, code in table if word in text.lower()), default)
