"""A recovery plan from her first goal to its end, and one refusal for each rule."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework import services
from casework.measures.recovery_plan.models import RecoveryPlan
from casework.measures.recovery_plan.workflow import FLOW
from casework.suggestions import suggestions_for
from indicators.figures import FIGURES
from tests.casework.cases import ALL_NO, a_case
from tests.people import a_caseworker, a_policeman, an_operator, another_federation, signed_in
from tests.workflow.refusals import missing
from workflow.engine import BadTakes, Unmet, begin, perform
from workflow.models import Deadline
from workflow.sweep import sweep

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
GOAL = "每晚能睡五个小时"


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_default_timezone()) + timedelta(hours=12)


def drafted(worker: Actor, **fields: Any) -> RecoveryPlan:
    given: dict[str, Any] = {"whose": "woman", "fields": ["mind", "money"]} | fields
    made: RecoveryPlan = begin(
        RecoveryPlan, actor=worker, case=given.pop("case", None) or a_case(worker), now=noon(TODAY), **given
    )
    return made


def with_goal(worker: Actor, **fields: Any) -> RecoveryPlan:
    plan = drafted(worker, **fields)
    perform(plan, "add_goal", actor=worker, field="mind", goal=GOAL, now=noon(TODAY))
    return plan


def running(worker: Actor, **fields: Any) -> RecoveryPlan:
    plan = with_goal(worker, **fields)
    perform(plan, "agree", actor=worker, agrees=True, review_on=TODAY + 30 * DAY, now=noon(TODAY))
    return plan


def unmet(plan: RecoveryPlan, move: str, actor: Actor, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(plan, move, actor=actor, **takes)
    return [need.name for need in refused.value.needs]


@pytest.mark.django_db
def test_a_plan_lives_from_her_first_goal_to_its_end() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    plan = running(worker, case=case)
    on: dict[str, Any] = {"now": noon(TODAY + 9 * DAY)}
    perform(
        plan, "record_session", actor=worker, held="counselling", holder="hospital", attendance="came", **on
    )
    perform(
        plan, "record_session", actor=worker, held="counselling", holder="hospital", attendance="missed", **on
    )
    perform(
        plan, "ask_for_aid", actor=worker, aid="judicial", body="procuratorate", account="判决未执行", **on
    )
    step = perform(plan, "record_answer", actor=worker, request="1", answer="granted", yuan=8000, **on)
    assert (FIGURES["judicial_given"].counts_step(step.facts), FIGURES["judicial_asked"].moves) == (
        True,
        ("ask_for_aid",),
    )
    review: dict[str, Any] = {"progress": "worse", "safe": "no", "review_on": TODAY + 60 * DAY}
    perform(plan, "review", actor=worker, **review, now=noon(TODAY + 28 * DAY))
    perform(plan, "settle_goal", actor=worker, which="1", reached="reached", now=noon(TODAY + 50 * DAY))
    perform(plan, "complete", actor=worker, outcome="睡眠恢复", now=noon(TODAY + 51 * DAY))
    clocks = Deadline.objects.filter(obj_id=plan.pk).order_by("created_at")
    told = set(case.happenings.values_list("kind", "actor_body"))
    again = case.tasks.filter(kind="reassess_danger", reason="review", done_at=None).count()
    assert (plan.state, plan.attended, [row.state for row in clocks], clocks[0].is_policy, told, again) == (
        "completed", 1, ["met", "met"], True,
        {("counselling_done", "hospital"), ("judicial_relief_granted", "procuratorate")}, 1,
    )  # fmt: skip


@pytest.mark.django_db
def test_one_refusal_for_each_rule() -> None:
    worker = a_caseworker()
    plan = drafted(worker)
    agree: dict[str, Any] = {"agrees": True, "review_on": TODAY + 30 * DAY, "now": noon(TODAY)}
    assert unmet(plan, "agree", worker, **agree) == ["has_goal"]
    perform(plan, "add_goal", actor=worker, field="mind", goal=GOAL, now=noon(TODAY))
    assert unmet(plan, "agree", worker, **agree | {"agrees": False}) == ["agreed_herself"]
    assert unmet(plan, "agree", worker, **agree | {"review_on": TODAY + 91 * DAY}) == ["review_ahead"]
    perform(plan, "agree", actor=worker, **agree)
    assert missing(plan, "record_answer", worker) == ["aid_is_waiting"]
    perform(plan, "ask_for_aid", actor=worker, aid="temporary", body="civil_affairs", now=noon(TODAY))
    assert unmet(plan, "complete", worker, outcome="无") == ["goals_settled", "aid_answered", "reviewed"]
    with pytest.raises(BadTakes):
        perform(plan, "settle_goal", actor=worker, which="7", reached="reached")
    perform(plan, "settle_goal", actor=worker, which="1", reached="dropped")
    assert missing(plan, "settle_goal", worker) == ["goal_is_open"]
    with pytest.raises(Unmet) as refused:
        drafted(worker, case=plan.case)
    assert [need.name for need in refused.value.needs] == ["no_other_open"]


@pytest.mark.django_db
def test_a_look_forgotten_is_missed_and_a_pause_forgets_nobody() -> None:
    worker = a_caseworker()
    plan = running(worker)
    perform(plan, "pause", actor=worker, reason="回娘家", now=noon(TODAY + DAY))
    sweep(noon(TODAY + 40 * DAY))
    assert Deadline.objects.get(obj_id=plan.pk).state == "missed"


@pytest.mark.django_db
@pytest.mark.parametrize("stranger", [an_operator, a_policeman, lambda: a_caseworker(another_federation())])
def test_only_those_who_carry_the_case_know_of_it(stranger: Any) -> None:
    plan = with_goal(a_caseworker())
    actor = stranger()
    seen = (
        RecoveryPlan.objects.visible_to(actor).count(),
        type(plan.goals.get()).objects.visible_to(actor).count(),
    )
    assert seen == (0, 0)


@pytest.mark.django_db
def test_her_words_open_on_its_page_only_and_are_written_down(client: Client) -> None:
    worker = a_caseworker()
    plan = with_goal(worker)
    browser = signed_in(client, worker)
    pages = [
        browser.get(url).content.decode() for url in (plan.case.get_absolute_url(), plan.get_absolute_url())
    ]
    opened = browser.post(reverse("casework:measure_show", args=[FLOW.key, plan.pk])).content.decode()
    assert ([GOAL in page for page in pages], "康复计划" in pages[0], GOAL in opened) == (
        [False, False],
        True,
        True,
    )


@pytest.mark.django_db
def test_a_wish_for_counselling_offers_a_plan() -> None:
    worker = a_caseworker()
    case = a_case(worker, wishes=["counselling"])
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    case.refresh_from_db()
    offered = [hint.law for hint in suggestions_for(case, worker) if FLOW.key in hint.url]
    drafted(worker, case=case)
    assert (offered, [h for h in suggestions_for(case, worker) if FLOW.key in h.url]) == (["A22"], [])


def test_who_may_make_a_move() -> None:
    def of(kind: AgencyKind, role: Role) -> Actor:
        return Actor(uuid4(), None, uuid4(), kind, role)

    people = {
        "caseworker": of(AgencyKind.FEDERATION, Role.CASEWORKER), "lead": of(AgencyKind.FEDERATION, Role.LEAD),
        "operator": of(AgencyKind.FEDERATION, Role.OPERATOR), "hospital": of(AgencyKind.HOSPITAL, Role.LIAISON),
        "supervisor": of(AgencyKind.FEDERATION, Role.SUPERVISOR), "system": SYSTEM,
    }  # fmt: skip
    may = {name for name, actor in people.items() for move in [FLOW.opening, *FLOW] if move.who(actor)}
    every = {name for name, actor in people.items() if all(move.who(actor) for move in [FLOW.opening, *FLOW])}
    assert (may, every) == ({"caseworker", "lead"}, {"caseworker", "lead"})
