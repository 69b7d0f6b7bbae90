"""A scenario performed: every stated event becomes a command or a move of the product, by its proper actor, at its time."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from casework import services
from casework.codes import Channel, Form, Matter, Sex
from casework.models import Case
from casework.tools import current_tool
from scenarios import acts_conference as conference
from scenarios import acts_crime as crime
from scenarios import acts_family as family
from scenarios import acts_guardianship as guardianship
from scenarios import acts_orders as orders
from scenarios import acts_own as own
from scenarios import acts_recovery as recovery
from scenarios import acts_referrals as referrals
from scenarios import acts_report as report
from scenarios import acts_shelter as shelter
from scenarios import acts_supervision as supervision
from scenarios import acts_violence as violence
from scenarios import words
from scenarios.cast import Cast
from scenarios.facts import Event, Scenario
from scenarios.story import NOT_YET, K, Play
from scenarios.times import BadTime, parse
from workflow.engine import BadTakes, NotNow, Unmet
from workflow.when import When

HANDLERS: dict[str, Callable[[Play, Event], None]] = {
    "incident": violence.incident,
    "warning_letter_issued": violence.letter_issued,
    "warning_letter_served": violence.letter_served,
    "police_visit_done": violence.police_visit,
    "order_applied": orders.order_applied,
    "order_accepted": orders.order_accepted,
    "order_granted": orders.order_granted,
    "order_dismissed": orders.order_dismissed,
    "order_withdrawn": orders.order_withdrawn,
    "order_served": orders.order_served,
    "assist_execution_notice_sent": orders.assist_notice,
    "order_violated": orders.order_violated,
    "sanction_admonition": orders.sanction,
    "sanction_fine": orders.sanction,
    "sanction_detention": orders.sanction,
    "order_extend_applied": orders.extend_applied,
    "order_extended": orders.extended,
    "order_vary_applied": orders.vary_applied,
    "order_varied": orders.varied,
    "order_lapsed": orders.lapsed,
    "reconsideration_filed": orders.reconsideration,
    "visit_done": own.visit,
    "shelter_requested": shelter.requested,
    "shelter_admitted": shelter.admitted,
    "shelter_extended": shelter.extended,
    "shelter_left": shelter.left,
    "temporary_care_placed": shelter.taken_into_care,
    "referral_sent": referrals.referral,
    "legal_aid_applied": referrals.aid_applied,
    "legal_aid_granted": referrals.aid_granted,
    "right_informed": own.rights,
    "public_interest_case_filed": supervision.clue,
    "procuratorial_suggestion_sent": supervision.suggestion,
    "public_hearing": supervision.hearing,
    "public_interest_suit_filed": supervision.suit,
    "rectification_order": supervision.suggestion,
    "rectified": supervision.rectified,
    "support_requested": supervision.support_asked,
    "support_prosecution_applied": supervision.support_asked,
    "support_prosecution_decided": supervision.support_decided,
    "case_filed": crime.filed,
    "injury_appraisal_commissioned": crime.commissioned,
    "injury_appraisal_done": crime.appraised,
    "criminal_detention": crime.detained,
    "prosecution": crime.prosecuted,
    "conviction": crime.convicted,
    "judgment": crime.judged,
    "mandatory_report_made": report.made,
    "mandatory_report_missed": report.missed,
    "reporter_sanctioned": report.sanctioned,
    "police_reported": report.police_reported,
    "risk_review": conference.reviewed,
    "mediation_attempted": family.mediation,
    "guardianship_revocation_applied": guardianship.applied,
    "guardianship_revoked": guardianship.revoked,
    "guardian_appointed": guardianship.appointed,
    "judicial_relief_granted": recovery.judicial_relief,
}


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
    _tried(story, Event(0, K.CONTEXT_ONLY, "", "", When.unknown()), orders.rest_of_rows)
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
    scenario.findings += words.unread(scenario.raw, forms)
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
    known = {item.key for item in current_tool().items}
    given = words.answers(scale)
    story.findings += [f"danger scale: no question {key}; left out" for key in sorted(given.keys() - known)]
    answers = {key: answer for key, answer in given.items() if key in known}
    services.assess_danger(
        story.case, actor=story.cast.caseworker, answers=answers, at=When.instant(story.clock)
    )
    story.case.refresh_from_db()


def _bodies(story: Play) -> None:
    """A federation that is only named among the bodies acted too: background, which no count but that one takes."""
    named = [str(name) for name in story.scenario.part("jurisdiction").get("bodies") or []]
    named += [event.details for event in story.scenario.events if words.names_federation(event.details)]
    acted = story.case.happenings.filter(actor_body="federation").exclude(kind=K.RIGHT_INFORMED).exists()
    if not acted and any(words.names_federation(name) for name in named):
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
    _tried(story, event, HANDLERS.get(event.kind) or _on_timeline)


def _on_timeline(story: Play, event: Event) -> None:
    if event.kind in K.values:
        story.note(event)
    else:
        story.say(event, "no such event; kept as background")
        story.note(event, K.CONTEXT_ONLY)


def _tried(story: Play, event: Event, act: Callable[[Play, Event], None]) -> None:
    """What the product refuses is said, and kept on the timeline."""
    try:
        act(story, event)
    except (NotNow, Unmet, BadTakes, ValidationError) as refused:
        story.say(event, f"refused by the product: {_why(refused)}; kept on the timeline")
        story.note(event, event.kind if event.kind in K.values else K.CONTEXT_ONLY)


def _why(refused: Exception) -> str:
    if isinstance(refused, Unmet):
        return "needs " + ", ".join(need.name for need in refused.needs)
    if isinstance(refused, BadTakes):
        return "form " + ", ".join(sorted(refused.form.errors))
    return f"{type(refused).__name__} {refused}"
