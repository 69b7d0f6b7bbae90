"""The registers of the demonstration. Names, offices and numbers are invented; the numbers belong to nobody."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.measures.registers.models import Event, Expert, Unit
from casework.measures.registers.services import add_entry
from scenarios.demo.stories import Teller

# days ago, kind, topic, title, audience, women, men, hours
EVENTS = (
    (12, "publicity", "violence", "“家和万事兴”反家暴宣传进社区", "residents", 126, 58, 0),
    (33, "training", "violence", "强制报告和告诫制度业务培训", "grid", 41, 19, 6),
    (58, "legal_education", "family", "婚姻家庭编普法讲座", "residents", 73, 22, 0),
    (91, "legal_education", "children", "防性侵安全教育进校园", "school", 210, 198, 0),
    (140, "training", "harassment", "用人单位防治性骚扰专题培训", "work", 35, 27, 4),
)
UNITS = (
    ("灵泉镇中心小学（示例）", "school", 300, ("rules", "officer", "channel", "reply"), "德育处"),
    ("草原明珠宾馆（示例）", "lodging", 120, ("rules", "channel"), "人力资源部"),
    ("北方物流公司（示例）", "enterprise", None, (), "工会"),
)
EXPERTS = (
    ("萨仁", "lawyer", "呼伦法律服务所（示例）", ("violence", "family"), ("zh", "mn")),
    ("于静", "counsellor", "扎赉诺尔心理服务站（示例）", ("violence", "children"), ("zh",)),
    ("乌日娜", "interpreter", "区民族事务服务中心（示例）", (), ("zh", "mn")),
)


def tell_registers(teller: Teller) -> None:
    """A few lines in each register; nothing where there are some already."""
    worker, today = teller.cast.caseworker, timezone.localdate(teller.now)
    if Event.objects.visible_to(worker).exists():
        return
    for days, kind, topic, title, audience, women, men, hours in EVENTS:
        add_entry(
            Event, actor=worker, kind=kind, topic=topic, title=title, held_on=today - timedelta(days=days),
            audience=audience, women=women, men=men, hours=hours, area=teller.rng.choice(teller.areas) if teller.areas else None,
        )  # fmt: skip
    for title, kind, age, parts, contact in UNITS:
        since = today - timedelta(days=age) if age else None
        fields: dict[str, Any] = {"title": title, "kind": kind, "established_on": since, "parts": list(parts)}
        add_entry(Unit, actor=worker, contact=contact, **fields)
    for name, kind, body, topics, languages in EXPERTS:
        fields = {
            "name": name,
            "kind": kind,
            "body": body,
            "topics": list(topics),
            "languages": list(languages),
        }
        add_entry(Expert, actor=worker, agreed_on=today - timedelta(days=200), **fields)
