"""What a performed case became: states, clocks and counts, read from the product's own rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casework.codes import Danger
from casework.measures.criminal_track.models import CriminalTrack
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from protection_orders.models import ProtectionOrder
from scenarios.facts import Scenario
from scenarios.story import NOT_YET
from scenarios.times import BadTime, parse
from workflow.counting import judge
from workflow.deadlines import DeadlineState
from workflow.models import Deadline, StepRecord
from workflow.registry import flows
from workflow.rules import is_clock, rule_data
from workflow.when import When

DECISIONS = {"24h": "ppo_decision_24h_urgent", "72h": "ppo_decision_72h"}
TAKEN_IN = ("admit", "take_into_care")
SAID = {"open": "unknown", "lapsed": "unknown"}
PUBLIC_INTEREST = (
    "public_interest_case_filed",
    "public_interest_suit_filed",
    "rectification_order",
    "rectified",
    "public_hearing",
)


@dataclass(slots=True)
class Outcome:
    """`clocks`: id -> met, breached, unknown, not_applicable or no_room."""

    scenario: Scenario
    case: Case
    states: dict[str, Any]
    clocks: dict[str, str]
    stats: dict[str, Any]
    not_yet: dict[str, list[str]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def outcome_of(scenario: Scenario, case: Case, now: datetime) -> Outcome:
    orders = list(ProtectionOrder.objects.filter(case=case).order_by("created_at", "pk"))
    letters = list(WarningLetter.objects.filter(case=case).order_by("created_at", "pk"))
    steps = list(StepRecord.objects.filter(subject_id=case.pk).order_by("seq"))
    stays = list(ShelterStay.objects.filter(case=case).order_by("created_at", "pk"))
    states = {
        "stays": [stay.state for stay in stays],
        "case": case.state, "danger": case.danger, "orders": [order.state for order in orders],
        "letters": [letter.state for letter in letters],
        "crimes": list(CriminalTrack.objects.filter(case=case).order_by("created_at", "pk").values_list("state", flat=True)),
    }  # fmt: skip
    clocks = {str(row.get("id")): _clock(row, scenario, case, steps, now) for row in scenario.rows("clocks")}
    return Outcome(
        scenario, case, states, clocks, _stats(case, orders, steps, now), not_yet=_not_yet(scenario)
    )


def _not_yet(scenario: Scenario) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event in scenario.events:
        room = next((room for prefix, room in NOT_YET.items() if event.kind.startswith(prefix)), None)
        if room is not None:
            found.setdefault(room, []).append(f"{event.seq} {event.kind}")
    return found


def attached_clocks() -> set[str]:
    """Every clock some table starts."""
    found: set[str] = set()
    for flow in flows():
        for move in [flow.opening, *flow.moves]:
            found |= {start.clock for start in move.start_list}
    return found


def _clock(
    row: dict[str, Any], scenario: Scenario, case: Case, steps: list[StepRecord], now: datetime
) -> str:
    """The product's own verdict; where its clock never started, what the rule says of the times stated."""
    clock = str(row.get("id"))
    if not is_clock(clock):
        return "no_such_clock"
    if clock not in attached_clocks():
        return "no_room"
    if clock == "ppo_renewal_filing" and any(step.move == "apply_extend" for step in steps):
        return "met"  # the move is refused after the order has lapsed
    rows = Deadline.objects.filter(subject_id=case.pk, clock=clock).order_by("created_at")
    if verdicts := [_said(deadline, now) for deadline in rows]:
        return worst(verdicts)
    if clock in DECISIONS.values():
        return worst(_decided(steps, clock, now))
    return "not_applicable" if _too_early(row, scenario, clock) else "unknown"


def _said(deadline: Deadline, now: datetime) -> str:
    """A text that is silent about an end has not told of a breach."""
    told = deadline.ended is not None and deadline.state != DeadlineState.CANCELLED
    verdict = deadline.verdict(now) if told else "unknown"
    return SAID.get(verdict, verdict)


def worst(verdicts: Iterable[str]) -> str:
    found = set(verdicts)
    return next((v for v in ("breached", "unknown", "met", "not_applicable") if v in found), "unknown")


def _too_early(row: dict[str, Any], scenario: Scenario, clock: str) -> bool:
    """The rule was not in force when its clock would have started. A duty without a number goes on to the last day told."""
    rule = rule_data(clock)
    if rule.in_force_from is None:
        return False
    start = _stated(row.get("start")) if rule.duration is not None else When.unknown()
    known = [start.latest] if start.latest else _told_until(scenario)
    return bool(known) and max(at for at in known if at).date() < rule.in_force_from


def _told_until(scenario: Scenario) -> list[datetime]:
    return [e.when.latest for e in scenario.events if e.when.latest and e.kind != "context_only"]


def _stated(text: object) -> When:
    try:
        return parse(text)
    except BadTime:
        return When.unknown()


def _stats(
    case: Case, orders: list[ProtectionOrder], steps: list[StepRecord], now: datetime
) -> dict[str, Any]:
    made = _moves(steps)
    happened = list(case.happenings.values_list("kind", "actor_body"))
    kinds = [kind for kind, _body in happened]
    sanctions = [sanction.kind for order in orders for sanction in order.sanctions.all()]
    filed = made("protection_order", "file")
    granted, dismissed = (
        made("protection_order", "grant", "grant_after_all"),
        made("protection_order", "dismiss"),
    )
    over = made("protection_order", "withdraw", "deem_withdrawn", "terminate")
    proxies = [order.proxy_by for order in orders if order.applicant == "proxy"]
    return {
        "order_applied": filed,
        "order_granted": granted,
        "order_dismissed": dismissed,
        "order_outcome_unknown": max(0, filed - granted - dismissed - over),
        "decided_within_24h": _within(steps, "24h", filed, now),
        "decided_within_72h": _within(steps, "72h", filed, now),
        "order_varied": made("protection_order", "vary"),
        "order_extended": made("protection_order", "extend"),
        "order_violated": sum(order.breaches.exists() for order in orders),
        "court_admonition": sanctions.count("admonition"),
        "court_fine": sanctions.count("fine"),
        "court_detention_for_violation": sanctions.count("detention"),
        "court_detention_other": kinds.count("sanction_detention") - sanctions.count("detention"),
        "criminal_refusal": sanctions.count("criminal_refusal"),
        "warning_letters": made("warning_letter", "issue"),
        "police_admin_penalty": kinds.count("admin_penalty"),
        "police_oral_warning": kinds.count("police_oral_warning"),
        "shelter_stays": made("shelter_stay", *TAKEN_IN),
        "shelter_persons": sum(
            step.facts["persons"] for step in steps if step.flow == "shelter_stay" and step.move in TAKEN_IN
        ),
        "mandatory_report_made": kinds.count("mandatory_report_made"),
        "mandatory_report_missed": kinds.count("mandatory_report_missed"),
        "wf_involved": "yes" if _federation_acted(happened) else "no",
        "proxy": proxies[0] if proxies else None,
        "wf_proxy": proxies.count("wf"),
        "legal_aid_granted": int("legal_aid_granted" in kinds),
        "criminal_conviction": int("conviction" in kinds),
        "guardianship_revoked": int("guardianship_revoked" in kinds),
        "public_interest_case": int(any(kind in kinds for kind in PUBLIC_INTEREST)),
        "support_prosecution": int("support_prosecution_decided" in kinds),
    }


def _federation_acted(happened: list[tuple[str, str]]) -> bool:
    """Any act of a federation that the case tells of; that ours records rights as told is not one."""
    return any(
        kind == "wf_contacted" or (body == "federation" and kind != "right_informed")
        for kind, body in happened
    )


def _moves(steps: list[StepRecord]) -> Any:
    return lambda flow, *names: sum(step.flow == flow and step.move in names for step in steps)


def _decided(steps: list[StepRecord], clock: str, now: datetime) -> list[str]:
    """From acceptance to ruling; acceptance cannot lie before filing, so the filing may prove a clock kept."""
    by_order: dict[Any, dict[str, StepRecord]] = {}
    for step in steps:
        if step.flow == "protection_order":
            by_order.setdefault(step.obj_id, {}).setdefault(step.move, step)
    found = []
    for moves in by_order.values():
        start, end = moves.get("accept") or moves.get("file"), moves.get("grant") or moves.get("dismiss")
        if start is None:
            continue
        if end is None:
            found.append("unknown")
            continue
        verdict = judge(rule_data(clock), start.when, end.when, now)
        found.append(
            "unknown" if verdict == "breached" and "accept" not in moves else SAID.get(verdict, verdict)
        )
    return found


def _within(steps: list[StepRecord], name: str, filed: int, now: datetime) -> str | None:
    if not filed:
        return None
    said = worst(_decided(steps, DECISIONS[name], now))
    return {"met": "yes", "breached": "no"}.get(said, "unknown")


def danger_level(case: Case) -> str:
    return {Danger.HIGH: "high_lethal"}.get(Danger(case.danger), case.danger)
