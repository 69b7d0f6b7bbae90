"""What a receiver sees and no more, what is closed with a consent, the inbox, the ledger, files and the black holes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import services
from casework.models import Case
from casework.suggestions import suggestions_for
from privacy.audit import ReadAudit
from referrals import selectors
from referrals.models import Disclosure, Referral
from referrals.services import attach_evidence
from tests.casework.cases import ID_NUMBER, NAME, PHONE, a_case
from tests.casework.test_evidence import a_photo
from tests.people import a_caseworker, a_lead, a_policeman, another_federation, justice, police, signed_in
from tests.protection_orders.orders import at
from tests.referrals.handed import (
    CONDITION,
    DUTY,
    REQUEST,
    a_lawyer,
    a_told_case,
    accepted,
    consent_ends,
    consent_of,
    drafted,
    in_days,
    sent,
)
from workflow.engine import perform
from workflow.models import Deadline

pytestmark = pytest.mark.django_db
JPEG = a_photo()
SECRETS = (NAME, PHONE, ID_NUMBER, "赵某强", "新开街", "用板凳打左臂", CONDITION, REQUEST)
NEVER = ("邻居王婶", "13900001111", "哭了很久", "快递")


def text(response: Any) -> str:
    return str(response.content.decode())


def show(referral: Referral) -> str:
    return reverse("referrals:show", args=[referral.pk])


def with_file(worker: Any, **takes: Any) -> tuple[Referral, str]:
    case = a_told_case(worker)
    upload = SimpleUploadedFile("手臂.jpg", JPEG, "image/jpeg")
    evidence = services.register_evidence(case, actor=worker, kind="E5", title="伤照", file=upload)
    referral = drafted(worker, case)
    row = attach_evidence(referral, actor=worker, evidence_id=evidence.pk, now=timezone.now())
    referral.refresh_from_db()
    given: dict[str, Any] = {
        "receiver": justice(),
        "basis": "consent",
        "consent_until": in_days(9),
        "given_by": "herself",
        "how": "written",
    }
    perform(referral, "send", actor=worker, **(given | takes))
    return referral, reverse("referrals:file", args=[referral.pk, row.pk])


def test_a_page_shows_nothing_until_it_is_asked_to(client: Client) -> None:
    referral = sent(a_caseworker(), shares=["name", "safe_phone"])
    page = text(signed_in(client, a_lawyer()).get(referral.get_absolute_url()))
    assert [word for word in (*SECRETS, *NEVER) if word in page] == []


def test_a_receiver_sees_the_ticked_items_and_nothing_else(client: Client) -> None:
    referral = sent(a_caseworker(), shares=["name", "safe_phone", "condition"])
    page = text(signed_in(client, a_lawyer()).post(show(referral)))
    assert [word for word in (*SECRETS, *NEVER) if word in page] == [NAME, PHONE, CONDITION, REQUEST]


def test_everything_ticked_still_holds_back_what_is_never_shared(client: Client) -> None:
    worker = a_caseworker()
    all_items = [
        "name",
        "age",
        "safe_phone",
        "danger",
        "condition",
        "companions",
        "id_number",
        "respondent",
        "incidents",
    ]
    referral = sent(worker, shares=all_items)
    page = text(signed_in(client, a_lawyer()).post(show(referral), {"number": "yes"}))
    assert [word for word in (*SECRETS, *NEVER) if word not in page] == ["新开街", *NEVER]


def test_police_see_the_address_only_while_they_act(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    referral = sent(
        worker,
        service="police",
        receiver=police(),
        basis="emergency",
        why_without="正在施暴",
        shares=["address"],
    )
    signed_in(client, officer)
    during = text(client.post(show(referral)))
    perform(referral, "accept", actor=officer)
    perform(referral, "finish", actor=officer, outcome="helped", answer="已出警")
    assert ("新开街" in during, "新开街" in text(client.post(show(referral)))) == (True, False)


def test_looking_is_written_down_and_told_to_the_sender(client: Client) -> None:
    lawyer = a_lawyer()
    referral = sent(a_caseworker(), shares=["name"])
    signed_in(client, lawyer).post(show(referral))
    referral.refresh_from_db()
    rows = ReadAudit.objects.filter(actor_user=lawyer.user_id, table="casework_person").values_list(
        "purpose", "fields"
    )
    assert (referral.state, list(rows)) == ("seen", [("liaison", ["name"])])


def test_the_sender_looking_does_not_count_as_seen(client: Client) -> None:
    worker = a_caseworker()
    referral = sent(worker)
    signed_in(client, worker).post(show(referral))
    referral.refresh_from_db()
    assert referral.state == "sent"


def answers(client: Client, referral: Referral, file: str) -> list[int]:
    move = reverse("workflow:move", args=["referral", referral.pk, "start"])
    return [
        client.get(referral.get_absolute_url()).status_code,
        client.post(show(referral)).status_code,
        client.post(file).status_code,
        client.get(move).status_code,
        client.post(move, {}, headers={"HX-Request": "true"}).status_code,
    ]


def test_a_withdrawn_consent_closes_open_pages_panels_and_files_that_second(client: Client) -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral, file = with_file(worker)
    perform(referral, "accept", actor=lawyer)
    signed_in(client, lawyer)
    before = answers(client, referral, file)[:4]
    referral.refresh_from_db()
    perform(consent_of(referral), "withdraw", actor=worker)
    absent = client.get(reverse("referrals:referral", args=[referral.case_id]))
    closed = client.get(referral.get_absolute_url())
    assert before == [200, 200, 200, 200]
    assert (answers(client, referral, file), closed.content == absent.content or closed.status_code) == (
        [404] * 5,
        404,
    )


def test_a_consent_past_its_last_day_closes_them_too(client: Client) -> None:
    lawyer = a_lawyer()
    referral, file = with_file(a_caseworker())
    consent_ends(referral, in_days(-1))
    assert answers(signed_in(client, lawyer), referral, file) == [404] * 5


def test_an_answered_referral_stays_readable_for_two_weeks_after_its_end(client: Client) -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral = accepted(worker, lawyer)
    perform(referral, "finish", actor=lawyer, outcome="helped", answer="结案")
    found = []
    for days in (13, 15):
        if referral.state == "answered":
            perform(referral, "close", actor=worker, need_met=True)
        Referral.objects.filter(pk=referral.pk).update(ended_at=timezone.now() - timedelta(days=days))
        found.append(signed_in(client, lawyer).get(referral.get_absolute_url()).status_code)
    assert found == [200, 404]


def test_who_sent_it_back_opens_nothing_any_more(client: Client) -> None:
    lawyer = a_lawyer()
    referral = sent(a_caseworker())
    perform(referral, "refuse", actor=lawyer, refusal="not_ours", reason="不属于本中心")
    assert signed_in(client, lawyer).get(referral.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", [a_policeman, lambda: a_caseworker(another_federation())])
def test_foreigners_are_told_that_there_is_nothing(client: Client, who: Any) -> None:
    referral, file = with_file(a_caseworker())
    signed_in(client, who())
    pages = answers(client, referral, file)
    pages.append(client.post(reverse("referrals:code", args=[referral.pk])).status_code)
    pages.append(client.post(reverse("referrals:ledger", args=[referral.case_id])).status_code)
    assert pages == [404] * 7


def test_a_file_comes_under_a_name_that_says_nothing(client: Client) -> None:
    _referral, file = with_file(a_caseworker())
    answer = signed_in(client, a_lawyer()).post(file)
    assert (
        b"".join(answer.streaming_content)[:2],
        "手臂" in answer["Content-Disposition"],
        answer["Cache-Control"],
    ) == (
        b"\xff\xd8",
        False,
        "no-store",
    )


def test_a_file_attached_later_stands_in_the_ledger_too() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    upload = SimpleUploadedFile("x.jpg", JPEG, "image/jpeg")
    evidence = services.register_evidence(case, actor=worker, kind="E5", title="伤照", file=upload)
    referral = sent(worker, case, shares=["name"])
    attach_evidence(referral, actor=worker, evidence_id=evidence.pk, now=timezone.now())
    assert [sorted(row.items) for row in Disclosure.objects.filter(referral=referral)] == [
        ["files", "name"],
        ["name"],
    ]


def test_the_inbox_says_what_is_asked_and_names_nobody(client: Client) -> None:
    sent(a_caseworker(), urgency="urgent")
    page = text(signed_in(client, a_lawyer()).get(reverse("casework:inbox")))
    named = [word for word in (*SECRETS, *NEVER) if word in page]
    assert ("法律援助" in page, "请接收或退回" in page, "紧急：一天内" in page, named) == (
        True,
        True,
        True,
        [],
    )


def test_an_inbox_costs_the_same_for_one_and_for_three(django_assert_max_num_queries: Any) -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    counts = []
    for more in (1, 2):
        for _referral in range(more):
            sent(worker)
        with django_assert_max_num_queries(12) as captured:
            Referral.inbox_rows(lawyer)
        counts.append(len(captured))
    assert counts == [counts[0], counts[0]]


def test_sending_keeps_what_was_typed_when_the_basis_is_missing(client: Client) -> None:
    worker = a_caseworker()
    referral = drafted(worker)
    address = reverse("workflow:move", args=["referral", referral.pk, "send"])
    typed = {
        "receiver": str(justice().pk),
        "basis": "duty",
        "consent_until": "2026-99-01",
        "rev": referral.rev,
    }
    wrong = signed_in(client, worker).post(address, typed)
    unmet = client.post(address, typed | {"consent_until": ""})
    assert (wrong.status_code, "2026-99-01" in text(wrong), unmet.status_code) == (422, True, 409)


def test_a_refusal_without_its_reason_is_asked_for_again(client: Client) -> None:
    referral = sent(a_caseworker())
    address = reverse("workflow:move", args=["referral", referral.pk, "refuse"])
    page = signed_in(client, a_lawyer()).post(address, {"reason": "太忙", "rev": referral.rev})
    assert (page.status_code, "太忙" in text(page)) == (422, True)


def test_the_ledger_shows_what_went_to_whom(client: Client) -> None:
    worker = a_caseworker()
    referral = sent(worker, basis="duty", shares=["name"])
    page = text(signed_in(client, worker).post(reverse("referrals:ledger", args=[referral.case_id])))
    assert [word in page for word in (justice().name, "姓名", DUTY["why_without"], "法定职责")] == [True] * 4


def test_no_row_of_the_ledger_is_changed_or_deleted() -> None:
    row = Disclosure.objects.get(referral=sent(a_caseworker()))
    refusals = 0
    for act in (Disclosure.objects.filter(pk=row.pk)._raw_delete, lambda _using: row.save()):
        try:
            with transaction.atomic():
                act("default")
        except DatabaseError:
            refusals += 1
    assert (refusals, Disclosure.objects.count()) == (2, 1)


def test_black_holes_stand_first() -> None:
    worker, lead = a_caseworker(), a_lead()
    good, hole = justice(), justice("满洲里市法律援助中心")
    lawyer, now = a_lawyer(good), timezone.now()
    for _answered in range(2):
        perform(sent(worker), "accept", actor=lawyer)
    silent = sent(worker, receiver=hole, urgency="urgent")
    late = Deadline.objects.filter(obj_id=silent.pk, clock="referral_urgent_1d")
    late.update(legal_expiry=now - timedelta(hours=1), warn_from=now - timedelta(hours=2))
    perform(sent(worker, receiver=hole), "withdraw", actor=worker, reason="本人改主意")
    rows = selectors.bodies(lead, now - timedelta(days=30), timezone.now())
    found = [(r.agency.name, r.sent, r.seen, r.answered, r.unanswered, r.taken_back, r.overdue) for r in rows]
    assert found == [(hole.name, 2, 0, 0, 1, 1, 1), (good.name, 2, 2, 2, 0, 0, 0)]


def test_an_old_referral_does_not_count_in_a_short_period() -> None:
    worker = a_caseworker()
    sent(worker, at=at("2026-03-02 10:00"))
    since = timezone.now() - timedelta(days=30)
    assert selectors.bodies(a_lead(), since, timezone.now()) == []


@pytest.mark.parametrize(("who", "status"), [(a_lead, 200), (a_caseworker, 404), (a_lawyer, 404)])
def test_only_a_duty_leader_reads_who_answers(client: Client, who: Any, status: int) -> None:
    sent(a_caseworker())
    assert signed_in(client, who()).get(reverse("referrals:bodies") + "?days=30").status_code == status


def hints(case: Case, worker: Any) -> list[str]:
    return [hint.law for hint in suggestions_for(case, worker) if "referral" in hint.url]


def test_what_is_missing_is_suggested() -> None:
    worker = a_caseworker()
    case = a_case(worker, wishes=["legal_aid"], flags=["injury"])
    before = hints(case, worker)
    drafted(worker, case)
    drafted(worker, case, service="medical")
    assert (before, hints(case, worker)) == (["L08", "N03"], [])


def test_a_referral_sent_back_and_one_whose_consent_ended_are_urgent() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    back, ended = sent(worker), sent(worker)
    perform(back, "refuse", actor=lawyer, refusal="no_place", reason="满")
    consent_ends(ended, in_days(-1))
    found = [[h.law for h in suggestions_for(row.case, worker) if h.urgent] for row in (back, ended)]
    assert found == [["N02"], ["D02"]]
