"""Invented cases, told through the product's own commands and moves at times before now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from agencies.models import Area
from casework import services
from casework.codes import Channel, ClosingReason, Form, Matter, Relation, Role
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from casework.tools import current_tool
from protection_orders.models import ProtectionOrder
from scenarios.cast import Cast
from scenarios.demo.crime import tell_crime
from scenarios.demo.people import a_surname, somebody, words
from scenarios.demo.referrals import tell_referral
from workflow.engine import begin, perform
from workflow.when import When

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS = (
    "letter_asked",
    "letter_running",
    "letter_served",
    "order_filed",
    "order_running",
    "order_ending",
    "closed",
    "intake",
)
DANGERS = ("high", "medium", "low", "undetermined", "medium", "undetermined")
RELATIONS = (Relation.SPOUSE,) * 3 + (Relation.EX_SPOUSE, Relation.COHABITANT, Relation.DATING)
CHANNELS = (Channel.HOTLINE, Channel.HOTLINE, Channel.WALK_IN, Channel.POLICE_110)
ENDS = (ClosingReason.SAFE, ClosingReason.RESOLVED)
YES = {"high": 7, "medium": 4, "low": 1, "undetermined": 2}


@dataclass(slots=True)
class Teller:
    """One run: whoever acts, the dice, and the moment that is now."""

    cast: Cast
    rng: Random
    now: datetime
    areas: list[Area]
    day: timedelta = DAY

    def at(self, moment: datetime) -> dict[str, Any]:
        return {"at": When.instant(moment), "now": moment}


def tell(teller: Teller, number: int) -> Case:
    """The case with this number: its kind goes round, everything else is drawn."""
    kind = KINDS[number % len(KINDS)]
    opened = teller.now - DAY * teller.rng.randrange(6, 120)
    case = invented(teller, opened, DANGERS[number % len(DANGERS)])
    if kind != "intake":
        services.assign_case(case, actor=teller.cast.lead, user_id=teller.cast.caseworker.user_id)
        case.refresh_from_db()
        perform(case, "activate", actor=teller.cast.caseworker, now=opened + 2 * HOUR)
        STORIES[kind](teller, case, opened)
    if number % 3 == 0:
        begin(
            FollowUpVisit,
            actor=teller.cast.caseworker,
            case=case,
            basis="danger",
            due_at=teller.now + (number % 5 - 1) * DAY,
        )
    if number % 5 == 0:
        tell_referral(teller, case, number)
    if kind not in ("intake", "closed"):
        tell_crime(teller, case, number)
    return case


def invented(teller: Teller, opened: datetime, danger: str) -> Case:
    rng, cast = teller.rng, teller.cast
    forms = rng.sample(Form.values[:5], k=rng.choice((1, 1, 2, 3)))
    relation = rng.choice(
        (
            Relation.SPOUSE,
            Relation.SPOUSE,
            Relation.SPOUSE,
            Relation.EX_SPOUSE,
            Relation.COHABITANT,
            Relation.DATING,
        )
    )
    case = services.open_case(
        actor=cast.operator, at=When.instant(opened), channel=rng.choice(CHANNELS),
        matter=Matter.DV, forms=forms, relation=relation, area=rng.choice(teller.areas),
    )  # fmt: skip
    victim_sex = "m" if rng.random() < 0.06 else "f"
    victim = somebody(rng, victim_sex, rng.randrange(20, 66), opened.year)
    other = somebody(rng, "f" if victim_sex == "m" else "m", rng.randrange(22, 68), opened.year)
    for role, person in ((Role.VICTIM, victim), (Role.RESPONDENT, other)):
        services.add_person(
            case, actor=cast.operator, role=role, name=person.name, phone=person.phone, id_number=person.id_number,
            sex=person.sex, age=person.age, work=person.work, language=person.language,
        )  # fmt: skip
    if rng.random() < 0.5:
        child = somebody(rng, rng.choice("fm"), rng.randrange(2, 17), opened.year, a_surname(rng))
        services.add_person(
            case, actor=cast.operator, role=Role.CHILD, name=child.name, age=child.age, sex=child.sex
        )
    accounts = words("words")["accounts"]["physical"]
    services.record_incident(
        case, actor=cast.operator, when=When.day((opened - DAY).date()), forms=forms, account=rng.choice(accounts),
        injured=rng.random() < 0.4, weapon=rng.random() < 0.15, children_present=rng.random() < 0.4,
    )  # fmt: skip
    services.assess_danger(case, actor=cast.operator, answers=_answers(rng, danger), at=When.instant(opened))
    services.inform_rights(case, actor=cast.operator, at=When.instant(opened))
    services.answer_children(case, actor=cast.operator, answer=rng.random() < 0.5)
    services.set_safe_contact(
        case, actor=cast.operator, phone=victim.phone, code_word=rng.choice(words("words")["code_words"]),
        hours=[{"days": list(range(5)), "from": "09:00", "to": "11:30"}],
    )  # fmt: skip
    if danger == "high":
        services.write_safety_plan(
            case, actor=cast.caseworker, steps=["police", "exit", "bag"], text=words("words")["plans"][0]
        )
    case.refresh_from_db()
    return case


def _answers(rng: Random, danger: str) -> dict[str, str]:
    items = [item.key for item in current_tool().items if not item.flag]
    yes = set(rng.sample(items, YES[danger]))
    rest = "unknown" if danger == "undetermined" else "no"
    return {item.key: "yes" if item.key in yes else rest for item in current_tool().items}


def new_letter(teller: Teller, case: Case) -> WarningLetter:
    return begin(WarningLetter, actor=teller.cast.caseworker, case=case, letter_type="dv", origin="victim")


def ask_police(teller: Teller, letter: WarningLetter, moment: datetime) -> None:
    takes: dict[str, Any] = {"police_agency": teller.cast.police.agency_id, "grounds": ["victim_asks"]}
    perform(letter, "request", actor=teller.cast.caseworker, **takes, **teller.at(moment))


def letter_asked(teller: Teller, case: Case, opened: datetime) -> None:
    ask_police(teller, new_letter(teller, case), opened + DAY)


def letter_running(teller: Teller, case: Case, opened: datetime) -> None:
    """Accepted; some of the 72 hours are left, or none."""
    letter = new_letter(teller, case)
    accepted = teller.now - teller.rng.choice((10, 40, 66, 80)) * HOUR
    ask_police(teller, letter, accepted - 3 * HOUR)
    perform(letter, "accept", actor=teller.cast.police, **teller.at(accepted))


def letter_served(teller: Teller, case: Case, opened: datetime) -> None:
    letter, police = new_letter(teller, case), teller.cast.police
    ask_police(teller, letter, opened + 4 * HOUR)
    perform(letter, "accept", actor=police, **teller.at(opened + 6 * HOUR))
    perform(
        letter,
        "issue",
        actor=police,
        letter_number=f"告字〔2026〕{teller.rng.randrange(1, 90)}号",
        **teller.at(opened + 30 * HOUR),
    )
    perform(letter, "note_notice", actor=teller.cast.caseworker, **teller.at(opened + 34 * HOUR))
    perform(letter, "serve", actor=police, **teller.at(opened + 48 * HOUR))
    visited = opened + 6 * DAY
    if visited < teller.now and teller.rng.random() < 0.7:
        perform(
            letter,
            "visit_clean",
            actor=police,
            found_by="police",
            account="未发现再犯。",
            **teller.at(visited),
        )


def apply_for_order(teller: Teller, case: Case, filed: datetime) -> ProtectionOrder:
    order = begin(ProtectionOrder, actor=teller.cast.caseworker, case=case, **teller.at(filed - 2 * HOUR))
    takes: dict[str, Any] = {
        "applicant": "self", "legal_basis": "ADVL23", "requested": ["M1", "M2", "M3", "M4"], "jurisdiction": "place",
        "court": teller.cast.court.agency_id, "police_agency": teller.cast.police.agency_id, "evidence": ["E1", "E8"],
        "urgent": teller.rng.random() < 0.4,
    }  # fmt: skip
    perform(order, "prepare", actor=teller.cast.caseworker, now=filed - HOUR, **takes)
    perform(order, "file", actor=teller.cast.caseworker, **teller.at(filed))
    return order


def order_filed(teller: Teller, case: Case, opened: datetime) -> None:
    apply_for_order(teller, case, teller.now - teller.rng.randrange(4, 60) * HOUR)


def order_running(teller: Teller, case: Case, opened: datetime) -> None:
    accepted = teller.now - teller.rng.choice((8, 30, 60)) * HOUR
    order = apply_for_order(teller, case, accepted - 5 * HOUR)
    perform(order, "accept", actor=teller.cast.court, **teller.at(accepted))


def order_ending(teller: Teller, case: Case, opened: datetime) -> None:
    """Made months ago: some end soon, one was broken, some run on."""
    left = teller.rng.choice((9, 20, 40, 90))
    made = teller.now - (180 - left) * DAY
    order, court = apply_for_order(teller, case, made - 30 * HOUR), teller.cast.court
    perform(order, "accept", actor=court, **teller.at(made - 24 * HOUR))
    end = (teller.now + left * DAY).date()
    perform(order, "grant", actor=court, granted=["M1", "M2"], lapses_on=end, **teller.at(made))
    perform(order, "serve", actor=court, not_stated=True, **teller.at(made + 20 * HOUR))
    perform(order, "notify_police", actor=court, **teller.at(made + 21 * HOUR))
    if teller.rng.random() < 0.4:
        broken = teller.now - 5 * DAY
        perform(
            order,
            "report_breach",
            actor=teller.cast.caseworker,
            breach="harassment",
            found_by="victim",
            **teller.at(broken),
        )


def closed(teller: Teller, case: Case, opened: datetime) -> None:
    ended = min(teller.now - DAY, opened + 40 * DAY)
    perform(
        case, "close", actor=teller.cast.caseworker, closing_reason=teller.rng.choice(ENDS),
        follow_up_on=(teller.now + 10 * DAY).date(), **teller.at(ended),
    )  # fmt: skip


STORIES = {
    "letter_asked": letter_asked, "letter_running": letter_running, "letter_served": letter_served, "order_filed": order_filed,
    "order_running": order_running, "order_ending": order_ending, "closed": closed,
}  # fmt: skip
