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
from workflow.engine import begin, perform
from workflow.models import StepRecord
from workflow.when import Precision, When


def _facts(story: Play) -> dict[str, Any]:
    """The file's own row for the order now being applied for."""
    rows = story.scenario.rows("protection_orders")
    return rows[min(len(story.orders), len(rows) - 1)] if rows else {}


def _measures(value: object) -> list[str]:
    return [code for code in value if code in OrderMeasure.values] if isinstance(value, list) else []


def order_applied(story: Play, event: Event) -> None:
    row, cast = _facts(story), story.cast
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
    order = _needed(story, event)
    perform(order, "accept", actor=story.cast.court, **story.at(event))


def _needed(story: Play, event: Event) -> ProtectionOrder:
    """The order an event speaks of; an event without an application before it has one without a date."""
    if story.order is None:
        order_applied(
            story,
            Event(event.seq, "order_applied", "", "", When(None, event.when.latest, Precision.RANGE), True),
        )
        story.say(event, "no application stated before it; one without a date was recorded")
    assert story.order is not None
    return story.order


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
    order = _needed(story, event)
    rows = story.scenario.rows("protection_orders")
    row = rows[min(len(story.orders), len(rows)) - 1] if rows else {}
    if order.state not in (OrderState.FILED, OrderState.ACCEPTED):
        story.say(event, "the order was not open for a ruling")
        story.note(event)
        return
    _accept_first(story, order, event)
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
    perform(order, "grant", actor=story.cast.court, **takes, **story.at(event))


def order_dismissed(story: Play, event: Event) -> None:
    order = _needed(story, event)
    _accept_first(story, order, event)
    perform(order, "dismiss", actor=story.cast.court, reason=event.details, **story.at(event))


def order_withdrawn(story: Play, event: Event) -> None:
    perform(
        _needed(story, event), "withdraw", actor=story.cast.court, reason=event.details, **story.at(event)
    )


def order_served(story: Play, event: Event) -> None:
    order = _needed(story, event)
    if order.state == OrderState.IN_FORCE:
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
    order = _needed(story, event)
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
    order = _needed(story, event)
    if not order.breaches.exists():
        story.say(event, "a sanction without a recorded breach")
        story.note(event)
        return
    takes: dict[str, Any] = {"sanction_kind": event.kind.removeprefix("sanction_")}
    if amount := words.number(event.details, "(?:yuan|元)"):
        takes["amount"] = amount
    if days := words.number(event.details, "(?:day|日|天)"):
        takes["days"] = days
    perform(order, "sanction", actor=story.cast.court, **takes, **story.at(event))


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
