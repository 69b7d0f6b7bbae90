"""The life of a protection order as a text tells it."""

from datetime import date, datetime
from typing import Any

from casework import services
from protection_orders.codes import Basis
from protection_orders.codes import Measure as OrderMeasure
from protection_orders.models import ProtectionOrder
from protection_orders.workflow import S as OrderState
from scenarios import words
from scenarios.facts import Event
from scenarios.story import LIVE, K, Play
from scenarios.times import BadTime, parse
from workflow.engine import begin, perform
from workflow.models import StepRecord
from workflow.when import Precision, When

OPEN = (OrderState.FILED, OrderState.ACCEPTED)


def _row(story: Play, number: int) -> dict[str, Any]:
    """The file's own row for the order of this number (from 0)."""
    rows = story.scenario.rows("protection_orders")
    return rows[min(number, len(rows) - 1)] if rows else {}


def _row_of(story: Play, order: ProtectionOrder) -> dict[str, Any]:
    return _row(story, [one.pk for one in story.orders].index(order.pk))


def _among(story: Play, *states: str) -> ProtectionOrder | None:
    """The first order in one of these states: courts answer in the order of filing."""
    return next((order for order in story.orders if order.state in states), None)


def _measures(value: object) -> list[str]:
    return [code for code in value if code in OrderMeasure.values] if isinstance(value, list) else []


def order_applied(story: Play, event: Event) -> None:
    row, cast = _row(story, len(story.orders)), story.cast
    before = When(None, event.when.latest, Precision.RANGE)  # when she was told is not in the text
    order = begin(ProtectionOrder, actor=cast.caseworker, case=story.case, at=before, now=story.clock)
    who, ground = words.proxy(row) if words.applicant(row) == "proxy" else ("", "")
    basis = str(row.get("legal_basis") or Basis.ADVL23)
    if basis not in Basis.values:
        story.say(event, f"legal basis {basis} is not one of {', '.join(Basis.values)}")
        basis = Basis.ADVL23
    takes: dict[str, Any] = {
        "applicant": words.applicant(row), "proxy_by": who, "proxy_ground": ground, "legal_basis": basis,
        "victim_will": "原文记载" if ground == "frail" else "", "requested": _measures(row.get("requested")),
        "court": cast.court.agency_id, "police_agency": cast.police.agency_id, "filed_elsewhere": True,
        "evidence": [str(code) for code in story.scenario.part("evidence_classes").get("codes") or []],
    }  # fmt: skip
    if row.get("urgent") is not None:
        takes["urgent"] = words.is_true(row["urgent"])
    perform(order, "prepare", actor=cast.caseworker, now=story.clock, at=event.when, **takes)
    perform(order, "file", actor=cast.caseworker, **story.at(event))
    story.orders.append(order)


def order_accepted(story: Play, event: Event) -> None:
    order = _needed(story, event, OrderState.FILED)
    perform(order, "accept", actor=story.cast.court, **story.at(event))


def _needed(story: Play, event: Event, *states: str) -> ProtectionOrder:
    """The order an event speaks of; an event that supposes an application nobody told of has one without a date."""
    order = _among(story, *states) if states else story.order
    told = sum(one.kind == "order_applied" for one in story.scenario.events)
    rows = len(story.scenario.rows("protection_orders"))
    if order is None and (story.order is None or len(story.orders) < max(rows, told)):
        undated = When(None, event.when.latest, Precision.RANGE)
        order_applied(story, Event(event.seq, "order_applied", "", "", undated, True))
        story.say(event, "no application stated before it; one without a date was recorded")
        order = story.orders[-1]
    found = order or story.order
    assert found is not None
    return found


def _accept_first(story: Play, order: ProtectionOrder, event: Event) -> None:
    """Acceptance lies between filing and ruling where the text does not state it (SCHEMA rule 2)."""
    if order.state != OrderState.FILED:
        return
    filed = StepRecord.objects.get(obj_id=order.pk, move="file").when
    offsets = None
    if filed.offsets and event.when.offsets:
        offsets = (filed.offsets[0], event.when.offsets[1])
    between = When(filed.earliest, event.when.latest, Precision.RANGE, offsets)
    perform(order, "accept", actor=story.cast.court, at=between, now=story.clock)


def _whole_date(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def order_granted(story: Play, event: Event) -> None:
    again = _among(story, OrderState.DISMISSED)
    order = (
        again
        if again and again.reconsideration_by and not _among(story, *OPEN)
        else _needed(story, event, *OPEN)
    )
    if order.state not in OPEN and order != again:
        story.say(event, "the order was not open for a ruling")
        story.note(event)
        return
    _accept_first(story, order, event)
    takes = _ruling(_row_of(story, order), event)
    move = "grant_after_all" if order == again else "grant"
    perform(order, move, actor=story.cast.court, **takes, **story.at(event))


def _ruling(row: dict[str, Any], event: Event) -> dict[str, Any]:
    takes: dict[str, Any] = {
        "granted": _measures(row.get("granted")),
        "other_measure": str(row.get("other_measure") or ""),
    }
    months, end = row.get("validity_months"), _whole_date(row.get("lapses_on"))
    if isinstance(months, int) and event.when.precision in (Precision.DAY, Precision.INSTANT):
        takes["validity_months"] = months
    if end is not None:
        takes["lapses_on"] = end
    if not takes["granted"]:
        takes["not_stated"] = True
    return takes


def order_dismissed(story: Play, event: Event) -> None:
    order = _needed(story, event, *OPEN)
    _accept_first(story, order, event)
    reason = event.details or "原文未述"
    perform(order, "dismiss", actor=story.cast.court, reason=reason, **story.at(event))


def order_withdrawn(story: Play, event: Event) -> None:
    order, reason = _needed(story, event, *OPEN), event.details or "原文未述"
    perform(order, "withdraw", actor=story.cast.court, reason=reason, **story.at(event))


def order_served(story: Play, event: Event) -> None:
    order = _among(story, OrderState.IN_FORCE)
    if order is not None:
        perform(order, "serve", actor=story.cast.court, not_stated=True, **story.at(event))
    else:
        story.note(event)


def assist_notice(story: Play, event: Event) -> None:
    order = _needed(story, event)
    if order.state not in LIVE:
        story.note(event)
        return
    named = event.details + event.actor
    if any(word in named.lower() for word in ("police", "公安", "派出所")):
        perform(order, "notify_police", actor=story.cast.court, **story.at(event))
    if "妇联" in named or "wf" in named.lower().split():
        perform(order, "notify_federation", actor=story.cast.caseworker, **story.at(event))
        services.record_happening(
            story.case, actor=story.cast.caseworker, kind=K.CONTEXT_ONLY, actor_body="federation", when=event.when,
            details=event.details,
        )  # fmt: skip
    if not story.case.happenings.filter(kind=K.ASSIST_NOTICE_SENT).exists():
        story.note(event)


def order_violated(story: Play, event: Event) -> None:
    order = next((one for one in reversed(story.orders) if one.state in LIVE), None) or _needed(story, event)
    if order.state not in LIVE:
        story.say(event, "a breach of an order that is not in force")
        story.note(event)
        return
    kind = words.one_of(event.details, words.BREACHES, "other")
    perform(
        order, "report_breach", actor=story.cast.caseworker, breach=kind, found_by=words.found_by(event.details),
        account=event.details, **story.at(event),
    )  # fmt: skip


def sanction(story: Play, event: Event) -> None:
    if story.order is None and not story.scenario.rows("protection_orders"):
        story.note(event)
        return
    order = _needed(story, event)
    if not order.breaches.exists() and not _breach_from_row(story, order, event):
        story.say(event, "a sanction without a recorded breach")
        story.note(event)
        return
    takes: dict[str, Any] = {"sanction_kind": event.kind.removeprefix("sanction_")}
    if amount := words.number(event.details, "(?:yuan|元)"):
        takes["amount"] = amount
    if days := words.number(event.details, "(?:day|日|天)"):
        takes["days"] = days
    perform(order, "sanction", actor=story.cast.court, **takes, **story.at(event))


def _breach_from_row(story: Play, order: ProtectionOrder, event: Event) -> bool:
    """A breach that only the order's own row tells of."""
    told = _row_of(story, order).get("violations")
    if not isinstance(told, list) or not told or order.state not in LIVE:
        return False
    text = " ".join(str(one.get("kind") or "") if isinstance(one, dict) else str(one) for one in told)
    before = When(None, event.when.latest, Precision.RANGE)
    order_violated(story, Event(event.seq, "order_violated", "", text, before, True))
    story.say(event, "the breach stands only in the row of the order; recorded without its day")
    return order.breaches.exists()


def rest_of_rows(story: Play, _all: Event) -> None:
    """Orders and rulings that the file states in its rows and nowhere in the order of events."""
    ruled = {"granted": order_granted, "dismissed": order_dismissed, "withdrawn": order_withdrawn}
    for number, row in enumerate(story.scenario.rows("protection_orders")):
        rule = ruled.get(str(row.get("outcome")))
        if rule is None:
            continue
        if len(story.orders) <= number:
            filed = Event(0, "order_applied", "", "", _day(row.get("filed_on")), True)
            story.at(filed)
            order_applied(story, filed)
        if story.orders[number].state in OPEN:
            event = Event(0, K.CONTEXT_ONLY, "法院", "", _day(row.get("decided_on")), True)
            story.at(event)
            rule(story, event)
            story.say(event, "stated only in the row of the order")


def _day(value: object) -> When:
    try:
        return parse(value)
    except BadTime:
        return When.unknown()


def extend_applied(story: Play, event: Event) -> None:
    perform(
        _needed(story, event),
        "apply_extend",
        actor=story.cast.caseworker,
        party="applicant",
        wanted=event.details,
        **story.at(event),
    )


def extended(story: Play, event: Event) -> None:
    order = _needed(story, event)
    if not order.extend_applied:
        extend_applied(story, event)
        story.say(event, "no application to extend stated; recorded with the ruling")
    perform(order, "extend", actor=story.cast.court, not_stated=True, **story.at(event))


def vary_applied(story: Play, event: Event) -> None:
    perform(
        _needed(story, event),
        "apply_vary",
        actor=story.cast.caseworker,
        party="applicant",
        wanted=event.details,
        **story.at(event),
    )


def varied(story: Play, event: Event) -> None:
    order = _needed(story, event)
    if not order.vary_applied:
        vary_applied(story, event)
        story.say(event, "no application to change it stated; recorded with the ruling")
    perform(order, "vary", actor=story.cast.court, not_stated=True, **story.at(event))


def lapsed(story: Play, event: Event) -> None:
    perform(_needed(story, event), "lapse", actor=story.cast.caseworker, **story.at(event))


def reconsideration(story: Play, event: Event) -> None:
    party = "respondent" if words.body(event.actor) == "respondent" else "applicant"
    perform(_needed(story, event), "reconsider", actor=story.cast.court, party=party, **story.at(event))
