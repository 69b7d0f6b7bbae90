"""The plan's calendar: what has a rhythm, when it was last held, when it is due. Where there is no number, none is invented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy as p_


class Kind(models.TextChoices):
    PLENARY = "plenary", p_("occasion", "Plenary meeting of the committee")
    LIAISON = "liaison", p_("occasion", "Meeting of the liaison officers")
    CHAIR = "chair", p_("occasion", "Chair's office meeting")
    CONFERENCE = "conference", p_("occasion", "District conference on women and children")
    COMMENDATION = "commendation", p_("occasion", "Commendation")
    TO_GOVERNMENT = "to_government", p_("occasion", "Report to the government")


# Once in so many calendar years; None: at need, or regularly without a number.
YEARS: dict[str, int | None] = {
    Kind.PLENARY: 1, Kind.LIAISON: 1, Kind.CHAIR: None, Kind.CONFERENCE: 5, Kind.COMMENDATION: 5, Kind.TO_GOVERNMENT: None,
}  # fmt: skip
BEGINNING = 2021


@dataclass(frozen=True, slots=True)
class Line:
    kind: Kind
    every: int | None
    last: date | None
    due_year: int | None
    late: bool


def lines(held: Iterable[tuple[str, date]], today: date) -> list[Line]:
    """For each kind the last time, and the calendar year (the last of its span of five) in which it is due next."""
    last: dict[str, date] = {}
    for code, day in held:
        last[code] = max(day, last.get(code, day))
    return [_line(kind, YEARS[kind], last.get(kind), today) for kind in Kind]


def _line(kind: Kind, every: int | None, last: date | None, today: date) -> Line:
    if every is None:
        return Line(kind, None, last, None, False)
    span = (last.year - BEGINNING) // every + 1 if last else 0
    due = BEGINNING + (span + 1) * every - 1
    return Line(kind, every, last, due, due < today.year)
