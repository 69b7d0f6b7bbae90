"""What a sender may ask later, with receipt number and query code; and how often anybody may knock."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.actor import SYSTEM
from agencies.wall import as_system
from casework.measures.mandatory_report.models import Knock, MandatoryReport, mark
from casework.measures.mandatory_report.workflow import S
from workflow.models import StepRecord

HOUR, KEPT = timedelta(hours=1), timedelta(days=1)
# Per address and hour. A school or a hospital stands behind one address, so it is no small number.
SEND, QUERY, WRONG = "send", "query", "wrong"
LIMITS = {SEND: 20, QUERY: 60, WRONG: 10}
Text = str | Promise

WORDS: dict[str, Text] = {
    S.FOUND: _("Received. The federation is dealing with it at once."),
    S.PROPOSED: _("Received. The federation is dealing with it."),
    S.REPORTED: _("Reported to the police. They have to take it up."),
    S.TAKEN: _("Taken up by the police. They feed back within three days."),
    S.ANSWERED: _("The police have answered. The federation goes on."),
    S.NOT_REPORTED: _(
        "Looked into. It was not passed to the police; the federation goes on with other help."
    ),
    S.MISSED: _("Received. The federation goes on with it."),
    S.CLOSED: _("Closed. Thank you."),
}
MILESTONES: dict[str, Text] = {
    "find": _("Received"),
    "report": _("Reported to the police"),
    "take_up": _("Taken up by the police"),
    "refuse": _("Answered by the police"),
    "feed_back": _("Answered by the police"),
    "close": _("Closed"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """Codes and days only: nothing that says about whom."""

    receipt: str
    word: Text
    steps: list[tuple[Text, datetime]]


@as_system()
def status_of(receipt: str, code: str) -> Status | None:
    """None if there is no such pair; which half is wrong is not told."""
    found = MandatoryReport.objects.visible_to(SYSTEM).filter(receipt=_receipt(receipt)).first()
    expected = found.query_mark if found else mark("query", "")
    right = constant_time_compare(mark("query", _letters(code)), expected)
    return _status(found) if found and right and found.query_mark else None


def _status(report: MandatoryReport) -> Status:
    steps = StepRecord.objects.filter(obj_id=report.pk, move__in=MILESTONES).defer("payload").order_by("seq")
    return Status(report.receipt, WORDS[report.state], [(MILESTONES[s.move], s.recorded_at) for s in steps])


def _letters(text: str) -> str:
    """As it was read from paper: wide letters, spaces, dashes and small letters are all the same."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def _receipt(text: str) -> str:
    letters = _letters(text).removeprefix("QB")
    return f"QB-{letters[:4]}-{letters[4:]}"


def may_knock(kind: str, place: str | None, now: datetime) -> bool:
    """Count one more knock of this kind from this place; False where there were too many within the hour."""
    where = mark("place", place)
    Knock.objects.filter(at__lt=now - KEPT).delete()
    if Knock.objects.filter(kind=kind, place=where, at__gt=now - HOUR).count() >= LIMITS[kind]:
        return False
    Knock.objects.create(kind=kind, place=where, at=now)
    return True


def too_many(kind: str, place: str | None, now: datetime) -> bool:
    return (
        Knock.objects.filter(kind=kind, place=mark("place", place), at__gt=now - HOUR).count() >= LIMITS[kind]
    )
