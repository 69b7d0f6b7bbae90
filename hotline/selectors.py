"""What the desk reads: who has called before, what stands open, what can be booked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.actor import Actor
from casework.calling import may_call
from casework.codes import Danger, Role
from casework.models import Case, Person, SafeContact
from hotline.call_backs import SLOT_CAPACITY
from hotline.codes import CallBackState
from hotline.models import Call, CallBack, CallDraft
from hotline.workflow import S
from privacy.audit import Purpose
from privacy.blind import find_people
from privacy.errors import TooVague
from privacy.masks import mask_name, mask_phone
from privacy.normalise import normalise_phone
from privacy.reading import reveal, reveal_many
from protection_orders.selectors import live_orders

SHOWN_ROWS = 4
SLOT = timedelta(minutes=30)
DAYS_AHEAD, DAYS_SHOWN = 8, 3  # every weekday comes up, and today's once more
OFFICE_HOURS = (8, 20)  # where no safe hours are agreed; agreed ones are offered by day and night


@dataclass(frozen=True)
class Known:
    """One case this number or name belongs to: everything masked."""

    case: Case
    name: str
    phone: str
    role: str
    live_orders: int = 0
    may_call: bool = True
    why: Any = ""
    next_slot: datetime | None = None
    code_word: str = ""
    cover_identity: str = ""
    has_address: bool = False


@dataclass(frozen=True)
class Banner:
    """What is known of a caller's number."""

    earlier_calls: int = 0
    last_call: datetime | None = None
    known: list[Known] = field(default_factory=list)
    more: int = 0
    too_vague: bool = False

    @property
    def open_cases(self) -> list[Known]:
        return [known for known in self.known if known.case.state not in ("closed", "archived")]

    @property
    def worst(self) -> str:
        return Danger.HIGH if any(known.case.danger == Danger.HIGH for known in self.known) else ""


def banner(number: str, *, actor: Actor, exclude: UUID, now: datetime) -> Banner:
    """Earlier contacts, cases, danger, live orders, safe hours and code word behind a number; masked."""
    wanted = normalise_phone(number)
    try:
        calls = find_people(
            Call.objects.visible_to(actor).exclude(pk=exclude), wanted, sealed_fields=("number",), actor=actor
        )
        people = find_people(_people(actor), wanted, sealed_fields=("phone",), actor=actor)
    except TooVague:
        return Banner(too_vague=True)
    last = max((call.started_at for call in calls), default=None)
    rows = known_people(people[:SHOWN_ROWS], actor=actor, now=now)
    return Banner(len(calls), last, rows, more=max(0, len(people) - SHOWN_ROWS))


def search(text: str, *, actor: Actor, now: datetime) -> Banner:
    """People by name, pinyin, initials, phone or ID tail; rows masked."""
    try:
        found = find_people(_people(actor), text, actor=actor)
    except TooVague:
        return Banner(too_vague=True)
    rows = known_people(found[:SHOWN_ROWS], actor=actor, now=now)
    return Banner(known=rows, more=max(0, len(found) - SHOWN_ROWS))


def _people(actor: Actor) -> Any:
    return Person.objects.visible_to(actor).exclude(role=Role.RESPONDENT).select_related("case")


def known_people(people: list[Person], *, actor: Actor, now: datetime) -> list[Known]:
    """Masked rows for people already found; a constant number of queries."""
    cases = [person.case for person in people]
    profiles = {p.case_id: p for p in SafeContact.objects.filter(case__in=cases)}
    orders = live_orders([case.pk for case in cases])
    names = reveal_many([(p, ("name", "phone")) for p in people], actor=actor, purpose=Purpose.SEARCH)
    words = _words([profiles[c.pk] for c in cases if c.pk in profiles], actor)
    rows = []
    for person, clear in zip(people, names, strict=True):
        allowed, why, following = may_call(profiles.get(person.case_id), now)
        word = words.get(person.case_id, {})
        rows.append(Known(
            person.case, mask_name(clear["name"] or ""), mask_phone(clear["phone"] or ""), person.get_role_display(),
            orders.get(person.case_id, 0), allowed, why, following,
            word.get("code_word") or "", word.get("cover_identity") or "", person.address is not None,
        ))  # fmt: skip
    return rows


def _words(profiles: list[SafeContact], actor: Actor) -> dict[UUID, dict[str, Any]]:
    clear = reveal_many(
        [(p, ("code_word", "cover_identity")) for p in profiles], actor=actor, purpose=Purpose.HOTLINE
    )
    return {profile.case_id: words for profile, words in zip(profiles, clear, strict=True)}


def address_of(case_id: UUID, *, actor: Actor) -> str:
    """The address on record of the victim of a case this actor may see, registered as read; '' where none is known."""
    rows = Person.objects.visible_to(actor).filter(case_id=case_id, role=Role.VICTIM)
    person = rows.first()
    if person is None:
        return ""
    return reveal(person, "address", actor=actor, purpose=Purpose.HOTLINE)["address"] or ""


def unfinished(actor: Actor) -> list[Call]:
    """Calls still open: those offered to me, my own, then the colleagues' that may be taken over."""
    rows = Call.objects.visible_to(actor).filter(state=S.OPEN)
    rows = rows.select_related("operator", "offered_to", "draft")

    def rank(call: Call) -> tuple[bool, bool, datetime]:
        return call.offered_to_id != actor.user_id, call.operator_id != actor.user_id, call.started_at

    return sorted(rows, key=rank)


def offered(actor: Actor) -> list[Call]:
    """Open calls that a colleague asks this person to take over."""
    rows = Call.objects.visible_to(actor).filter(state=S.OPEN, offered_to_id=actor.user_id)
    return list(rows.select_related("operator").order_by("started_at", "id"))


def unconfirmed(actor: Actor) -> list[Call]:
    """Calls passed on whose receiver has not yet said that it works on them: still ours (N02)."""
    rows = Call.objects.visible_to(actor).filter(state=S.TRANSFERRED)
    return list(rows.select_related("transferred_to", "operator").order_by("ended_at"))


def recent(actor: Actor, limit: int = 20) -> list[Call]:
    return list(Call.objects.visible_to(actor).exclude(state=S.OPEN).select_related("case")[:limit])


@dataclass(frozen=True)
class Due:
    """A promised call-back, and whether this is a moment in which she may be called."""

    back: CallBack
    may_call: bool
    why: Any
    next_slot: datetime | None


def call_backs(actor: Actor, *, now: datetime, until: datetime) -> list[Due]:
    rows = CallBack.objects.visible_to(actor).filter(state=CallBackState.BOOKED, slot__lte=until)
    backs = list(rows.select_related("case"))
    profiles = {p.case_id: p for p in SafeContact.objects.filter(case__in=[back.case_id for back in backs])}
    return [Due(back, *may_call(profiles.get(back.case_id), now)) for back in backs]


@dataclass(frozen=True)
class Slot:
    start: datetime
    free: int
    safe: bool


def slots(case: Case, *, now: datetime) -> list[list[Slot]]:
    """The slot matrix of the next days with a safe hour, one list per day: a week ahead where she names one weekday."""
    profile = SafeContact.objects.filter(case=case).first()
    first = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    last = first + timedelta(days=DAYS_AHEAD)
    booked: dict[datetime, int] = {}
    rows = CallBack.objects.filter(
        slot__gte=first, slot__lt=last, state=CallBackState.BOOKED, case__agency_id=case.agency_id
    )
    for start in rows.values_list("slot", flat=True):
        booked[start] = booked.get(start, 0) + 1
    hours = (0, 24) if profile and profile.hours else OFFICE_HOURS
    days = []
    for day in range(DAYS_AHEAD):
        base = (first + timedelta(days=day)).replace(hour=hours[0])
        starts = [base + SLOT * n for n in range(2 * (hours[1] - hours[0]))]
        day_slots = [
            Slot(start, max(0, SLOT_CAPACITY - booked.get(start, 0)), may_call(profile, start)[0])
            for start in starts if start > now
        ]  # fmt: skip
        if any(slot.safe for slot in day_slots):
            days.append(day_slots)
    return days[:DAYS_SHOWN]


def draft_of(call: Call, actor: Actor) -> dict[str, Any]:
    """What was typed, as typed, opened for whoever goes on with the call; empty if nothing was."""
    draft = CallDraft.objects.filter(call=call).first()
    if draft is None:
        return {}
    return dict(reveal(draft, "content", actor=actor, purpose=Purpose.HOTLINE)["content"] or {})


SHOWN = ("number", "caller_name", "place", "account", "advice", "rights_not_told_reason")


def record(call: Call, actor: Actor) -> dict[str, Any]:
    """The texts of a closed call, opened for its reader and registered as read."""
    return reveal(call, *SHOWN, actor=actor, purpose=Purpose.HOTLINE)
