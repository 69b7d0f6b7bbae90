"""The form of a mandatory report. Who reported stands on no paper; a minor is named only to whoever may read the name."""

from pathlib import Path

from casework.codes import Role
from casework.documents.facts import Facts, companions, first_of, steps_of
from casework.documents.own import case_facts
from casework.measures.mandatory_report.codes import Duty, Situation, Unable
from casework.measures.mandatory_report.models import MandatoryReport
from casework.paper.literal import ticked, when
from casework.paper.papers import Paper
from casework.paper.reader import Reader

HARMED = (Role.VICTIM, Role.CHILD)
TAKEN, ANSWERED = ("take_up",), ("feed_back", "refuse")


def form(report: MandatoryReport, reader: Reader) -> Facts:
    case, steps = report.case, steps_of(report, but=("amend",))
    return {
        "case": case_facts(case),
        "report": {
            "receipt": report.receipt,
            "duty": ticked(Duty.choices, report.duty),
            "found": when(report.happened),
            "how": report.get_found_how_display() if report.found_how else "",
            "unable": ticked(Unable.choices, report.unable_reasons),
            "station": report.station or (report.police_agency.name if report.police_agency else ""),
            "police_receipt": report.police_receipt,
            "filed_with": report.filed_with,
            "feedback": report.get_feedback_display() if report.feedback else "",
            "missed": report.get_missed_unit_display() if report.missed_unit else "",
        },
        "situations": ticked(Situation.choices, report.situations).split("　"),
        "unable": report.duty == Duty.UNABLE,
        "harmed": companions(case, reader, HARMED, "name", "id_number") or [{}],
        "suspects": companions(case, reader, [Role.RESPONDENT]) or [{}],
        "texts": reader.open(report, "place", "injury", "account", "materials", "officer"),
        "at": {
            "reported": first_of(steps, "report", "take_up", "refuse"), "taken": first_of(steps, *TAKEN),
            "filed": first_of(steps, "file_upward"), "answered": first_of(steps, *ANSWERED),
        },
        "steps": steps,
    }  # fmt: skip


PAPERS = (Paper("mandatory_report", MandatoryReport, Path(__file__).with_name("report.yaml"), form),)
