"""The end of an order that names months and no day (Civil Code 202; never rolled over a holiday, law.md T6)."""

from datetime import date

from workflow.counting import add_months


def last_day(made: date | None, months: int | None) -> date | None:
    """The corresponding day `months` later, or the month's last; None if either is unknown. The ruling's own date wins."""
    return None if made is None or months is None else add_months(made, months)
