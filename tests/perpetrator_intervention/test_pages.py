"""The pages of a file: opened from the case, shown in the inbox, refusals that keep what was typed, a day that has passed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from tests.people import a_caseworker, signed_in
from tests.perpetrator_intervention.files import a_case_of_two, a_justice_worker, asked, running, session
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def move_url(file: PerpetratorIntervention, move: str) -> str:
    return reverse("workflow:move", args=[file.flow.key, file.pk, move])


def test_a_file_is_opened_from_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_case_of_two(worker)
    answer = signed_in(client, worker).post(
        reverse("casework:open_measure", args=[case.pk, "perpetrator_intervention"]), {"basis": "letter"}
    )
    file = PerpetratorIntervention.objects.get(case=case)
    assert (answer["Location"], file.reference.startswith("GY-")) == (file.get_absolute_url(), True)


def test_the_holder_takes_it_up_from_the_inbox(client: Client) -> None:
    file, holder = asked(a_caseworker()), a_justice_worker()
    page = text(signed_in(client, holder).get(reverse("casework:inbox")))
    client.post(move_url(file, "take_up"), {"rev": file.rev, "planned": "4", "next_on": ""})
    file.refresh_from_db()
    assert (file.title() in page, file.state, file.planned) == (True, "running", 4)


@pytest.mark.parametrize(
    "typed",
    [
        {"account": "谈话记录草稿"}, {"held": "moon", "attendance": "came", "account": "谈话记录草稿"},
        {"held": "course", "attendance": "came", "account": "谈话记录草稿", "next_on": "2026-02-30"},
        {"held": "course", "attendance": "came", "account": "谈话记录草稿" * 1000},
    ],
)  # fmt: skip
def test_a_wrong_shape_is_said_at_the_field_and_the_text_is_kept(
    client: Client, typed: dict[str, str]
) -> None:
    holder = a_justice_worker()
    file = running(a_caseworker(), holder)
    page = signed_in(client, holder).post(move_url(file, "record_session"), typed | {"rev": file.rev})
    assert (page.status_code, "谈话记录草稿" in text(page), "field-error" in text(page), file.sessions.count()) == (
        422, True, True, 0,
    )  # fmt: skip


def test_a_refusal_keeps_the_text(client: Client) -> None:
    holder = a_justice_worker()
    file = running(a_caseworker(), holder)
    page = signed_in(client, holder).post(
        move_url(file, "complete"), {"rev": file.rev, "outcome": "unsure", "account": "课程小结"}
    )
    assert (page.status_code, "课程小结" in text(page)) == (409, True)


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (7, False)])
def test_a_day_that_has_passed_without_a_session_is_called_to_mind(
    client: Client, days: int, late: bool
) -> None:
    holder = a_justice_worker()
    file = asked(a_caseworker())
    perform(file, "take_up", actor=holder, next_on=timezone.localdate() + timedelta(days=days))
    page = text(signed_in(client, holder).get(reverse("casework:inbox")))
    assert (file.is_late, "未登记" in page) == (late, late)


def test_who_waits_longest_stands_first() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    later, sooner = running(worker, holder), running(worker, holder)
    for file, days in ((later, 9), (sooner, 2)):
        session(file, holder, next_on=timezone.localdate() + timedelta(days=days))
    assert [row.obj.pk for row in PerpetratorIntervention.inbox_rows(holder)] == [sooner.pk, later.pk]


def test_what_is_over_leaves_the_holders_sight_after_a_while() -> None:
    holder = a_justice_worker()
    file = running(a_caseworker(), holder, planned=1)
    session(file, holder)
    perform(file, "complete", actor=holder, outcome="changed")
    PerpetratorIntervention.objects.filter(pk=file.pk).update(
        ended_on=timezone.localdate() - timedelta(days=91)
    )
    assert not PerpetratorIntervention.objects.visible_to(holder).filter(pk=file.pk).exists()


def test_an_inbox_costs_the_same_for_one_file_and_for_four(django_assert_max_num_queries: Any) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    counts = []
    for more in (1, 3):
        for _file in range(more):
            running(worker, holder)
        with django_assert_max_num_queries(10) as captured:
            PerpetratorIntervention.inbox_rows(holder)
        counts.append(len(captured))
    assert counts == [counts[0], counts[0]]
