"""Looking out for people in the demonstration: rounds through communities, a watch list, bodies asked to act."""

from datetime import timedelta
from typing import Any

from agencies.models import Agency
from casework.measures.key_watch.models import KeyWatch
from casework.measures.screening_round.models import ScreeningCheck, ScreeningRound
from casework.measures.screening_round.services import set_aside
from casework.measures.supervision.models import Supervision
from casework.models import Case
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform

DAY = timedelta(days=1)
COMMITTEE = "灵泉镇居民委员会"
BRIEF = "二号楼三单元，夫妻与一个孩子；路过时留意争吵声。"


def tell_watching(teller: Teller) -> None:
    ours = Case.objects.visible_to(teller.cast.caseworker).filter(state="active").order_by("-created_at")
    for number, days in enumerate((40, 5)):
        _round(teller, days, over=number == 0)
    for number, case in enumerate(ours.filter(matter="dv")[:2]):
        _watch(teller, case, confirmed=number == 0)
    for number, case in enumerate(ours.filter(matter="dv")[:3]):
        _demand(teller, case, far=(1, 2, 0)[number])


def _round(teller: Teller, days: int, *, over: bool) -> None:
    """One that is over, its finding known already; one under way."""
    worker, began = teller.cast.caseworker, teller.now - days * DAY
    one: ScreeningRound = begin(
        ScreeningRound, actor=worker, agency_id=worker.agency_id, area=teller.rng.choice(teller.areas).pk, method="grid",
        committee=Agency.objects.get(name=COMMITTEE).pk, starts_on=began.date(), ends_on=(began + 14 * DAY).date(),
        households=240, **teller.at(began),
    )  # fmt: skip
    perform(one, "start", actor=worker, **teller.at(began))
    for result, how_many in (("nothing", 170), ("nobody", 31), ("tension", 6)):
        perform(one, "check", actor=worker, result=result, how_many=how_many, **teller.at(began + DAY))
    if over:
        told = "邻居说夜里常有争吵和哭声，本人愿意谈。"
        perform(one, "check", actor=worker, result="found", account=told, **teller.at(began + 2 * DAY))
        for check in ScreeningCheck.objects.filter(round=one, result="found"):
            set_aside(check, actor=worker, why="已有个案，信息已补充。")
        perform(one, "finish", actor=worker, lessons="晚间入户更容易见到人。", now=began + 14 * DAY)


def _watch(teller: Teller, case: Case, *, confirmed: bool) -> None:
    cast, began = teller.cast, teller.now - 6 * DAY
    again: dict[str, Any] = {"level": 3, "review_on": (teller.now + 12 * DAY).date()}
    one: KeyWatch = begin(
        KeyWatch, actor=cast.caseworker, case=case, source="grid", grounds=["repeated", "separation"],
        why="半年内两次报警，正在办理离婚。", now=began, **again,
    )  # fmt: skip
    if confirmed:
        watcher = Agency.objects.get(name=COMMITTEE).pk
        perform(
            one,
            "confirm",
            actor=cast.lead,
            watcher=watcher,
            brief=BRIEF,
            now=began + DAY,
            **again,
        )
        perform(
            one,
            "report",
            actor=cast.caseworker,
            sign="tension",
            account="院内有争吵声。",
            **teller.at(began + 3 * DAY),
        )


def _demand(teller: Teller, case: Case, *, far: int) -> None:
    """One being prepared, one that waits for its answer, one urged in writing after an answer that was not enough."""
    cast, began = teller.cast, teller.now - 30 * DAY
    one: Supervision = begin(
        Supervision, actor=cast.caseworker, case=case, addressee=cast.police.agency_id, subject="not_handled",
        facts_of_matter="该妇女两次报警，未出具受案回执。", demand="请依法受理并书面反馈。", **teller.at(began),
    )  # fmt: skip
    if far > 0:
        due = (teller.now + 3 * DAY if far == 1 else began + 10 * DAY).date()
        perform(one, "send", actor=cast.lead, reply_by=due, **teller.at(began + DAY))
    if far > 1:
        perform(one, "answer", actor=cast.police, answer="正在了解情况。", **teller.at(began + 8 * DAY))
        later = (teller.now + 4 * DAY).date()
        perform(one, "urge", actor=cast.lead, reply_by=later, **teller.at(began + 11 * DAY))
