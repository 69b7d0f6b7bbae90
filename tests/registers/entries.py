"""Lines of the registers for tests, made the way the product makes them."""

from datetime import date
from typing import Any

from agencies.actor import Actor
from casework.measures.registers.models import Event, Expert, MonthRecord, Unit
from casework.measures.registers.services import add_entry
from tests.people import town

MOBILE = "13847001234"
EVENT: dict[str, Any] = {
    "kind": "publicity", "topic": "violence", "title": "反家暴宣传进社区", "held_on": "2026-03-08", "audience": "residents",
    "women": 80, "men": 30, "unstated": 0, "hours": 0,
}  # fmt: skip
UNIT: dict[str, Any] = {
    "title": "扎赉诺尔煤业公司", "kind": "enterprise", "parts": ["rules", "channel"], "established_on": "2026-02-01",
    "contact": "工会女职工委员会", "office_phone": "04706520001",
}  # fmt: skip
EXPERT: dict[str, Any] = {
    "name": "乌云", "kind": "lawyer", "body": "北疆律师事务所", "languages": ["zh", "mn"], "topics": ["violence"],
    "office_phone": "04706520002", "agreed_on": "2026-01-05", "mobile": MOBILE, "note": "擅长保护令",
}  # fmt: skip
MONTH: dict[str, Any] = {
    "month": "2026-03", "shelter": "幸福驿站", "beds": 6, "days": 31, "incoming": 40, "answered": 36,
    "asked": 20, "satisfied": 18,
}  # fmt: skip
TYPED = {"events": EVENT, "units": UNIT, "experts": EXPERT, "months": MONTH}


def an_event(actor: Actor, **fields: Any) -> Event:
    return add_entry(Event, actor=actor, **(EVENT | {"area": town()} | fields))


def a_unit(actor: Actor, **fields: Any) -> Unit:
    return add_entry(Unit, actor=actor, **(UNIT | fields))


def an_expert(actor: Actor, **fields: Any) -> Expert:
    return add_entry(Expert, actor=actor, **(EXPERT | fields))


def a_month(actor: Actor, month: str = "2026-03-01", **fields: Any) -> MonthRecord:
    return add_entry(MonthRecord, actor=actor, **(MONTH | {"month": date.fromisoformat(month)} | fields))
