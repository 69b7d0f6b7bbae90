"""All rows of the monitor: three lives, and what they hold."""

from monitor.lives import EarlyWarning, Round, Submission
from monitor.stored import Answer, Decision, Publication, Reporter, Responsibility, Seat, Sex, Status, Value

__all__ = [
    "Answer", "Decision", "EarlyWarning", "Publication", "Reporter", "Responsibility", "Round", "Seat", "Sex", "Status",
    "Submission", "Value",
]  # fmt: skip
