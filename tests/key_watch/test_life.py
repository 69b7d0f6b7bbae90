"""A household on the watch list: proposed by one, decided by another, looked in on, and off it again by itself."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.key_watch.models import KeyWatch
from casework.models import Task
from casework.services import assess_danger
from tests.casework.cases import a_case
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_lead,
    a_policeman,
    another_federation,
    committee_agency,
    signed_in,
)
from workflow.engine import NotAllowed, NotVisible, Unmet, begin, perform
from workflow.models import Deadline
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_default_timezone()) + timedelta(hours=12)


TODAY = date(2026, 3, 2)
BRIEF = "二号楼三单元，留意争吵声"


def proposed(worker: Actor, **fields: Any) -> KeyWatch:
    given: dict[str, Any] = {
        "source": "grid",
        "grounds": ["repeated"],
        "level": 4,
        "review_on": TODAY + 10 * DAY,
    } | fields
    watch: KeyWatch = begin(KeyWatch, actor=worker, case=a_case(worker), now=noon(TODAY), **given)
    return watch


def confirm(watch: KeyWatch, lead: Actor) -> None:
    perform(
        watch,
        "confirm",
        actor=lead,
        level=watch.level,
        review_on=watch.review_on,
        watcher=watch.watcher_id,
        brief=BRIEF,
        now=noon(TODAY),
    )


def watched(worker: Actor, **fields: Any) -> KeyWatch:
    watch = proposed(worker, watcher=committee_agency().pk, **fields)
    confirm(watch, a_lead())
    return watch


def test_a_watch_lives_from_the_proposal_to_its_end() -> None:
    worker = a_caseworker()
    watch = watched(worker)
    perform(watch, "report", actor=a_committee_worker(), sign="quiet", now=noon(TODAY + 3 * DAY))
    later: dict[str, Any] = {"level": 3, "review_on": TODAY + 20 * DAY, "reason": "还在一起住"}
    perform(watch, "review", actor=worker, now=noon(TODAY + 9 * DAY), **later)
    perform(watch, "lift", actor=worker, reason="已经搬走", now=noon(TODAY + 15 * DAY))
    states = list(
        Deadline.objects.filter(obj_id=watch.pk).order_by("created_at").values_list("state", flat=True)
    )
    assert (watch.state, watch.level, watch.last_sign, states) == ("lifted", 3, "quiet", ["met", "met"])


def test_nobody_stays_on_the_list_by_being_forgotten() -> None:
    watch = watched(a_caseworker())
    sweep(noon(TODAY + 11 * DAY))
    watch.refresh_from_db()
    task = Task.objects.get(obj_id=watch.pk)
    assert (watch.state, task.due_at) == ("expired", noon(TODAY + 12 * DAY))


def test_the_end_is_the_house_s_own_and_never_shown_as_law() -> None:
    watch = watched(a_caseworker())
    assert Deadline.objects.get(obj_id=watch.pk).facts.is_statutory is False


def test_signs_of_violence_ask_for_the_danger_again() -> None:
    worker = a_caseworker()
    watch = watched(worker)
    assess_danger(watch.case, actor=worker, answers={})
    perform(
        watch,
        "report",
        actor=a_committee_worker(),
        sign="violence",
        account="听到打骂声",
        now=noon(TODAY + DAY),
    )
    kinds = set(Task.objects.filter(case=watch.case).values_list("kind", flat=True))
    assert {"reassess_danger", "welfare_check"} <= kinds


def test_whoever_proposed_it_does_not_decide_it() -> None:
    lead = a_lead()
    watch = proposed(lead)
    with pytest.raises(NotAllowed):
        confirm(watch, lead)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"review_on": TODAY + 15 * DAY}, "review_in_time"),
        ({"review_on": TODAY}, "review_in_time"),
    ],
)
def test_a_proposal_needs(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(Unmet) as refused:
        proposed(a_caseworker(), **fields)
    assert [need.name for need in refused.value.needs] == [why]


def test_a_review_moves_the_day_on() -> None:
    worker = a_caseworker()
    watch = watched(worker)
    with pytest.raises(Unmet) as refused:
        perform(
            watch,
            "review",
            actor=worker,
            level=4,
            review_on=TODAY + 10 * DAY,
            reason="继续",
            now=noon(TODAY + DAY),
        )
    assert [need.name for need in refused.value.needs] == ["later_review"]


def test_the_committee_sees_it_while_it_is_on_the_list_and_no_longer() -> None:
    worker, committee = a_caseworker(), a_committee_worker()
    watch = proposed(worker, watcher=committee_agency().pk)
    seen = [KeyWatch.objects.visible_to(committee).count()]
    confirm(watch, a_lead())
    seen.append(KeyWatch.objects.visible_to(committee).count())
    perform(watch, "lift", actor=worker, reason="安全了", now=noon(TODAY + DAY))
    seen.append(KeyWatch.objects.visible_to(committee).count())
    assert seen == [0, 1, 0]


@pytest.mark.parametrize("stranger", [a_policeman, lambda: a_caseworker(another_federation())])
def test_a_foreign_watch_is_like_none(stranger: Any) -> None:
    watch = watched(a_caseworker())
    with pytest.raises(NotVisible):
        perform(watch, "report", actor=stranger(), sign="quiet")


def test_the_committee_reads_no_ground_and_no_name(client: Client) -> None:
    watched(a_caseworker())
    page = signed_in(client, a_committee_worker()).get(reverse("casework:inbox")).content.decode()
    assert ("多次施暴" in page, "重点监控" in page, "报告发现的情况" in page) == (False, True, True)


def test_the_committee_is_told_which_household_and_nothing_else(client: Client) -> None:
    worker, lead = a_caseworker(), a_lead()
    watch = proposed(worker, watcher=committee_agency().pk, why="连续三次报警")
    again: dict[str, Any] = {
        "level": 4,
        "review_on": watch.review_on,
        "watcher": watch.watcher_id,
        "now": noon(TODAY),
    }
    with pytest.raises(Unmet) as refused:
        perform(watch, "confirm", actor=lead, **again)
    confirm(watch, lead)
    browser = signed_in(client, a_committee_worker())
    url = reverse("casework:measure_show", args=["key_watch", watch.pk])
    linked = watch.get_absolute_url() in browser.get(reverse("casework:inbox")).content.decode()
    page = browser.post(url).content.decode()
    ours = signed_in(client, worker).post(url).content.decode()
    assert [need.name for need in refused.value.needs] == ["watcher_knows_whom"]
    assert (linked, BRIEF in page, "连续三次报警" in page, "连续三次报警" in ours) == (
        True,
        True,
        False,
        True,
    )


def test_it_is_proposed_from_the_page_of_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    day = timezone.localdate() + 5 * DAY
    data = {
        "source": "police",
        "grounds": ["high_danger"],
        "level": "5",
        "review_on": day.isoformat(),
        "why": "连续三次报警",
    }
    signed_in(client, worker).post(reverse("casework:open_measure", args=[case.pk, "key_watch"]), data)
    assert list(KeyWatch.objects.values_list("state", "level")) == [("proposed", 5)]


def test_a_refused_proposal_keeps_what_was_typed(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    day = timezone.localdate() + 50 * DAY
    data = {
        "source": "police",
        "grounds": ["high_danger"],
        "level": "5",
        "review_on": day.isoformat(),
        "why": "连续三次报警",
    }
    answer = signed_in(client, worker).post(
        reverse("casework:open_measure", args=[case.pk, "key_watch"]), data
    )
    assert (answer.status_code, "连续三次报警" in answer.content.decode()) == (409, True)
