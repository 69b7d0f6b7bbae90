"""What a person is told of her own data; what a perpetrator or a suspected guardian can never reach by asking."""

import re
from typing import Any

import pytest
from django.test import Client

from agencies.models import User
from casework.models import Person
from casework.opened import openings_of
from casework.paper.papers import papers_of
from privacy.reading import reveal
from tests.papers import ACCOUNT, CANARY, NAME, a_told_case, pdf_text, printed, word_xml
from tests.people import a_caseworker, a_lead, an_operator, signed_in
from workflow.engine import BadTakes, Unmet, perform
from workflow.models import Deadline

pytestmark = pytest.mark.django_db


def test_her_sheet_says_in_plain_words_which_body_and_post_looked_and_names_nobody() -> None:
    worker, chief = a_caseworker(), a_lead()
    case = a_told_case(worker)
    reveal(case.persons.get(role="victim"), "name", "phone", actor=worker)
    reveal(case.incidents.get(), "account", actor=chief, purpose="supervision")
    signed_in(Client(), an_operator()).get(case.get_absolute_url())
    page = signed_in(Client(), worker).get(f"/cases/{case.pk}/opened/").content.decode()
    text = pdf_text(printed("opened", case, worker), worker)
    staff = [User.objects.get(pk=one.user_id).display_name for one in (worker, chief)]
    sheet = page.split('id="main"', 1)[1].split("</main>", 1)[0]
    for words in ("扎赉诺尔区妇女联合会", "姓名和号码", "您的遭遇", "督导检查", "看了您的个案页面"):
        assert words in sheet and words in text, words
    assert [name for name in staff if name in text or name in sheet.split("<table", 1)[1]] == []
    assert re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}", text) == []
    assert NAME not in text
    assert len(openings_of(case)) == len(
        {(o.day, o.body, str(o.post), str(o.done), str(o.purpose)) for o in openings_of(case)}
    )


def test_his_request_reaches_his_own_data_and_nothing_of_hers() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    him = case.persons.get(role="respondent")
    paper = printed("own_data", him, worker)
    text = pdf_text(paper, worker) + word_xml(paper, worker)
    assert "赵某强" in text
    hers = (
        NAME,
        CANARY,
        ACCOUNT,
        "赵小某",
        "报告人金",
        "13700002222",
        "送快递",
        case.reference,
        case.alias,
        "13812345678",
    )
    assert [words for words in hers if words in text] == []


def test_a_childs_data_is_on_no_paper_a_suspected_guardian_could_be_given() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    child = Person.objects.get(case=case, role="child")
    assert [paper.key for paper in papers_of(child, worker)] == []
    page = signed_in(Client(), worker).get(f"/cases/{case.pk}/opened/").content.decode()
    assert f"/own_data/{child.pk}/" not in page


@pytest.mark.parametrize(
    ("takes", "error"),
    [
        ({"asker": "respondent", "answer": "done"}, BadTakes),
        ({"asker": "guardian", "answer": "partly"}, BadTakes),
        ({"asker": "guardian", "answer": "refused"}, Unmet),
    ],
)
def test_others_are_told_their_own_data_or_refused_with_a_reason(takes: dict[str, Any], error: Any) -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    with pytest.raises(error):
        perform(case, "answer_others", actor=worker, **takes)
    perform(case, "answer_others", actor=worker, asker="respondent", answer="own")


def test_somebody_elses_request_has_a_clock_of_its_own_that_only_the_answer_to_them_ends() -> None:
    worker = a_caseworker()
    case = a_told_case(worker)
    perform(case, "ask_data", actor=worker, wanted="copy")
    perform(case, "ask_others", actor=worker, asker="respondent")
    row = Deadline.objects.get(obj_id=case.pk, clock="others_data_request")
    days = (row.policy_due - row.started_to).days if row.policy_due and row.started_to else None
    assert (days in (15, 16), row.closed_at) == (True, None)
    perform(case, "answer_data", actor=worker, answer="done")
    assert case.has_open_clock("others_data_request")
    perform(case, "answer_others", actor=worker, asker="respondent", answer="refused", why="涉及他人隐私")
    assert not case.has_open_clock("others_data_request")
