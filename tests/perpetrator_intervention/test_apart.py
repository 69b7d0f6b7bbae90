"""The file is apart: whoever works with him learns nothing of her, of the case or of who spoke; the case keeps its own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework.measures.perpetrator_intervention.models import Breach, PerpetratorIntervention, Session
from casework.models import Task
from casework.timeline import timeline
from casework.waiting import inbox
from privacy.audit import ReadAudit
from privacy.keyrows import DataKey
from privacy.reading import reveal
from tests.casework.cases import NAME, PHONE
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_judge,
    a_lead,
    a_policeman,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_operator,
    another_federation,
    justice,
    signed_in,
)
from tests.perpetrator_intervention.files import (
    ADDRESS,
    HIM,
    HIS_PHONE,
    REPORTER,
    a_file,
    a_justice_worker,
    asked,
    running,
    session,
)
from workflow.engine import perform
from workflow.models import Notice, OutboxMessage, StepRecord
from workflow.relay import relay

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def address(file: PerpetratorIntervention) -> str:
    return reverse("perpetrator_intervention:file", args=[file.pk])


def show(client: Client, file: PerpetratorIntervention, part: str) -> str:
    return text(client.post(reverse("perpetrator_intervention:show", args=[file.pk]), {"part": part}))


def of_her(file: PerpetratorIntervention) -> tuple[str, ...]:
    """Whatever would lead to her: names, numbers, the reference, the alias and the id of the case."""
    case = file.case
    return (
        NAME,
        PHONE,
        "138****5678",
        ADDRESS,
        REPORTER,
        "推倒在地",
        case.reference,
        case.alias,
        str(case.pk),
    )


def everything_the_holder_can_open(client: Client, file: PerpetratorIntervention, holder: Actor) -> str:
    """Inbox, file, opened parts, each form, each refusal, and the answers to a program."""
    signed_in(client, holder)
    pages = [client.get(reverse("casework:inbox")), client.get(address(file))]
    pages += [
        client.post(reverse("perpetrator_intervention:show", args=[file.pk]), {"part": part})
        for part in ("person", "texts")
    ]
    for move in file.flow:
        url = reverse("workflow:move", args=[file.flow.key, file.pk, move.name])
        pages += [
            client.get(url),
            client.get(url, headers={"hx-request": "true"}),
            client.post(url, {"rev": 0}),
        ]
        pages += [client.post(url, {"rev": 0}, headers={"accept": "application/json"})]
    return "".join(text(page) for page in pages)


@pytest.mark.parametrize("state", ["asked", "running", "broken_off", "completed"])
def test_nothing_the_holder_can_open_leads_to_her(client: Client, state: str) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = asked(worker, planned=1) if state == "asked" else running(worker, holder, planned=1)
    if state != "asked":
        session(file, holder, account="承认推搡")
        perform(file, "record_breach", actor=holder, breach="threat", account="说要报复")
    if state == "broken_off":
        perform(file, "break_off", actor=holder, reason="外出务工")
    if state == "completed":
        perform(file, "complete", actor=holder, outcome="unsure")
    seen = everything_the_holder_can_open(client, file, holder)
    assert ([word for word in of_her(file) if word in seen], file.reference in seen, HIM in seen) == (
        [],
        True,
        True,
    )


def test_the_case_is_absent_for_the_holder(client: Client) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    signed_in(client, holder)
    case = reverse("casework:case", args=[file.case_id])
    answers = {
        client.get(url).status_code
        for url in (case, f"{case}reads/", f"{case}danger/", "/cases/", "/cases/today/")
    }
    assert answers == {404}


def test_the_case_leads_to_the_file_and_the_file_back_for_its_own_workers_only(client: Client) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    case = reverse("casework:case", args=[file.case_id])
    pages = [text(signed_in(client, who).get(address(file))) for who in (worker, holder)]
    on_case = text(signed_in(client, worker).get(case))
    assert ([case in page for page in pages], address(file) in on_case) == ([True, False], True)


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: a_justice_worker(justice("满洲里市司法局")), a_policeman, a_judge, a_committee_worker, a_supervisor, an_auditor,
        an_administrator, an_operator, lambda: a_caseworker(another_federation()), lambda: a_lead(another_federation()),
    ],
)  # fmt: skip
def test_for_strangers_there_is_nothing_here(client: Client, stranger: Callable[[], Actor]) -> None:
    file = running(a_caseworker(), a_justice_worker())
    signed_in(client, stranger())
    move = reverse("workflow:move", args=[file.flow.key, file.pk, "record_session"])
    answers = {
        client.get(address(file)).status_code, client.get(move).status_code, client.post(move, {}).status_code,
        client.post(reverse("perpetrator_intervention:show", args=[file.pk]), {"part": "person"}).status_code,
    }  # fmt: skip
    assert answers == {404}


def test_a_file_that_is_not_yet_offered_is_the_federations_own() -> None:
    file = a_file()
    assert not PerpetratorIntervention.objects.visible_to(a_justice_worker()).filter(pk=file.pk).exists()


def test_what_the_federation_wrote_down_may_come_from_her_and_stays_hidden(client: Client) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    perform(file, "record_breach", actor=worker, breach="violence", account="她说昨晚又动手")
    session(file, worker, account="妇联代记")
    shown = signed_in(client, holder).get(address(file))
    told = show(client, file, "texts")
    moves = [line.step.move for line in shown.context["steps"]]
    rows = (Breach.objects.visible_to(holder).count(), Session.objects.visible_to(holder).count())
    assert (rows, moves, [word for word in ("昨晚又动手", "妇联代记") if word in told]) == (
        (0, 0), ["ask", "take_up"], [],
    )  # fmt: skip


def test_what_the_federation_asked_of_the_body_is_for_it_to_read(client: Client) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = asked(worker, account="每周三下午方便")
    signed_in(client, holder)
    assert "每周三下午方便" in show(client, file, "texts")


def test_the_register_of_readers_is_the_files_own(client: Client) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    session(file, holder, account="承认推搡")
    signed_in(client, holder)
    show(client, file, "person")
    show(client, file, "texts")
    rows = ReadAudit.objects.filter(actor_user=holder.user_id)
    assert (set(rows.values_list("owner", flat=True)), rows.filter(fields__contains=["name"]).exists()) == (
        {file.pk},
        True,
    )


def test_the_opening_is_audited_with_the_case_that_the_name_was_taken_from() -> None:
    worker = a_caseworker()
    file = a_file(worker)
    rows = ReadAudit.objects.filter(actor_user=worker.user_id, fields__contains=["name"])
    assert [(row.owner, row.table) for row in rows] == [(file.case_id, "casework_person")]


def test_it_is_sealed_with_a_key_of_its_own() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    session(file, holder, account="承认推搡")
    row = Session.objects.get(file=file)
    steps = StepRecord.objects.filter(obj_id=file.pk)
    assert (row.seal_owner(), DataKey.objects.filter(owner=file.pk).count(), {step.subject_id for step in steps}) == (
        file.pk, 1, {file.pk},
    )  # fmt: skip


def test_messages_to_the_holder_carry_the_files_id_alone() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = asked(worker)
    relay(timezone.now())
    found = Notice.objects.visible_to(holder).get()
    sent = OutboxMessage.objects.get(kind="intervention_asked")
    assert (found.obj_id, found.subject_id, sent.subject_id) == (file.pk, file.pk, file.pk)


def test_the_timeline_of_the_case_says_nothing_of_the_sessions() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    session(file, holder)
    dated, undated = timeline(file.case)
    assert [
        entry
        for entry in (*dated, *undated)
        if "加害人" in str(entry.title) or "perpetrator" in str(entry.title)
    ] == []


def test_tasks_that_follow_from_it_are_the_cases_own() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    perform(file, "record_breach", actor=holder, breach="threat", account="说要报复")
    owed = [item for group in inbox(holder, {}, timezone.now()).groups for item in group.items]
    mine = Task.objects.visible_to(worker).filter(kind="welfare_check")
    assert ([item.task for item in owed if item.task], mine.count()) == ([], 1)


def test_the_name_of_a_perpetrator_is_copied_and_not_shared() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = asked(worker)
    perform(file, "correct", actor=holder, phone="13822223333")
    he = file.case.persons.get(role="respondent")
    assert (reveal(file, "phone", actor=worker)["phone"], reveal(he, "phone", actor=worker)["phone"]) == (
        "13822223333",
        HIS_PHONE,
    )
