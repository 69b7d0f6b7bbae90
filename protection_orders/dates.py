"""The end of an order that names a length and no day (Civil Code 202; never rolled over a holiday, law.md T6)."""

from datetime import date, timedelta

from workflow.counting import add_months


def last_day(made: date | None, months: int | None, days: int | None = None) -> date | None:
    """The corresponding day `months` later, or the month's last, and `days` more; None if nothing is known.

    The ruling's own date always wins over this.
    """
    if made is None or not (months or days):
        return None
    return add_months(made, months or 0) + timedelta(days=days or 0)
