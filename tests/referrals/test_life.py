"""The story of a referral: prepared, sent, seen, accepted, served, answered, closed; sent back, passed on; consent withdrawn."""

from datetime import datetime

import pytest
from django.utils import timezone

from casework.models import Happening, Task
from referrals.models import Consent, Disclosure, Referral
from tests.people import a_caseworker, justice
from tests.protection_orders.orders import at
from tests.referrals.handed import (
    CONSENT,
    a_lawyer,
    a_told_case,
    accepted,
    consent_of,
    drafted,
    in_days,
    sent,
)
from workflow.engine import NotVisible, Unmet, perform
from workflow.models import Deadline, Notice, OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def verdicts(referral: Referral) -> dict[str, str]:
    return dict(Deadline.objects.filter(obj_id=referral.pk).values_list("clock", "state"))


def test_a_referral_to_legal_aid_lives_from_the_draft_to_the_last_answer() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    case = a_told_case(worker)
    referral = drafted(worker, case, urgency="urgent")
    perform(
        referral, "send", actor=worker, at=at("2026-03-02 10:00"), receiver=justice(), **CONSENT,
        consent_until=in_days(400), shares=["name", "safe_phone", "danger"],
    )  # fmt: skip
    perform(referral, "see", actor=lawyer, at=at("2026-03-02 11:00"))
    perform(referral, "accept", actor=lawyer, at=at("2026-03-02 15:00"), contact="何律师")
    perform(referral, "start", actor=lawyer, at=at("2026-03-03 09:00"))
    perform(referral, "feed_back", actor=lawyer, at=at("2026-03-04 09:00"), answer="已会见")
    with pytest.raises(Unmet) as refused:
        perform(referral, "finish", actor=lawyer, outcome="helped", answer="判决离婚", amount=500)
    assert [need.name for need in refused.value.needs] == ["no_sum_but_for_a_livelihood"]
    perform(referral, "finish", actor=lawyer, at=at("2026-06-01"), outcome="helped", answer="判决离婚")
    perform(referral, "close", actor=worker, need_met=True)
    moves = list(StepRecord.objects.filter(obj_id=referral.pk).values_list("move", flat=True))
    assert (referral.state, moves) == (
        "done",
        ["draft", "send", "see", "accept", "start", "feed_back", "finish", "close"],
    )
    assert verdicts(referral) == {
        "referral_urgent_1d": "met", "legal_aid_review_7d": "met", "legal_aid_assign_3d": "met",
        "referral_feedback_3wd": "met",
    }  # fmt: skip
    assert list(Happening.objects.filter(case=case).values_list("kind", flat=True)) == [
        "referral_sent",
        "legal_aid_granted",
    ]


def test_what_goes_out_is_written_into_the_ledger_with_its_basis() -> None:
    worker = a_caseworker()
    referral = sent(worker, shares=["name", "safe_phone"])
    row = Disclosure.objects.get(referral=referral)
    consent = Consent.objects.get(case=referral.case)
    today = timezone.localdate()
    assert (row.agency_id, row.basis, row.consent_id, row.items, row.channel, row.kept_until.year - today.year) == (
        justice().pk, "consent", consent.pk, ["name", "safe_phone"], "account", 3,
    )  # fmt: skip


def test_a_consent_on_record_is_used_again_for_the_same_body_and_service() -> None:
    worker = a_caseworker()
    first = sent(worker)
    second = drafted(worker, first.case)
    perform(second, "send", actor=worker, receiver=justice(), basis="consent")
    assert (second.consent_id, Consent.objects.count()) == (first.consent_id, 1)


def test_withdrawing_a_consent_takes_back_what_rests_on_it_and_nothing_else() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    resting = accepted(worker, lawyer)
    by_duty = sent(worker, resting.case, basis="duty")
    perform(consent_of(resting), "withdraw", actor=worker, words="不想再联系律师")
    resting.refresh_from_db()
    by_duty.refresh_from_db()
    running = Deadline.objects.live().filter(obj_id=resting.pk).count()
    assert (resting.state, by_duty.state, running) == ("withdrawn", "sent", 0)


def test_a_withdrawn_consent_shuts_the_receiver_out_at_once() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral = accepted(worker, lawyer)
    perform(consent_of(referral), "withdraw", actor=worker)
    with pytest.raises(NotVisible):
        perform(referral, "start", actor=lawyer)


def test_sent_back_it_is_passed_on_with_the_same_request_and_asks_for_consent_anew() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral = sent(worker)
    perform(referral, "refuse", actor=lawyer, refusal="no_place", reason="律师全部在办案")
    task = Task.objects.get(case=referral.case, obj_id=referral.pk)
    other = justice("满洲里市法律援助中心")
    perform(referral, "reroute", actor=worker, next_receiver=other, reason="改转市中心")
    following = Referral.objects.get(previous=referral)
    task.refresh_from_db()
    assert (referral.state, following.state, following.receiver, following.consent, task.done) == (
        "rerouted", "drafted", other, None, True,
    )  # fmt: skip


def test_an_objection_to_the_refusal_of_legal_aid_is_reviewed() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral = sent(worker)
    perform(referral, "refuse", actor=lawyer, refusal="conditions", reason="不符合条件")
    perform(referral, "object", actor=worker, reason="家暴受害人不审查经济状况")
    perform(referral, "allow", actor=lawyer, reason="应当援助")
    assert (referral.state, verdicts(referral)["legal_aid_objection_5d"]) == ("accepted", "met")


def test_each_side_is_told_of_what_the_other_did() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral = accepted(worker, lawyer)
    told = OutboxMessage.objects.filter(obj_id=referral.pk).order_by("seq").values_list("agency_id", "kind")
    assert (list(told), Notice.objects.count()) == (
        [(justice().pk, "referral_sent"), (worker.agency_id, "referral_accepted")],
        0,
    )


def test_what_was_shared_in_an_emergency_is_told_to_her_afterwards() -> None:
    worker = a_caseworker()
    referral = sent(worker, basis="emergency", why_without="昏迷，需要抢救", service="medical")
    assert Task.objects.filter(case=referral.case, obj_id=referral.pk, done_at=None).count() == 1
