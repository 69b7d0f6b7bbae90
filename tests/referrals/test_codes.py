"""The page for a partner without an account: one code, one sitting, only what the receiver may see, nothing guessed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from privacy.audit import ReadAudit
from referrals.models import Disclosure, HandOverCode, Referral
from referrals.services import CodeNotNow, digest_of, make_code, sitting, use_code
from tests.casework.cases import ID_NUMBER, NAME, PHONE
from tests.people import a_caseworker, a_lead, a_policeman, signed_in
from tests.referrals.handed import CONDITION, REQUEST, consent_of, drafted, sent
from workflow.engine import perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
ENTER, OPEN = "/hand-over/", "/hand-over/open/"


def text(response: Any) -> str:
    return str(response.content.decode())


def a_code(worker: Any = None, **takes: Any) -> tuple[Referral, str]:
    worker = worker or a_caseworker()
    referral = sent(worker, **takes)
    return referral, make_code(referral, actor=worker, now=timezone.now())


def enter(client: Client, code: str) -> Any:
    return client.post(ENTER, {"code": code})


def answer(client: Client, name: str, **data: Any) -> Any:
    return client.post(f"{OPEN}{name}/", data)


def test_a_code_opens_what_the_receiver_may_see_and_no_more(client: Client) -> None:
    _referral, code = a_code(shares=["name", "safe_phone"])
    went = enter(client, code)
    page = client.get(OPEN)
    words = (NAME, PHONE, REQUEST, ID_NUMBER, CONDITION, "赵某强", "王婶", "新开街")
    assert (went["Location"], page.status_code, page["Cache-Control"], [w for w in words if w in text(page)]) == (
        OPEN, 200, "no-store", [NAME, PHONE, REQUEST],
    )  # fmt: skip


def test_typing_the_code_is_seeing_the_referral(client: Client) -> None:
    referral, code = a_code()
    enter(client, code)
    referral.refresh_from_db()
    step = StepRecord.objects.get(obj_id=referral.pk, move="see")
    used = HandOverCode.objects.get(referral=referral)
    assert (referral.state, step.actor_user, step.actor_agency) == ("seen", used.pk, referral.receiver_id)


def test_a_code_is_taken_however_it_is_typed(client: Client) -> None:
    _referral, code = a_code()
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "　" for sign in code.lower())
    assert enter(client, f" {wide} ").status_code == 302


def test_a_code_works_once(client: Client) -> None:
    _referral, code = a_code()
    assert [enter(client, code).status_code, enter(Client(), code).status_code] == [302, 422]


def test_two_at_once_do_not_both_get_in() -> None:
    _referral, code = a_code()
    now = timezone.now()
    assert [use_code(code, now=now) is not None for _try in range(2)] == [True, False]


def test_a_new_code_makes_the_earlier_one_void() -> None:
    worker = a_caseworker()
    referral, first = a_code(worker)
    second = make_code(referral, actor=worker, now=timezone.now())
    now = timezone.now()
    assert [use_code(code, now=now) is not None for code in (first, second)] == [False, True]


@pytest.mark.parametrize(("hours", "good"), [(71.9, True), (72, False)])
def test_a_code_ends_after_three_days(hours: float, good: bool) -> None:
    _referral, code = a_code()
    made = HandOverCode.objects.get()
    assert (use_code(code, now=made.made_at + timedelta(hours=hours)) is not None) == good


@pytest.mark.parametrize(("minutes", "good"), [(29.9, True), (30, False)])
def test_a_sitting_ends_after_half_an_hour(minutes: float, good: bool) -> None:
    _referral, code = a_code()
    used = use_code(code, now=timezone.now())
    assert used is not None and used.used_at is not None
    assert (sitting(used.pk, used.used_at + timedelta(minutes=minutes)) is not None) == good


def test_a_withdrawn_consent_closes_an_open_sitting_that_second(client: Client) -> None:
    worker = a_caseworker()
    referral, code = a_code(worker)
    enter(client, code)
    before = client.get(OPEN).status_code
    perform(consent_of(referral), "withdraw", actor=worker)
    page = client.get(OPEN)
    late = answer(client, "accept")
    assert (before, page.status_code, NAME in text(page), late.status_code) == (200, 404, False, 404)


def test_a_code_for_what_was_withdrawn_opens_nothing(client: Client) -> None:
    worker = a_caseworker()
    referral, code = a_code(worker)
    perform(referral, "withdraw", actor=worker, reason="改主意")
    assert enter(client, code).status_code == 422


def test_a_partner_accepts_and_is_given_the_code_for_the_next_answer(client: Client) -> None:
    referral, code = a_code()
    enter(client, code)
    thanks = answer(client, "accept", contact="王医生")
    referral.refresh_from_db()
    assert (thanks.status_code, referral.state, client.get(OPEN).status_code) == (200, "accepted", 404)
    enter(client, thanks.context["code"])
    answer(client, "feed_back", answer="已会见")
    assert StepRecord.objects.filter(obj_id=referral.pk, move="feed_back").count() == 1


def test_a_partner_sends_it_back_with_a_reason(client: Client) -> None:
    referral, code = a_code()
    enter(client, code)
    missing = answer(client, "refuse", reason="没有空床")
    done = answer(client, "refuse", refusal="no_place", reason="没有空床")
    referral.refresh_from_db()
    assert (missing.status_code, "没有空床" in text(missing), done.status_code, done.context["code"], referral.state) == (
        422, True, 200, "", "refused",
    )  # fmt: skip


def test_a_partner_makes_no_move_of_the_sender(client: Client) -> None:
    referral, code = a_code()
    enter(client, code)
    found = [
        answer(client, name, reason="x").status_code
        for name in ("withdraw", "reroute", "see", "close", "nothing")
    ]
    referral.refresh_from_db()
    assert (found, referral.state) == ([404] * 5, "seen")


def test_an_answer_that_somebody_else_has_given_meanwhile_changes_nothing(client: Client) -> None:
    worker = a_caseworker()
    referral, code = a_code(worker)
    enter(client, code)
    perform(referral, "accept", actor=worker)
    page = answer(client, "accept")
    assert (page.status_code, StepRecord.objects.filter(obj_id=referral.pk, move="accept").count()) == (
        409,
        1,
    )


def test_without_a_code_there_is_nothing(client: Client) -> None:
    a_code()
    assert [client.get(OPEN).status_code, answer(client, "accept").status_code] == [404, 404]


@pytest.mark.parametrize("typed", ["", "AAAAA-AAAAA", "x" * 41, "𠮷𠮷", "\x00", "‮ABCDE"])
def test_wrong_codes_look_alike_and_say_what_to_do(client: Client, typed: str) -> None:
    page = enter(client, typed)
    assert (page.status_code, "text/html" in page["Content-Type"]) == (422, True)


def test_guessing_is_slowed_down_and_others_are_not(client: Client) -> None:
    _referral, code = a_code()
    codes = [enter(client, f"AAAAA-AAA{number:02}").status_code for number in range(22)]
    slowed = enter(client, code)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7").post(ENTER, {"code": code})
    assert (codes[0], slowed.status_code, "Retry-After" in slowed, elsewhere.status_code) == (
        422,
        429,
        True,
        302,
    )


def test_only_a_keyed_digest_is_kept() -> None:
    _referral, code = a_code()
    row = HandOverCode.objects.get()
    assert (row.digest == digest_of(code), code.replace("-", "") in row.digest.upper(), len(row.digest)) == (
        True,
        False,
        64,
    )


def test_nothing_personal_stands_in_the_session_or_the_address(client: Client) -> None:
    _referral, code = a_code()
    enter(client, code)
    held = [session.get_decoded() for session in Session.objects.all()]
    assert [set(one) for one in held] == [{"hand_over"}]


def test_the_reading_is_written_down_under_the_code() -> None:
    client = Client()
    _referral, code = a_code(shares=["name"])
    enter(client, code)
    client.get(OPEN)
    used = HandOverCode.objects.get()
    rows = ReadAudit.objects.filter(actor_user=used.pk, table="casework_person").values_list(
        "purpose", "fields"
    )
    assert list(rows) == [("liaison", ["name"])]


def test_the_ledger_says_that_it_went_out_with_a_code() -> None:
    referral, _code = a_code()
    found = (
        Disclosure.objects.filter(referral=referral).order_by("shared_at").values_list("channel", flat=True)
    )
    assert list(found) == ["account", "code"]


def test_no_code_is_made_for_what_does_not_wait_at_another_body() -> None:
    worker = a_caseworker()
    with pytest.raises(CodeNotNow):
        make_code(drafted(worker), actor=worker, now=timezone.now())


def test_a_worker_is_told_the_code_once(client: Client) -> None:
    worker = a_caseworker()
    referral = sent(worker)
    page = signed_in(client, worker).post(reverse("referrals:code", args=[referral.pk]))
    again = client.get(referral.get_absolute_url())
    assert (
        digest_of(page.context["code"]) == HandOverCode.objects.get().digest,
        page.context["code"] in text(again),
    ) == (
        True,
        False,
    )


@pytest.mark.parametrize(("who", "status"), [(a_lead, 200), (a_policeman, 404)])
def test_codes_are_made_by_the_federation(client: Client, who: Any, status: int) -> None:
    referral = sent(a_caseworker())
    assert signed_in(client, who()).post(reverse("referrals:code", args=[referral.pk])).status_code == status


def test_time_is_counted_from_the_clock_that_is_passed_in() -> None:
    _referral, code = a_code()
    assert use_code(code, now=datetime(2100, 1, 1, tzinfo=timezone.get_default_timezone())) is None
