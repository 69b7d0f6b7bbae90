"""Rows of values as they are typed or come in a table: read, checked against each other and the years before, saved whole.

Either every row stands, or none does and each fault is told with its row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from monitor import selectors
from monitor.dictionary import Indicator, dictionary
from monitor.lives import Submission
from monitor.publishing import plain_text
from monitor.slots import Slot, slots_of
from monitor.stored import NO_LONG_NUMBERS, Answer, Reporter, Status, Value
from workflow.errors import NotNow, NotVisible

FIELDS = ("answer", "x", "n", "number", "source", "explanation")
LARGEST = 10**12
USUAL = Fraction(3, 10)  # a change by more than three tenths asks for an explanation
FAULT = str | Promise


@dataclass(slots=True)
class Row:
    """One line: `where` names it to the reader (a row number, or nothing on the page)."""

    slot: Slot
    year: int
    given: Mapping[str, str]
    where: str = ""
    faults: list[tuple[str, FAULT]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(self.given.get(name, "").strip() for name in FIELDS)

    def text(self, name: str) -> str:
        return self.given.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Read:
    answer: str
    x: int | None
    n: int | None
    number: Decimal | None


def read(row: Row) -> Read:
    """What was typed, as numbers; faults are noted in the row."""
    answer = row.text("answer") or (Answer.NUMBER if any(row.text(f) for f in ("x", "n", "number")) else "")
    if answer not in Answer.values:
        row.faults.append(("answer", _("Choose one of the answers.")))
    x, n, number = _whole(row, "x"), _whole(row, "n"), _decimal(row)
    found = Read(answer, x, n, number)
    if row.faults:
        return found
    if answer != Answer.NUMBER:
        if any(part is not None for part in (x, n, number)):
            row.faults.append(("number", _("With this answer there is no number.")))
        return found
    _check_number(row, found)
    return found


def _check_number(row: Row, found: Read) -> None:
    one = row.slot.indicator
    if one.measure in ("share", "ratio"):
        if (found.x is None) != (found.n is None):
            row.faults.append(("n" if found.n is None else "x", _("Both counts belong together.")))
        elif found.x is None and found.number is None:
            row.faults.append(("x", _("Enter both counts, or the rate if the counts are not known.")))
        elif found.x is not None and found.number is not None:
            row.faults.append(
                ("number", _("Enter the counts or the rate, not both: the rate is worked out."))
            )
        elif found.n == 0:
            row.faults.append(("n", _("Nobody to count among: choose “not applicable”.")))
        elif one.measure == "share" and found.x is not None and found.n is not None and found.x > found.n:
            row.faults.append(("x", _("The part is larger than the whole.")))
        elif one.small and found.number is not None:
            row.faults.append(("x", _("So few stand behind it that the counts are needed to protect them.")))
        elif one.measure == "share" and found.number is not None and found.number > one.factor:
            row.faults.append(("number", _("A share is no larger than the whole.")))
    elif one.measure == "count":
        if found.x is None or found.n is not None or found.number is not None:
            row.faults.append(("x", _("Enter the count alone.")))
    elif found.number is None or found.x is not None or found.n is not None:
        row.faults.append(("number", _("Enter the value alone.")))


def _whole(row: Row, name: str) -> int | None:
    text = row.text(name).replace(",", "").replace("，", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > LARGEST:
        row.faults.append((name, _("A whole number, not below nought.")))
        return None
    return int(text)


def _decimal(row: Row) -> Decimal | None:
    text = row.text("number").replace(",", "").replace("，", "").removesuffix("%")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > LARGEST or _places(found) > 6:
        row.faults.append(("number", _("A number with at most six decimals.")))
        return None
    if found < 0 and row.slot.indicator.measure != "gap":
        row.faults.append(("number", _("A number, not below nought.")))
        return None
    return found


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 99


def check(rows: Sequence[Row], earlier: Mapping[str, Sequence[Value]]) -> list[tuple[Row, Read]]:
    """Each row by itself, the sexes against the whole, and every large change against its explanation."""
    found = [(row, read(row)) for row in rows if not row.is_empty]
    for row, _given in found:
        for name in ("source", "explanation"):
            _check_text(row, name)
    _check_twice(found)
    _check_sexes(found)
    for row, given in found:
        if not row.faults and given.answer == Answer.NUMBER:
            _check_change(row, given, earlier.get(row.slot.key, ()))
            _check_range(row, given, earlier.get(row.slot.key, ()))
    return found


def _check_text(row: Row, name: str) -> None:
    most = 80 if name == "source" else 200
    text = row.text(name)
    if len(text) > most:
        row.faults.append((name, _("This is too long.")))
    try:
        NO_LONG_NUMBERS(text)
    except ValidationError as wrong:
        row.faults.append((name, wrong.messages[0]))


def _check_twice(found: Iterable[tuple[Row, Read]]) -> None:
    seen = set()
    for row, _given in found:
        if (key := (row.slot.key, row.year)) in seen:
            row.faults.append(("answer", _("This value stands in the table twice.")))
        seen.add(key)


def _check_sexes(found: Iterable[tuple[Row, Read]]) -> None:
    """Women and men make up the whole, in the counts of one year."""
    by: dict[tuple[str, int], dict[str, tuple[Row, Read]]] = {}
    for row, given in found:
        by.setdefault((row.slot.indicator.code, row.year), {})[row.slot.sex] = (row, given)
    for sexes in by.values():
        if sexes.keys() < {"all", "f", "m"}:
            continue
        for name in ("x", "n"):
            whole, women, men = (getattr(sexes[sex][1], name) for sex in ("all", "f", "m"))
            if None not in (whole, women, men) and women + men != whole:
                sexes["all"][0].faults.append((name, _("Women and men together are not the whole.")))


def _check_change(row: Row, given: Read, years: Sequence[Value]) -> None:
    before = next((value for value in reversed(years) if value.year < row.year), None)
    if before is None or row.text("explanation"):
        return
    one = row.slot.indicator
    old, new = selectors.point_of(one, before).value, value_of(one, given)
    if old and abs(new - old) > USUAL * old and max(before.x or 10, given.x or 0, 10) >= 10:
        row.faults.append(
            ("explanation", _("It changed by more than three tenths since the year before: explain why."))
        )


def usual_range(one: Indicator, years: Sequence[Value]) -> tuple[Fraction, Fraction] | None:
    """From the least to the most of the years before, with half their span of room; from three years on, none of few people."""
    seen = [selectors.point_of(one, value).value for value in years]
    if len(seen) < 3 or one.small or any(value.x is not None and value.x < 10 for value in years):
        return None
    room = (max(seen) - min(seen)) / 2 or abs(max(seen)) / 10
    return min(seen) - room, max(seen) + room


def _check_range(row: Row, given: Read, years: Sequence[Value]) -> None:
    found = usual_range(row.slot.indicator, [value for value in years if value.year < row.year])
    if found is None or row.faults or row.text("explanation"):
        return
    if not found[0] <= value_of(row.slot.indicator, given) <= found[1]:
        told = {"low": plain_text(found[0]), "high": plain_text(found[1])}
        text = _("It lies outside what the years before let one expect (%(low)s to %(high)s): explain why.")
        row.faults.append(("explanation", text % told))


def value_of(one: Indicator, given: Read) -> Fraction:
    if given.x is not None and given.n:
        return Fraction(given.x * one.factor, given.n)
    return Fraction(given.number if given.number is not None else given.x or 0)


@transaction.atomic
def save(submission: Submission, rows: Sequence[Row], *, actor: Actor, now: datetime | None = None) -> int:
    """Save what is new or different; returns how many. Nothing is saved where a row has a fault (see `row.faults`)."""
    one = Submission.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=submission.pk)
    locked = one.select_related("round").first()
    if locked is None or locked.agency_id != actor.agency_id:
        raise NotVisible
    if not locked.can_enter:
        raise NotNow(locked, locked.flow.move("hand_in"), [])
    area = locked.round.area_id
    # Locked: a unit's values are entered one table after the other, whatever the round.
    rows_of_unit = Reporter.objects.select_for_update().filter(area=area, agency=actor.agency_id)
    mine = {row.indicator for row in rows_of_unit if not dictionary().indicators[row.indicator].casework}
    if any(row.slot.indicator.code not in mine and not row.faults for row in rows):
        raise NotVisible
    codes = sorted({row.slot.indicator.code for row in rows} & mine)
    found = check(rows, selectors.earlier(area, codes, locked.round.year))
    if any(row.faults for row, _given in found):
        return 0
    known = {
        value.key: value for value in selectors.newest(Value.objects.filter(area=area, indicator__in=codes))
    }
    made = [_version(locked, row, given, known, actor, now or timezone.now()) for row, given in found]
    new = [value for value in made if value is not None]
    Value.objects.bulk_create(new)
    return len(new)


def _version(
    one: Submission,
    row: Row,
    given: Read,
    known: Mapping[tuple[str, int, str, str], Value],
    actor: Actor,
    now: datetime,
) -> Value | None:
    """The next version, or nothing if it says the same as the last."""
    slot = row.slot
    last = known.get((slot.indicator.code, row.year, slot.sex, slot.part))
    said = {"answer": given.answer, "x": given.x, "n": given.n, "number": given.number,
            "source": row.text("source"), "explanation": row.text("explanation")}  # fmt: skip
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return None
    was_final = last is not None and last.status in (Status.FINAL, Status.REVISED)
    return Value(
        area_id=one.round.area_id, indicator=slot.indicator.code, definition=slot.indicator.version, year=row.year,
        sex=slot.sex, part=slot.part, version=last.version + 1 if last else 1, agency_id=one.agency_id, round=one.round,
        status=Status.REVISED if was_final else Status.PROVISIONAL, entered_by_id=actor.user_id, entered_at=now, **said,
    )  # fmt: skip


def slot_for(code: str, sex: str, part: str) -> Slot | None:
    """A slot as a table names it; None for anything that is none."""
    one = dictionary().indicators.get(code)
    if (
        one is None
        or sex not in (("all",) if one.rule.every else one.sexes)
        or bool(part) != bool(one.rule.every)
    ):
        return None
    return next((slot for slot in slots_of([code], [part], []) if slot.sex == sex), None) or Slot(
        one, sex, part
    )
