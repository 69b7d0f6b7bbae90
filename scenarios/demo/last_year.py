"""A year that is over: cases of last year told to their end, so that a release has something to show."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework import services
from casework.models import Case, Task
from scenarios.demo.stories import (
    DANGERS,
    DAY,
    HOUR,
    Teller,
    apply_for_order,
    ask_police,
    invented,
    new_letter,
)
from workflow.engine import perform
from workflow.tasks import relay_outbox

ENDS = ("resolved", "resolved", "safe", "withdrawn")
LETTER_TAKES = 275 * DAY


def tell_last_year(teller: Teller, count: int) -> None:
    """`count` cases spread from January to November, each closed and followed up."""
    zone = timezone.get_current_timezone()
    first = datetime(timezone.localtime(teller.now).year - 1, 1, 5, 9, tzinfo=zone)
    for number in range(count):
        opened = first + DAY * (310 * number // max(count, 1)) + HOUR * teller.rng.randrange(8)
        with transaction.atomic():
            _one(teller, number, opened)
    relay_outbox()
    for task in Task.objects.filter(done_at=None, case__state="closed"):
        services.finish_task(task, actor=teller.cast.caseworker)


def _one(teller: Teller, number: int, opened: datetime) -> None:
    cast = teller.cast
    case = invented(teller, opened, DANGERS[number % len(DANGERS)])
    services.assign_case(case, actor=cast.lead, user_id=cast.caseworker.user_id)
    case.refresh_from_db()
    perform(case, "activate", actor=cast.caseworker, now=opened + 2 * HOUR)
    if case.danger == "high":
        perform(
            case,
            "escalate",
            actor=cast.caseworker,
            police_told=True,
            superior_told=True,
            **teller.at(opened + HOUR),
        )
    over = WAYS[number % len(WAYS)](teller, case, opened)
    case.refresh_from_db()
    perform(
        case, "close", actor=cast.caseworker, closing_reason=ENDS[number % len(ENDS)],
        follow_up_on=(over + 30 * DAY).date(), **teller.at(over),
    )  # fmt: skip
    perform(
        case,
        "record_follow_up",
        actor=cast.caseworker,
        safe="yes",
        **teller.at(min(over + 29 * DAY, teller.now)),
    )


def letter_kept(teller: Teller, case: Case, opened: datetime) -> datetime:
    """Served, taught, visited three times without new violence; where that is not over yet, criticism instead."""
    if opened + LETTER_TAKES > teller.now:
        return letter_criticised(teller, case, opened)
    letter, police, worker = new_letter(teller, case), teller.cast.police, teller.cast.caseworker
    ask_police(teller, letter, opened + 4 * HOUR)
    perform(letter, "accept", actor=police, **teller.at(opened + 6 * HOUR))
    perform(letter, "issue", actor=police, **teller.at(opened + 30 * HOUR))
    perform(letter, "note_notice", actor=worker, **teller.at(opened + 34 * HOUR))
    perform(letter, "serve", actor=police, **teller.at(opened + 48 * HOUR))
    perform(letter, "record_education", actor=worker, **teller.at(opened + 5 * DAY))
    for days in (7, 95, 185, 274):
        perform(letter, "visit_clean", actor=police, found_by="police", **teller.at(opened + days * DAY))
    perform(letter, "end", actor=police, **teller.at(opened + LETTER_TAKES))
    return min(opened + 60 * DAY, teller.now - DAY)


def letter_criticised(teller: Teller, case: Case, opened: datetime) -> datetime:
    letter, police = new_letter(teller, case), teller.cast.police
    ask_police(teller, letter, opened + 4 * HOUR)
    perform(letter, "accept", actor=police, **teller.at(opened + 7 * HOUR))
    perform(
        letter,
        "criticise",
        actor=police,
        reason="情节显著轻微，已取得谅解。",
        **teller.at(opened + 50 * HOUR),
    )
    return opened + 25 * DAY


def order_revoked(teller: Teller, case: Case, opened: datetime) -> datetime:
    """Made, served and kept; revoked on her request after two months."""
    order, court = apply_for_order(teller, case, opened + 20 * HOUR), teller.cast.court
    end = (opened + 120 * DAY).date()
    perform(order, "accept", actor=court, **teller.at(opened + 24 * HOUR))
    perform(
        order,
        "grant",
        actor=court,
        granted=["M1", "M2", "M4"],
        lapses_on=end,
        **teller.at(opened + 44 * HOUR),
    )
    perform(order, "serve", actor=court, not_stated=True, **teller.at(opened + 60 * HOUR))
    perform(order, "notify_police", actor=court, **teller.at(opened + 61 * HOUR))
    perform(
        order, "verify", actor=teller.cast.police, account="双方情况已核实。", **teller.at(opened + 70 * HOUR)
    )
    perform(
        order, "apply_revoke", actor=teller.cast.caseworker, party="applicant", **teller.at(opened + 58 * DAY)
    )
    perform(order, "revoke", actor=court, reason="申请人申请撤销。", **teller.at(opened + 60 * DAY))
    return opened + 61 * DAY


def order_dismissed(teller: Teller, case: Case, opened: datetime) -> datetime:
    order, court = apply_for_order(teller, case, opened + 20 * HOUR), teller.cast.court
    perform(order, "accept", actor=court, **teller.at(opened + 24 * HOUR))
    perform(order, "dismiss", actor=court, reason="现有证据不足。", **teller.at(opened + 90 * HOUR))
    return opened + 30 * DAY


def told_and_helped(teller: Teller, case: Case, opened: datetime) -> datetime:
    return opened + timedelta(days=20)


WAYS: tuple[Any, ...] = (
    letter_kept,
    order_revoked,
    letter_kept,
    told_and_helped,
    letter_criticised,
    order_dismissed,
)
