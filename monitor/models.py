"""All rows of the monitor: three lives, and what they hold."""

from monitor.held import Collected, PlanReference
from monitor.lives import EarlyWarning, Round, Submission
from monitor.office import Inspection, PlanReport, ReportComment, UnitPaper
from monitor.records import PlanRecord, Proposal
from monitor.stored import (
    Answer,
    Decision,
    Means,
    Occasion,
    Publication,
    Reporter,
    Responsibility,
    Seat,
    Sex,
    Status,
    Value,
)

__all__ = [
    "Answer", "Collected", "Decision", "EarlyWarning", "Inspection", "Means", "Occasion",
    "PlanRecord", "PlanReference", "PlanReport", "Proposal", "Publication", "ReportComment",
    "Reporter", "Responsibility", "Round", "Seat", "Sex", "Status", "Submission", "UnitPaper", "Value",
]  # fmt: skip
