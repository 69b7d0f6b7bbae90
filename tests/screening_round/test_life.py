"""A round through a community: many doors as numbers, a finding as a case, and nothing written about the others."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.measures.screening_round.models import ScreeningCheck, ScreeningRound
from casework.measures.screening_round.services import open_case_from, set_aside
from casework.models import Case
from casework.services.lapsing import let_lapse
from privacy.reading import reveal
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_lead,
    a_policeman,
    an_operator,
    another_federation,
    committee_agency,
    signed_in,
    town,
)
from workflow.engine import NotVisible, Unmet, begin, perform
from workflow.models import Notice, OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def planned(worker: Actor, **fields: Any) -> ScreeningRound:
    given = {
        "area": town().pk, "committee": committee_agency().pk, "starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 13),
        "households": 240, "method": "grid",
    } | fields  # fmt: skip
    made: ScreeningRound = begin(ScreeningRound, actor=worker, agency_id=worker.agency_id, **given)
    return made


def running(worker: Actor, **fields: Any) -> ScreeningRound:
    one = planned(worker, **fields)
    perform(one, "start", actor=worker)
    return one


def found(one: ScreeningRound, by: Actor) -> ScreeningCheck:
    perform(one, "check", actor=by, result="found", account="邻居说夜里常有哭声，本人愿意谈")
    return ScreeningCheck.objects.get(round=one, result="found")


def test_a_round_lives_from_the_plan_to_its_end() -> None:
    worker, committee = a_caseworker(), a_committee_worker()
    one = running(worker)
    perform(one, "check", actor=committee, result="nothing", how_many=180)
    perform(one, "check", actor=committee, result="nobody", how_many=20)
    case = open_case_from(found(one, committee), actor=worker)
    perform(one, "finish", actor=worker)
    numbers = [n for _label, n in one.counts]
    assert (one.state, case.channel, case.area_id, numbers) == (
        "finished",
        "grid",
        town().pk,
        [180, 20, 0, 0, 1, 0],
    )


def test_a_finding_is_one_case_however_often_it_is_asked_for() -> None:
    worker = a_caseworker()
    check = found(running(worker), worker)
    cases = {open_case_from(check, actor=worker).pk for _ in range(3)}
    assert (len(cases), Case.objects.count()) == (1, 1)


def test_the_figures_come_from_the_steps() -> None:
    worker = a_caseworker()
    one = running(worker)
    perform(one, "check", actor=worker, result="tension", how_many=4)
    facts = StepRecord.objects.get(obj_id=one.pk, move="check").facts
    assert (facts["result"], facts["how_many"], facts["town"]) == ("tension", 4, town().pk)


def test_the_federation_hears_of_a_finding_at_once() -> None:
    worker = a_caseworker()
    one = running(worker)
    found(one, a_committee_worker())
    told = OutboxMessage.objects.filter(obj_id=one.pk).values_list("kind", flat=True)
    assert (set(told), Notice.objects.count()) == ({"screening_running", "screening_found"}, 0)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"result": "nothing", "account": "这家不对劲"}, "text_only_for_findings"),
        ({"result": "found", "how_many": 3, "account": "三家"}, "findings_one_by_one"),
        ({"result": "found"}, "finding_described"),
    ],
)
def test_an_entry_needs(answer: dict[str, Any], why: str) -> None:
    worker = a_caseworker()
    one = running(worker)
    with pytest.raises(Unmet) as refused:
        perform(one, "check", actor=worker, **answer)
    assert [need.name for need in refused.value.needs] == [why]


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(Unmet) as refused:
        planned(a_caseworker(), ends_on=date(2026, 3, 1))
    assert [need.name for need in refused.value.needs] == ["dates_in_order"]


def test_a_round_does_not_end_over_an_open_finding() -> None:
    worker = a_caseworker()
    one = running(worker)
    check = found(one, worker)
    with pytest.raises(Unmet) as refused:
        perform(one, "finish", actor=worker)
    set_aside(check, actor=worker, why="已有个案")
    perform(one, "finish", actor=worker)
    assert ([need.name for need in refused.value.needs], one.state) == (["findings_followed_up"], "finished")


@pytest.mark.parametrize("stranger", [a_policeman, lambda: a_caseworker(another_federation())])
def test_a_foreign_round_is_like_none(stranger: Any) -> None:
    one = running(a_caseworker())
    with pytest.raises(NotVisible):
        perform(one, "check", actor=stranger(), result="nothing")


def test_a_committee_sees_no_text_of_a_finding(client: Client) -> None:
    one, committee = running(a_caseworker()), a_committee_worker()
    found(one, committee)
    seen = ScreeningCheck.objects.visible_to(committee).count()
    page = signed_in(client, committee).post(reverse("screening_round:round", args=[one.pk]))
    assert (seen, page.status_code, "哭声" in page.content.decode()) == (0, 200, False)


def test_a_committee_enters_results_from_its_inbox(client: Client) -> None:
    one = running(a_caseworker())
    browser = signed_in(client, a_committee_worker())
    page = browser.get(reverse("casework:inbox")).content.decode()
    browser.post(
        reverse("workflow:move", args=["screening_round", one.pk, "check"]),
        {"result": "nothing", "how_many": "35"},
    )
    assert ("家庭暴力排查" in page, one.counts[0][1]) == (True, 35)


def test_a_round_is_planned_on_its_page_and_a_wrong_one_keeps_what_was_typed(client: Client) -> None:
    browser = signed_in(client, a_caseworker())
    data = {
        "area": town().pk, "starts_on": "2026-05-20", "ends_on": "2026-05-01", "households": "77", "method": "doors",
    }  # fmt: skip
    wrong = browser.post(reverse("screening_round:new"), data)
    right = browser.post(reverse("screening_round:new"), data | {"ends_on": "2026-05-28"})
    assert (wrong.status_code, 'value="77"' in wrong.content.decode(), right.status_code) == (409, True, 302)


def test_an_operator_looks_and_does_not_plan(client: Client) -> None:
    browser = signed_in(client, an_operator())
    data = {
        "area": town().pk,
        "starts_on": "2026-05-01",
        "ends_on": "2026-05-20",
        "households": "77",
        "method": "doors",
    }
    assert (
        browser.get(reverse("screening_round:list")).status_code,
        browser.post(reverse("screening_round:new"), data).status_code,
    ) == (200, 403)


def test_a_finding_becomes_a_case_from_the_page(client: Client) -> None:
    worker = a_caseworker()
    one = running(worker)
    check = found(one, worker)
    browser = signed_in(client, worker)
    page = browser.post(reverse("screening_round:round", args=[one.pk])).content.decode()
    browser.post(reverse("screening_round:finding", args=[one.pk, check.pk]), {"open": "1"})
    assert ("哭声" in page, Case.objects.count()) == (True, 1)


def test_setting_aside_without_a_reason_is_refused(client: Client) -> None:
    worker = a_caseworker()
    one = running(worker)
    check = found(one, worker)
    answer = signed_in(client, worker).post(
        reverse("screening_round:finding", args=[one.pk, check.pk]), {"why": " "}
    )
    assert (answer.status_code, "请写明" in answer.content.decode()) == (422, True)


def test_three_years_after_a_round_what_was_told_of_households_without_a_case_is_emptied() -> None:
    worker = a_caseworker()
    one = running(worker)
    told = found(one, worker)
    set_aside(told, actor=worker, why="误报，是在吵架")
    perform(one, "check", actor=worker, result="emergency", account="当场报警")
    case = open_case_from(ScreeningCheck.objects.get(result="emergency"), actor=worker)
    perform(one, "finish", actor=worker)
    over = timezone.now() + timedelta(days=3 * 366)
    hold = services.mark(case, actor=a_lead(), kind="hold", why="court")
    assert let_lapse(over) == 0
    services.lift_mark(case, actor=a_lead(), kind=hold.kind)
    assert [let_lapse(timezone.now()), let_lapse(over), let_lapse(over)] == [0, 1, 0]
    rows = [ScreeningCheck.objects.get(pk=told.pk), *ScreeningCheck.history.filter(id=told.pk)]
    assert {text for row in rows for text in (row.account, row.set_aside_why)} == {None}
    assert not StepRecord.objects.filter(obj_id=one.pk).exclude(payload__isnull=True).exists()
    kept = ScreeningCheck.objects.get(case=case)
    assert reveal(kept, "account", actor=worker, purpose="casework") == {"account": "当场报警"}
    assert sum(n for _label, n in one.counts) == 2
