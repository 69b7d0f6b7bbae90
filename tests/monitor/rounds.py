"""A district with a bureau, a committee office, a health office that reports, and a chair of the leading group."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from monitor.entry import Row, save, slot_for
from monitor.models import (
    EarlyWarning,
    Inspection,
    PlanRecord,
    PlanReport,
    Proposal,
    Publication,
    Reporter,
    Responsibility,
    Round,
    Seat,
    Status,
    Submission,
    UnitPaper,
    Value,
)
from monitor.publishing import content_of
from tests.people import an_actor, an_agency, district
from workflow.engine import begin, perform

HEALTH = ("D1.02a", "D1.02b", "D1.04b", "D1.10a")


def the_bureau() -> Agency:
    return an_agency(AgencyKind.STATISTICS, "扎赉诺尔区统计局")


def bureau() -> Actor:
    return an_actor(Role.SUPERVISOR, the_bureau())


def office() -> Actor:
    return an_actor(
        Role.SUPERVISOR, an_agency(AgencyKind.COMMITTEE_OFFICE, "扎赉诺尔区妇女儿童工作委员会办公室")
    )


def the_health_office() -> Agency:
    return an_agency(AgencyKind.PARTNER, "扎赉诺尔区卫生健康委员会")


def health() -> Actor:
    return an_actor(Role.LIAISON, the_health_office())


def reports(*codes: str) -> None:
    for code in codes:
        Reporter.objects.get_or_create(
            area=district(), indicator=code, defaults={"agency": the_health_office()}
        )


def a_chair() -> Actor:
    chair = an_actor(Role.LIAISON, an_agency(AgencyKind.PARTNER, "扎赉诺尔区人民政府办公室"))
    Seat.objects.create(area=district(), group=Seat.Group.LEADING, user_id=chair.user_id)
    return chair


def a_round(year: int = 2025, codes: tuple[str, ...] = HEALTH) -> Round:
    reports(*codes)
    due = timezone.localdate() + timedelta(days=60)
    planner = bureau()
    return begin(
        Round,
        actor=planner,
        area=district(),
        planner_id=planner.user_id,
        kind="annual",
        year=year,
        due_on=due,
    )


def collecting(year: int = 2025, codes: tuple[str, ...] = HEALTH) -> tuple[Round, Submission]:
    one = a_round(year, codes)
    perform(one, "call", actor=bureau())
    return one, Submission.objects.get(round=one)


def row(code: str, sex: str = "all", part: str = "", year: int = 2025, **given: Any) -> Row:
    slot = slot_for(code, sex, part)
    assert slot is not None
    return Row(slot, year, {name: str(value) for name, value in given.items()})


def good_rows() -> list[Row]:
    return [
        row("D1.02a", x=1, n=400), row("D1.02b", x=380, n=400), row("D1.04b", x=240, n=400),
        row("D1.10a", x=90, n=300), row("D1.10a", "f", x=40, n=150), row("D1.10a", "m", x=50, n=150),
    ]  # fmt: skip


def past(code: str, *xs: int, n: int = 400, first: int = 2021) -> None:
    """Final values of earlier years."""
    who = health()
    for year, x in enumerate(xs, start=first):
        Value.objects.create(
            area=district(), indicator=code, year=year, answer="number", x=x, n=n, status=Status.FINAL,
            agency=the_health_office(), entered_by_id=who.user_id, entered_at=timezone.now(),
        )  # fmt: skip


def published(year: int = 2025) -> Round:
    """A whole round, from its plan to the board."""
    one, submission = collecting(year)
    unit, chair = health(), a_chair()
    save(submission, good_rows(), actor=unit)
    perform(submission, "hand_in", actor=unit)
    perform(submission, "accept", actor=bureau())
    for move in ("close", "hand_up"):
        perform(one, move, actor=bureau())
    perform(one, "approve", actor=chair)
    perform(one, "publish", actor=bureau())
    return one


def responsible(target: str) -> None:
    Responsibility.objects.get_or_create(
        area=district(), target=target, agency=the_health_office(), defaults={"part": "lead"}
    )


_years = count(2011)


def a_collection_round() -> Any:
    return a_round(next(_years) % 14 + 2011)


def a_submission() -> Any:
    return begin(Submission, actor=bureau(), round=a_collection_round(), agency=the_health_office())


def an_early_warning() -> Any:
    more: dict[str, Any] = {"kind": "hard", "level": "red", "year": 2025, "latest_year": 2025}
    return begin(
        EarlyWarning,
        actor=bureau(),
        area=district(),
        agency=the_health_office(),
        indicator="D1.04b",
        **more,
    )


def a_paper(**more: Any) -> Any:
    given: dict[str, Any] = {
        "kind": "annual",
        "year": 2025,
        "due_on": timezone.localdate() + timedelta(days=9),
        **more,
    }
    return begin(UnitPaper, actor=office(), area=district(), agency=the_health_office(), **given)


def an_inspection(**more: Any) -> Any:
    given: dict[str, Any] = {"target": "D1.T4", "held_on": timezone.localdate(), **more}
    return begin(Inspection, actor=office(), area=district(), agency=the_health_office(), **given)


def a_plan_report(publication: Publication | None = None) -> Any:
    """On the publication given, or on an empty one."""
    writer = office()
    publication = publication or Publication.objects.create(
        round=a_collection_round(), area=district(), year=2025, version=1, content=content_of("150703", 2025),
        digest="0" * 64, published_by_id=writer.user_id, published_at=timezone.now(),
    )  # fmt: skip
    given: dict[str, Any] = {"writer_id": writer.user_id, "publication_id": publication.pk, "kind": "annual"}
    return begin(PlanReport, actor=writer, area=district(), **given)


def a_record(kind: str = "practice", **more: Any) -> Any:
    given: dict[str, Any] = {"year": 2025, "heading": "移动筛查车进社区", "text": "每月一次", **more}
    return begin(PlanRecord, actor=office(), area=district(), agency=the_health_office(), kind=kind, **given)


def a_proposal(kind: str = "evaluation", **more: Any) -> Any:
    proposer = bureau()
    given: dict[str, Any] = {"text": "中期评估方案正文", **more}
    return begin(Proposal, actor=proposer, area=district(), proposer_id=proposer.user_id, kind=kind, **given)
