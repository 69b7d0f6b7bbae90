"""Getting on her feet again in the demonstration: plans, checklists ticked, an interview held and one repeated with a reason."""

from datetime import timedelta
from typing import Any

from casework import services
from casework.codes import Role
from casework.measures.interview.models import Interview
from casework.measures.recovery_plan.models import RecoveryPlan
from casework.models import Case
from scenarios.demo.people import somebody
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform
from workflow.when import When

DAY = timedelta(days=1)
GOALS = (
    ("mind", "夜里能睡整觉，不再惊醒。"),
    ("work", "找到一份白天的工作。"),
    ("home", "租到离学校近的房子。"),
)


def tell_recovery(teller: Teller, cases: list[Case]) -> None:
    """The first being written, the others running; and one matter of the highest protection class."""
    for number, case in enumerate(cases):
        _plan(teller, case, number)
        for step in case.type.items[: 2 + number]:
            services.tick(case, actor=teller.cast.caseworker, item=step.key, answer="done")
    _highest(teller)


def _plan(teller: Teller, case: Case, number: int) -> None:
    worker, began = teller.cast.caseworker, teller.now - 20 * DAY
    plan = begin(
        RecoveryPlan, actor=worker, case=case, whose="woman", fields=["mind", "work"], situation="睡眠差，没有收入。",
        now=began,
    )  # fmt: skip
    for kind, text in GOALS[: number + 1]:
        perform(plan, "add_goal", actor=worker, field=kind, goal=text, now=began)
    if number == 0:
        return
    day = (teller.now + (5 * number - 4) * DAY).date()
    perform(plan, "agree", actor=worker, agrees=True, review_on=day, **teller.at(began + DAY))
    for week in range(number):
        perform(
            plan, "record_session", actor=worker, held="counselling", holder="hospital", attendance="came",
            account="呼吸练习，下次带睡眠记录。", **teller.at(began + (3 + 7 * week) * DAY),
        )  # fmt: skip
    perform(
        plan, "ask_for_aid", actor=worker, aid="temporary", body="civil_affairs", **teller.at(began + 4 * DAY)
    )
    if number > 1:
        answer: dict[str, Any] = {"request": "1", "answer": "granted", "yuan": 1200}
        perform(plan, "record_answer", actor=worker, **answer, **teller.at(began + 12 * DAY))
        perform(
            plan, "settle_goal", actor=worker, which="1", reached="reached", **teller.at(began + 16 * DAY)
        )


def _highest(teller: Teller) -> None:
    worker, opened = teller.cast.caseworker, teller.now - 9 * DAY
    case = services.open_case(
        actor=worker, at=When.instant(opened), channel="walk_in", matter="sexual_violence", forms=["sexual"],
        relation="X7_acquaintance", area=teller.rng.choice(teller.areas), harms=["molest", "image"],
        wishes=["police", "counselling"],
    )  # fmt: skip
    woman = somebody(teller.rng, "f", 26, opened.year)
    victim = services.add_person(
        case, actor=worker, role=Role.VICTIM, name=woman.name, phone=woman.phone, sex="f", age=26
    )
    services.record_incident(
        case,
        actor=worker,
        when=When.day((opened - DAY).date()),
        forms=["sexual"],
        account="在同事聚会后被侵害，已报警。",
    )
    services.judge_danger(case, actor=teller.cast.lead, level="medium", reason="嫌疑人知道其住处。")
    services.assign_case(case, actor=teller.cast.lead, user_id=worker.user_id)
    case.refresh_from_db()
    perform(case, "activate", actor=worker, now=opened + DAY)
    for item in ("safe_now", "medical", "police"):
        services.tick(case, actor=worker, item=item, answer="done")
    given: dict[str, Any] = {"case": case, "person": victim.pk, "subjects": ["violence", "sexual"]}
    first = begin(Interview, actor=worker, by="police", purpose="criminal", **given)
    perform(first, "hold", actor=worker, by_woman=True, **teller.at(opened + DAY))
    begin(
        Interview,
        actor=worker,
        by="procuratorate",
        purpose="criminal",
        again_reason="首次笔录缺少影像传播的情况。",
        **given,
    )
