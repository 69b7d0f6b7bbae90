"""The form goes where the referral goes, so it says no more of her than was ticked for that body."""

import pytest

from tests.papers import NAME, a_told_case, pdf_text, printed
from tests.people import a_caseworker
from tests.referrals.handed import CONDITION, REQUEST, a_lawyer, sent
from workflow.engine import perform

pytestmark = pytest.mark.django_db
HERS = (NAME, "赵某强", CONDITION, "推搡", "危险等级高")


def test_the_form_says_what_was_ticked_and_masks_her_number() -> None:
    worker = a_caseworker()
    case, other = a_told_case(worker), a_told_case(worker)
    few = sent(worker, case, shares=["safe_phone"], basis="duty")
    many = sent(worker, other, shares=["name", "condition", "respondent", "incidents", "danger"])
    texts = [pdf_text(printed("referral_form", row, worker), worker) for row in (few, many)]
    assert [[word for word in HERS if word in text] for text in texts] == [[], list(HERS)]
    assert [word in texts[0] for word in (REQUEST, "137****2222", "13700002222")] == [True, True, False]


def test_the_receiver_prints_its_own_answer() -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral = sent(worker, a_told_case(worker), shares=["name"])
    perform(referral, "accept", actor=lawyer, contact="王律师")
    perform(referral, "finish", actor=lawyer, outcome="helped", answer="已代写申请书")
    text = pdf_text(printed("referral_receipt", referral, lawyer), lawyer)
    told = ("已代写申请书", "王律师", NAME)
    assert [word for word in told if word not in text] == []
