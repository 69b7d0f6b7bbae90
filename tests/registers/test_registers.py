"""The registers: who keeps and sees them, what is sealed, how they are found, and what they count."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.actor import Actor
from casework.measures.registers.models import Event, Expert, MonthRecord, Unit
from casework.measures.registers.selectors import EventCount, UnitCount, event_counts, unit_counts
from privacy.audit import ReadAudit
from tests.people import (
    a_caseworker,
    a_lead,
    a_policeman,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_operator,
    another_federation,
    federation,
    signed_in,
    superior_federation,
)  # fmt: skip
from tests.registers.entries import EVENT, MOBILE, MONTH, TYPED, a_month, a_unit, an_event, an_expert

pytestmark = pytest.mark.django_db
MODELS: dict[str, Any] = {"events": Event, "units": Unit, "experts": Expert, "months": MonthRecord}


def listed(client: Client, key: str, **query: str) -> list[Any]:
    return list(client.get(reverse("registers:list", args=[key]), query).context["page"].rows)


@pytest.mark.parametrize("key", TYPED)
def test_a_line_is_entered_changed_and_taken_off_and_its_versions_tell_who(client: Client, key: str) -> None:
    worker, form_key = a_caseworker(), str(uuid4())
    signed_in(client, worker)
    for _twice in range(2):
        made = client.post(reverse("registers:new", args=[key]), {**TYPED[key], "key": form_key})
    row = MODELS[key].objects.get()
    edit = reverse("registers:edit", args=[key, row.pk])
    held = client.get(edit).context["form"].initial
    typed = {name: value for name, value in {**held, **TYPED[key]}.items() if value is not None}
    client.post(edit, {**typed, "rev": row.rev, "off_on": "2026-11-01"})
    stale = client.post(edit, {**typed, "rev": row.rev, "off_on": "2026-11-02"})
    page = client.get(row.get_absolute_url())
    assert (made.status_code, stale.status_code, listed(client, key), listed(client, key, off="1")) == (
        302, 409, [], [row],
    )  # fmt: skip
    assert [(v.who, [str(c) for c in v.changed]) for v in page.context["versions"]] == [
        (page.context["versions"][0].who, ["不再列入的日期"]),
        (page.context["versions"][0].who, []),
    ]


def test_an_experts_own_number_is_sealed_and_its_opening_written_down(client: Client) -> None:
    worker = a_caseworker()
    row = an_expert(worker)
    signed_in(client, worker)
    closed = client.get(row.get_absolute_url()).content.decode()
    before = ReadAudit.objects.count()
    opened = client.post(row.get_absolute_url()).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM registers_expert t")
        stored = cursor.fetchone()[0]
    assert [MOBILE in text for text in (closed, opened, stored)] == [False, True, False]
    assert list(ReadAudit.objects.values_list("owner", flat=True))[before:] == [row.pk]


@pytest.mark.parametrize(
    ("key", "field", "bad"),
    [
        ("events", "title", "王女士13847001234维权"), ("events", "held_on", "2099-01-01"), ("events", "women", "-1"),
        ("units", "contact", "110101199003070038"), ("units", "parts", []), ("units", "office_phone", MOBILE),
        ("experts", "office_phone", MOBILE), ("experts", "mobile", "1234"),
        ("months", "month", "2099-01"), ("months", "days", "32"), ("months", "answered", "41"), ("months", "answered", ""),
        ("months", "satisfied", "21"), ("months", "asked", "20.5"), ("months", "incoming", "-1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field_and_what_was_typed_stays(
    client: Client, key: str, field: str, bad: Any
) -> None:
    signed_in(client, an_operator())
    answer = client.post(reverse("registers:new", args=[key]), {**TYPED[key], field: bad})
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), MODELS[key].objects.count()) == (422, [field], 0)
    assert (
        str(next(TYPED[key][n] for n in ("title", "name", "shelter") if n in TYPED[key]))
        in answer.content.decode()
        or field == "title"
    )


def test_an_event_without_anybody_present_is_no_event(client: Client) -> None:
    signed_in(client, a_caseworker())
    answer = client.post(reverse("registers:new", args=["events"]), {**EVENT, "women": 0, "men": 0})
    assert list(answer.context["form"].errors) == ["women"]


@pytest.mark.parametrize("somebody", [a_policeman, a_supervisor, an_auditor, an_administrator])
def test_only_workers_of_a_federation_come_here(client: Client, somebody: Callable[[], Actor]) -> None:
    row, actor = an_expert(a_caseworker()), somebody()
    signed_in(client, actor)
    seen = Expert.objects.visible_to(actor).exists()
    assert (client.get(reverse("registers:index")).status_code, client.get(row.get_absolute_url()).status_code, seen) == (
        404, 404, False,
    )  # fmt: skip


def test_another_federations_register_is_absent_and_the_superior_leader_reads_it_only(client: Client) -> None:
    ours, superior = federation(), superior_federation()
    ours.parent = superior
    ours.save()
    row = an_event(a_caseworker(ours))
    edit = reverse("registers:edit", args=["events", row.pk])
    answers = []
    for actor in (a_caseworker(another_federation()), a_lead(superior)):
        signed_in(client, actor)
        answers += [client.get(row.get_absolute_url()).status_code, client.get(edit).status_code]
    assert answers == [404, 404, 200, 404]


def test_filters_stand_in_the_address_and_words_do_not(client: Client) -> None:
    worker = a_caseworker()
    lawyer, doctor = an_expert(worker), an_expert(worker, name="白医生", kind="doctor", languages=["zh"])
    signed_in(client, worker)
    narrowed = (
        listed(client, "experts", language="mn"),
        listed(client, "experts", kind="doctor", language="x"),
    )
    found = client.post(reverse("registers:list", args=["experts"]), {"text": "北疆 乌"}).context["page"].rows
    assert (*narrowed, found) == ([lawyer], [doctor], [lawyer])


@pytest.mark.parametrize("key", TYPED)
def test_a_list_costs_the_same_for_one_line_and_for_three(client: Client, key: str) -> None:
    worker, make = (
        a_caseworker(),
        {"events": an_event, "units": a_unit, "experts": an_expert, "months": a_month}[key],
    )
    signed_in(client, worker)
    empty = client.get(reverse("registers:list", args=[key])).content.decode()
    costs = []
    for more in (1, 2):
        for n in range(more):
            make(worker, **({"month": f"2026-{more + n:02}-01"} if key == "months" else {}))
        with CaptureQueriesContext(connection) as asked:
            listed(client, key)
        costs.append(len(asked))
    assert (costs[0], "还没有记录" in empty) == (costs[1], True)


def test_a_month_has_one_line_and_no_numbers_that_cannot_be(client: Client) -> None:
    worker = a_caseworker()
    first = a_month(worker)
    signed_in(client, worker)
    new, edit = (
        reverse("registers:new", args=["months"]),
        reverse("registers:edit", args=["months", first.pk]),
    )
    other = {**MONTH, "month": "2026-05"}
    answers = [
        client.post(new, {**MONTH, "key": str(uuid4())}),
        client.post(new, {**other, "key": str(uuid4())}),
    ]
    answers.append(client.post(edit, {**other, "rev": first.rev}))
    assert [one.status_code for one in answers] == [422, 302, 422]
    assert "该月已有登记" in answers[0].content.decode()
    for wrong in (
        {"answered": None},
        {"answered": 41},
        {"satisfied": 21},
        {"days": None},
        {"month": "2026-07-02"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_month(worker, **({"month": "2026-07-01"} | wrong))
    first.refresh_from_db()
    assert (first.rev, MonthRecord.objects.count()) == (1, 2)


def test_the_numbers_for_the_statistics() -> None:
    worker, other = a_caseworker(), a_caseworker(another_federation())
    an_event(worker)
    an_event(worker, held_on="2026-03-20", women=10, men=0, unstated=5)
    an_event(worker, kind="training", held_on="2026-04-02", women=8, men=4, hours=6)
    an_event(worker, off_on="2026-04-03")
    an_event(other)
    a_unit(worker)
    a_unit(worker, established_on=None, parts=[])
    a_unit(worker, off_on="2026-05-01")
    homes = [federation().pk]
    assert event_counts(homes, date(2026, 1, 1), date(2026, 12, 31)) == [
        EventCount(date(2026, 3, 1), "publicity", "violence", 2, 90, 30, 5, 0),
        EventCount(date(2026, 4, 1), "training", "violence", 1, 8, 4, 0, 6),
    ]
    counts = [unit_counts(homes, day) for day in (date(2026, 1, 31), date(2026, 4, 30), date(2026, 6, 1))]
    assert counts == [
        [UnitCount("enterprise", 3, 0)],
        [UnitCount("enterprise", 3, 2)],
        [UnitCount("enterprise", 2, 1)],
    ]
