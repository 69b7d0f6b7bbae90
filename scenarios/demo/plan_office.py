"""Around the invented values: groups, records, a scheme, a meeting, a published report. Every text says it is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Posting, User
from agencies.seed import DISTRICT
from monitor.models import PlanRecord, PlanReport, Proposal, Publication, Seat
from monitor.organisation import hold, refer, seat
from monitor.records import the_file
from workflow.engine import begin, perform

DEMO = "（演示）"
PARTS = {
    "attainment": "多数可监测指标已达标，筛查类指标差距较大",
    "effect": "免费筛查、就业培训等措施覆盖全部镇街",
    "experience": "移动筛查车进社区，逐户通知",
    "problems": "边远镇街筛查覆盖不足，分性别数据仍有缺项",
    "outlook": "按现有进度，宫颈癌人群筛查率到2030年难以达标",
    "suggestions": "增加流动筛查轮次，纳入镇街年度考核",
}
# kind, target, year, unit, heading, text, suggestion, days until due
HEALTH, CIVIL = "扎赉诺尔区卫生健康委员会", "扎赉诺尔区民政局"
JUSTICE, FEDERATION = "扎赉诺尔区司法局（法律援助中心）", "扎赉诺尔区妇女联合会"
RECORDS: tuple[tuple[str, str, int, str, str, str, str, int | None], ...] = (
    ("practice", "D1.T4", 2025, HEALTH, "移动筛查车进社区", "每月一次到社区，现场登记、现场反馈", "", None),
    (
        "problem",
        "D1.T4",
        2025,
        HEALTH,
        "边远镇街筛查覆盖不足",
        "两个镇街低于平均水平",
        "增加两轮流动筛查",
        -20,
    ),
    ("project", "D5.T8", 2026, CIVIL, "护理型床位扩建", "新增床位四十张", "", 200),
    ("demonstration", "D6.T6", 2025, JUSTICE, "家事调解示范站", "镇街调解站开放日", "", None),
    ("survey", "D6.T7", 2026, FEDERATION, "家务劳动时间专项调查", "抽样五百户，补齐缺项数据", "", 90),
)


def tell_office(bureau: Actor, office: Actor, chair: Actor, health: Actor) -> None:
    _seats(office, health)
    for kind, target, year, unit, heading, text, suggestion, days in RECORDS:
        due = None if days is None else timezone.localdate() + timedelta(days=days)
        columns: dict[str, Any] = {
            "kind": kind,
            "target": target,
            "year": year,
            "heading": heading + DEMO,
            "text": text,
        }
        agency = Agency.objects.get(name=unit)
        begin(
            PlanRecord,
            actor=office,
            area_id=DISTRICT,
            agency=agency,
            suggestion=suggestion,
            due_on=due,
            **columns,
        )
    _proposals(bureau, office, chair)
    _report(bureau, office, chair)
    day = timezone.localdate().replace(month=3, day=6)
    held = {"kind": "plenary", "held_on": day, "decisions": f"审议年度工作总结和计划，通过监测方案{DEMO}"}
    hold(DISTRICT, actor=office, **held)
    place: dict[str, Any] = {
        "document": f"国民经济和社会发展第十四个五年规划纲要{DEMO}",
        "place": "第九篇",
        "dated_on": day,
    }
    refer(DISTRICT, "D1.T4", actor=office, **place)


def _seats(office: Actor, health: Actor) -> None:
    """The third party is a person without a known password, let in for ninety days."""
    seat(DISTRICT, Seat.Group.MONITORING, actor=office, user_id=health.user_id)
    civil = User.objects.get(username="minzheng")
    seat(DISTRICT, Seat.Group.EVALUATION, actor=office, user_id=civil.pk)
    kind = {"kind": AgencyKind.PARTNER, "short_name": "评估机构", "area_id": DISTRICT}
    body = Agency.objects.get_or_create(name=f"第三方评估机构{DEMO}", defaults=kind)[0]
    person = User(username="pinggu", display_name=f"第三方评估员{DEMO}")
    person.set_unusable_password()
    person.save()
    Posting.objects.create(user=person, agency=body, role=Role.LIAISON)
    until = timezone.localdate() + timedelta(days=90)
    seat(DISTRICT, Seat.Group.THIRD_PARTY, actor=office, user_id=person.pk, ends_on=until)


def _proposals(bureau: Actor, office: Actor, chair: Actor) -> None:
    fixed: dict[str, Any] = {"area_id": DISTRICT, "proposer_id": bureau.user_id}
    book: dict[str, Any] = {"kind": "dictionary", "text": f"首次审定指标体系{DEMO}", **the_file()}
    perform(begin(Proposal, actor=bureau, **fixed, **book), "approve", actor=chair)
    fixed["proposer_id"] = office.user_id
    begin(
        Proposal, actor=office, kind="evaluation", text=f"中期评估方案：范围、方法、进度和分工{DEMO}", **fixed
    )


def _report(bureau: Actor, office: Actor, chair: Actor) -> None:
    newest = Publication.objects.order_by("-year", "-published_at").first()
    given: dict[str, Any] = {
        "area_id": DISTRICT,
        "writer_id": bureau.user_id,
        "publication": newest,
        "kind": "annual",
    }
    report = begin(PlanReport, actor=bureau, **given)
    parts: dict[str, Any] = {name: f"{text}{DEMO}。" for name, text in PARTS.items()}
    perform(report, "write", actor=bureau, **parts)
    for move, who in (("circulate", bureau), ("hand_up", bureau), ("approve", chair), ("publish", office)):
        perform(report, move, actor=who)
