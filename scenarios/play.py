"""A scenario performed: every stated event becomes a command or a move of the product, by its proper actor, at its time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from casework import services
from casework.codes import Channel, Form, Matter, Sex
from casework.happenings import HappeningKind
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from protection_orders.codes import Basis
from protection_orders.codes import Measure as OrderMeasure
from protection_orders.models import ProtectionOrder
from protection_orders.workflow import S as OrderState
from referrals.models import Referral
from scenarios import words
from scenarios.cast import Cast
from scenarios.facts import Event, Scenario
from scenarios.times import BadTime, parse
from workflow.engine import BadTakes, NotNow, Unmet, begin, perform
from workflow.models import StepRecord
from workflow.when import Precision, When

K = HappeningKind
# Events whose measure is a room still to be built: kept on the timeline, and said so.
NOT_YET = {
    "shelter_": "shelter_stay", "mandatory_report": "mandatory_report", "reporter_sanctioned": "mandatory_report",
    "guardian": "guardianship", "temporary_care": "guardianship", "procuratorial_suggestion": "supervision",
    "public_interest": "supervision", "support_": "supervision", "rectif": "supervision", "public_hearing": "supervision",
    "prosecution": "criminal_track", "conviction": "criminal_track", "criminal_detention": "criminal_track",
    "injury_appraisal": "criminal_track", "harassment_complaint": "harassment_complaint", "arbitration": "labour",
    "labour_": "labour", "judicial_relief": "recovery_plan",
}  # fmt: skip
LIVE = (OrderState.IN_FORCE, OrderState.SERVED)
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Play:
    """One performance. `clock`: how late it is in the story; it never runs ahead of the real day."""

    scenario: Scenario
    cast: Cast
    case: Case
    clock: datetime
    orders: list[ProtectionOrder] = field(default_factory=list)
    letters: list[WarningLetter] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    not_yet: dict[str, list[str]] = field(default_factory=dict)

    def at(self, event: Event) -> dict[str, Any]:
        """`at` and `now` for a move: the story's clock goes on to the event, never back."""
        known = event.when.latest or event.when.earliest
        if known is not None:
            self.clock = min(max(self.clock, known), timezone.now())
        return {"at": event.when, "now": self.clock}

    def say(self, event: Event, text: str) -> None:
        self.findings.append(f"{event.seq} {event.kind}: {text}")

    def note(self, event: Event, kind: str = "") -> None:
        """A coded entry of the timeline; what the text says stands in its details."""
        written = f"（{event.written}）" if event.written.startswith("--") else ""
        services.record_happening(
            self.case, actor=self.cast.caseworker, kind=kind or event.kind, when=event.when, inferred=event.inferred,
            actor_body=words.body(event.actor), details=(event.details + written)[:4000], now=self.clock,
        )  # fmt: skip

    @property
    def order(self) -> ProtectionOrder | None:
        return self.orders[-1] if self.orders else None

    @property
    def letter(self) -> WarningLetter | None:
        return self.letters[-1] if self.letters else None


def play(scenario: Scenario, cast: Cast) -> Play:
    """Perform the whole scenario; a case already performed is not performed again (see `replay`)."""
    first = next((e.when.earliest for e in scenario.events if e.when.earliest), None)
    clock = min(first or timezone.now(), timezone.now())
    case = _open(scenario, cast)
    story = Play(scenario, cast, case, clock, findings=list(scenario.findings))
    _people(story)
    _assess(story)
    for event in scenario.events:
        _perform(story, event)
    _bodies(story)
    return story


def _open(scenario: Scenario, cast: Cast) -> Case:
    contact = scenario.part("first_contact")
    channel = str(contact.get("channel") or "unknown")
    channel = words.CHANNEL.get(channel, channel)
    matter = words.MATTER.get(str(scenario.raw["matter"]), str(scenario.raw["matter"]))
    if matter not in Matter.values:
        scenario.findings.append(f"matter {matter}: no such matter; filed under other")
        matter = Matter.OTHER
    if channel not in Channel.values:
        scenario.findings.append(f"channel {channel}: no such channel; filed as not known")
        channel = Channel.UNKNOWN
    forms = scenario.part("violence_forms")
    return services.open_case(
        actor=cast.operator if channel == Channel.HOTLINE else cast.caseworker, key=f"scenario-{scenario.id}",
        channel=channel, matter=matter, relation=words.relation(scenario.raw.get("relation_primary")),
        forms=[form for form in Form.values if words.is_true(forms.get(form))],
        at=_contact(contact),
        cause="、".join(str(act) for act in forms.get("acts") or []),
    )  # fmt: skip


def _contact(contact: dict[str, Any]) -> When:
    """When help was first sought; not stated is not known."""
    try:
        return parse(contact.get("when"))
    except BadTime:
        return When.unknown()


def _people(story: Play) -> None:
    for row in story.scenario.rows("parties"):
        known, unknown = words.flags(row)
        if unknown:
            story.findings.append(f"party {row.get('ref')}: flags kept as a remark: {', '.join(unknown)}")
        name, remark = (
            str(row.get("ref") or ""),
            "；".join([*unknown, str(row.get("relation_to_victim") or "")]),
        )
        role = str(row.get("role"))
        if role == "reporter":
            services.record_reporter(story.case, actor=story.cast.caseworker, name=name, note=remark)
            continue
        if role not in words.ROLES:
            story.findings.append(f"party {name}: role {role} kept as another person")
        services.add_person(
            story.case, actor=story.cast.caseworker, role=words.ROLES.get(role, "other"), name=name, flags=known,
            sex=words.SEX.get(str(row.get("gender")), Sex.UNKNOWN), age=_age(row.get("age")), note=remark,
        )  # fmt: skip
    story.case.refresh_from_db()


def _age(value: object) -> int | None:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit()) else None


def _assess(story: Play) -> None:
    """The scale with the text's own answers; everything else stays unknown, which is not no."""
    scale = story.scenario.part("danger_scale")
    services.assess_danger(
        story.case, actor=story.cast.caseworker, answers=words.answers(scale), at=When.instant(story.clock)
    )
    story.case.refresh_from_db()


def _bodies(story: Play) -> None:
    """A federation that is only named among the bodies acted too: background, which no count but that one takes."""
    named = [str(name) for name in story.scenario.part("jurisdiction").get("bodies") or []]
    acted = story.case.happenings.filter(actor_body="federation").exclude(kind=K.RIGHT_INFORMED).exists()
    if not acted and any("妇联" in name for name in named):
        services.record_happening(
            story.case,
            actor=story.cast.caseworker,
            kind=K.CONTEXT_ONLY,
            actor_body="federation",
            details="、".join(named),
        )


def _perform(story: Play, event: Event) -> None:
    story.at(event)
    for prefix, room in NOT_YET.items():
        if event.kind.startswith(prefix):
            story.not_yet.setdefault(room, []).append(f"{event.seq} {event.kind}")
    handler = HANDLERS.get(event.kind)
    try:
        if handler is not None:
            handler(story, event)
        elif event.kind in K.values:
            story.note(event)
        else:
            story.say(event, "no such event; kept as background")
            story.note(event, K.CONTEXT_ONLY)
    except (NotNow, Unmet, BadTakes, ValidationError) as refused:
        story.say(event, f"refused by the product: {_why(refused)}; kept on the timeline")
        story.note(event, event.kind if event.kind in K.values else K.CONTEXT_ONLY)


def _why(refused: Exception) -> str:
    if isinstance(refused, Unmet):
        return "needs " + ", ".join(need.name for need in refused.needs)
    if isinstance(refused, BadTakes):
        return "form " + ", ".join(sorted(refused.form.errors))
    return f"{type(refused).__name__} {refused}"


# ---- violence and letters


def incident(story: Play, event: Event) -> None:
    alleged = "alleged_only" in (story.scenario.part("violence_forms").get("other") or [])
    services.record_incident(
        story.case, actor=story.cast.caseworker, when=event.when, account=event.details, alleged_only=alleged
    )
    relapse(story, event)


def relapse(story: Play, event: Event) -> None:
    """Violence after a letter was issued is a fact of the letter's life too (W18)."""
    letter = story.letter
    if letter is not None and letter.state not in (
        "ended",
        "penalised",
        "prosecuted",
        "refused",
        "criticised",
    ):
        perform(
            letter,
            "report_relapse",
            actor=story.cast.caseworker,
            account=event.details or event.kind,
            **story.at(event),
        )


def missed_or_made(story: Play, event: Event) -> None:
    story.note(event)
    relapse(story, event)


def letter_issued(story: Play, event: Event) -> None:
    rows = story.scenario.rows("warning_letters")
    row = rows[len(story.letters)] if len(rows) > len(story.letters) else {}
    kind = "harassment" if str(row.get("type")) in ("harassment", "sexual_harassment") else "dv"
    if story.letters:
        story.say(event, "a second letter: the product asks why there is no penalty instead (W18)")
    if not story.case.incidents.exists():
        services.record_incident(
            story.case, actor=story.cast.caseworker, when=When.unknown(), account=event.details
        )
        story.say(
            event,
            "no incident dated before the letter; one without a date was recorded, because a letter states facts",
        )
    begun = begin(
        WarningLetter, actor=story.cast.caseworker, case=story.case, letter_type=kind, origin="police"
    )
    story.letters.append(begun)
    before = When(None, event.when.latest, Precision.RANGE)
    perform(
        begun,
        "learn",
        actor=story.cast.caseworker,
        police_agency=story.cast.police.agency_id,
        at=before,
        now=story.clock,
    )
    reason = {"second_letter_reason": "原文未述理由"} if len(story.letters) > 1 else {}
    perform(begun, "issue", actor=story.cast.police, **reason, **story.at(event))


def letter_served(story: Play, event: Event) -> None:
    if story.letter is None:
        letter_issued(story, event)
    assert story.letter is not None
    perform(story.letter, "serve", actor=story.cast.police, **story.at(event))


def police_visit(story: Play, event: Event) -> None:
    if story.letter is None or story.letter.state != "served":
        story.note(event)
        return
    perform(
        story.letter,
        "visit_clean",
        actor=story.cast.police,
        found_by="police",
        account=event.details,
        **story.at(event),
    )


# ---- orders


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


# ---- the federation's own work


def visit(story: Play, event: Event) -> None:
    """A visit by the federation is a follow-up visit; anybody else's is an entry of the timeline."""
    if words.body(event.actor) != "federation" and "协助执行" not in event.actor:
        story.note(event)
        return
    basis = "order" if story.order is not None and story.order.state in LIVE else "danger"
    planned = begin(
        FollowUpVisit,
        actor=story.cast.caseworker,
        case=story.case,
        basis=basis,
        due_at=story.clock,
        now=story.clock,
    )
    perform(
        planned, "hold", actor=story.cast.caseworker, channel="home", safe_to_talk=True, account=event.details or "原文未述",
        **story.at(event),
    )  # fmt: skip


def referral(story: Play, event: Event) -> None:
    """Sent by the federation: a referral of ours. Sent by another body: an entry of the timeline."""
    if words.body(event.actor) != "federation":
        story.note(event)
        return
    aid = "aid" in event.details.lower() or "法援" in event.details or "法律援助" in event.details
    row = begin(
        Referral, actor=story.cast.caseworker, case=story.case, service="legal_aid" if aid else "other", urgency="normal",
        request=event.details, now=story.clock,
    )  # fmt: skip
    story.referrals.append(row)
    if aid:
        perform(
            row,
            "send",
            actor=story.cast.caseworker,
            receiver=story.cast.legal_aid.agency_id,
            basis="duty",
            **story.at(event),
        )
    else:
        story.say(event, "the receiving body is not stated; the referral stays a draft")
        story.note(event)


def aid_granted(story: Play, event: Event) -> None:
    open_ones = [row for row in story.referrals if row.service == "legal_aid" and row.state == "sent"]
    if not open_ones:
        story.note(event)
        return
    perform(open_ones[0], "accept", actor=story.cast.legal_aid, **story.at(event))


def rights(story: Play, event: Event) -> None:
    services.inform_rights(story.case, actor=story.cast.caseworker, how=event.details, at=event.when)


HANDLERS: dict[str, Callable[[Play, Event], None]] = {
    "incident": incident, "warning_letter_issued": letter_issued, "warning_letter_served": letter_served,
    "police_visit_done": police_visit, "order_applied": order_applied, "order_accepted": order_accepted,
    "order_granted": order_granted, "order_dismissed": order_dismissed, "order_withdrawn": order_withdrawn,
    "order_served": order_served, "assist_execution_notice_sent": assist_notice, "order_violated": order_violated,
    "sanction_admonition": sanction, "sanction_fine": sanction, "sanction_detention": sanction,
    "order_extend_applied": extend_applied, "order_extended": extended, "order_vary_applied": vary_applied,
    "order_varied": varied, "order_lapsed": lapsed, "reconsideration_filed": reconsideration, "visit_done": visit,
    "referral_sent": referral, "legal_aid_granted": aid_granted, "right_informed": rights,
    "mandatory_report_made": missed_or_made,
}  # fmt: skip
