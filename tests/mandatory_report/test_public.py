"""The public pages without JavaScript: going on and back, refusals that keep the text, the query, and the limits."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.measures.mandatory_report.models import Knock, MandatoryReport
from casework.measures.mandatory_report.queries import LIMITS, may_knock
from tests.attacks.record import Tried
from tests.mandatory_report.reports import FORM, TYPED, found, ground, send
from tests.people import a_policeman
from workflow.engine import perform

pytestmark = pytest.mark.django_db
PAGES = (
    ("duty",), ("situations", "account", "injury"), ("found_on", "found_at", "found_how", "area", "place"),
    ("victim_name", "victim_age", "victim_sex", "suspect_name", "suspect_relation"),
    ("unit", "unit_name", "reporter_name", "reporter_phone", "told_police"),
)  # fmt: skip


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_page_by_page_to_the_receipt(client: Client) -> None:
    ground()
    answer, typed = client.get(FORM), dict[str, Any]()
    for number, names in enumerate(PAGES):
        typed |= {name: TYPED[name] for name in names} | {"page": str(number), "go": "next"}
        typed["key"] = answer.context["wizard"].key
        answer = client.post(FORM, typed)
        carried = {name for name, _value in answer.context["wizard"].carried}
        assert {name for page in PAGES[: number + 1] for name in page} <= carried
    assert (answer.context["wizard"].is_summary, "手臂和后背多处淤青" in text(answer)) == (True, True)
    answer = client.post(FORM, {**typed, "page": "5", "go": "send"})
    assert (answer.status_code, MandatoryReport.objects.get().receipt in text(answer)) == (200, True)


def test_going_back_keeps_everything(client: Client) -> None:
    ground()
    answer = client.post(FORM, {**TYPED, "key": "k", "page": "2", "go": "back"})
    wizard = answer.context["wizard"]
    assert (wizard.number, wizard.form.initial["account"], ("place", "灵泉镇三道街") in wizard.carried) == (
        1, TYPED["account"], True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "changes", "field"),
    [
        (0, {"duty": None}, "duty"),
        (0, {"duty": "unable"}, "unable_reasons"),
        (1, {"situations": None}, "situations"),
        (1, {"account": " "}, "account"),
        (1, {"account": "打" * 4001}, "account"),
        (1, {"account": "他\u202e打我"}, "account"),
        (2, {"found_on": "2026-02-31"}, "found_on"),
        (2, {"found_on": "2099-01-01"}, "found_on"),
        (2, {"found_on": "1926-03-02"}, "found_on"),
        (2, {"found_at": "25:61"}, "found_at"),
        (2, {"area": "150703999"}, "area"),
        (3, {"victim_age": "1000"}, "victim_age"),
        (3, {"victim_name": "王" * 10_000}, "victim_name"),
        (4, {"reporter_phone": "12"}, "reporter_phone"),
        (4, {"unit": "federation"}, "unit"),
        (4, {"told_police": None}, "told_police"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_said_at_its_field_and_nothing_is_lost(
    client: Client, page: int, changes: dict[str, Any], field: str
) -> None:
    ground()
    answer = send(client, **changes)
    wizard = answer.context["wizard"]
    assert (answer.status_code, wizard.number, list(wizard.form.errors), MandatoryReport.objects.count()) == (
        422, page, [field], 0,
    )  # fmt: skip
    if page != 1:
        assert TYPED["account"] in text(answer)


@pytest.mark.attack("T55")
@pytest.mark.parametrize("name", ["欧阳𠮷儿", "阿依古丽·买买提", "Ｗａｎｇ", "纳·布和"])
def test_rare_names_are_names(client: Client, name: str, tried: Tried) -> None:
    ground()
    got = send(client, victim_name=name).status_code
    tried(request=f"POST /report/form, {name}", actor="visitor", expected=200, got=got)


@pytest.mark.parametrize("page", ["", "-1", "99", "²", "1e3", "x" * 5000])
def test_a_page_nobody_offered_is_the_first_or_the_last(client: Client, page: str) -> None:
    assert client.post(FORM, {"page": page, "go": "next"}).status_code in {200, 422}


@pytest.mark.parametrize("page", ["0", "5"])
def test_a_form_sent_without_its_button_is_shown_again(client: Client, page: str) -> None:
    ground()
    assert client.post(FORM, {**TYPED, "page": page}).status_code == 200


def test_the_way_in_stands_beside_the_sign_in(client: Client) -> None:
    assert 'href="/report/"' in text(client.get("/sign-in"))


def test_what_was_typed_is_text_and_no_code(client: Client) -> None:
    ground()
    answer = client.post(FORM, {**TYPED, "account": '"><script>alert(1)</script>', "page": "2", "go": "back"})
    assert "<script>alert" not in text(answer)


@pytest.mark.parametrize("address", ["/report/", FORM, "/report/status"])
def test_the_pages_need_no_account_and_leave_nothing_behind(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, "no-store" in answer["Cache-Control"], answer["X-Robots-Tag"], "离开" in text(answer)) == (
        200, True, "noindex", True,
    )  # fmt: skip


def test_the_forms_of_accounts_ask_for_an_account(client: Client) -> None:
    assert client.get("/report/new").status_code == 302


def query(client: Client, receipt: str, code: str) -> Any:
    return client.post("/report/status", {"receipt": receipt, "code": code})


def test_with_number_and_code_one_sees_how_far_it_has_come(client: Client) -> None:
    ground()
    sent = send(client).context["sent"]
    perform(sent.report, "take_up", actor=a_policeman(), police_receipt="12")
    found = query(client, sent.report.receipt, sent.code).context["found"]
    assert (len(found.steps), str(found.word)) == (2, "公安机关已受理，将在三日内反馈。")


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda s: s.replace("-", " "), lambda s: f"  {s} ", lambda s: s.replace("QB-", "")]
)
def test_it_is_read_as_people_copy_it(client: Client, spoil: Any) -> None:
    ground()
    sent = send(client).context["sent"]
    assert query(client, spoil(sent.report.receipt), spoil(sent.code)).context["found"] is not None


def test_the_query_says_nothing_about_anybody(client: Client) -> None:
    ground()
    sent = send(client).context["sent"]
    page = text(query(client, sent.report.receipt, sent.code))
    assert [word for word in ("小雨", "赵某强", "白雪梅", "淤青", "幼儿园", sent.code) if word in page] == []


def test_a_wrong_code_is_the_same_as_a_wrong_number(client: Client) -> None:
    ground()
    sent = send(client).context["sent"]
    wrong, none = query(client, sent.report.receipt, "2222222222"), query(client, "QB-2222-2222", sent.code)
    assert (wrong.status_code, none.status_code, wrong.context["form"].errors) == (
        422,
        422,
        none.context["form"].errors,
    )


def test_a_report_of_our_own_has_no_code_to_guess(client: Client) -> None:
    report = found()
    assert [query(client, report.receipt, code).status_code for code in ("", "2222222222")] == [422, 422]


def test_guessing_is_slowed_and_then_the_right_code_waits_too(client: Client) -> None:
    ground()
    sent = send(client).context["sent"]
    for _guess in range(LIMITS["wrong"]):
        query(client, sent.report.receipt, "2222222222")
    assert query(client, sent.report.receipt, sent.code).status_code == 429


def test_a_flood_from_one_address_is_refused_with_everything_still_typed(client: Client) -> None:
    ground()
    for number in range(LIMITS["send"]):
        send(client, key=f"k{number}")
    answer = send(client, key="once more", account="这是另一件事。")
    assert (answer.status_code, "这是另一件事。" in text(answer), MandatoryReport.objects.count()) == (
        429,
        True,
        1,
    )


def test_the_limit_is_forgotten_after_an_hour_and_its_rows_after_a_day() -> None:
    now = timezone.now()
    heard = [may_knock("send", "10.0.0.1", now) for _knock in range(LIMITS["send"] + 1)]
    later = may_knock("send", "10.0.0.1", now + timedelta(hours=2))
    may_knock("send", "10.0.0.2", now + timedelta(days=2))
    assert (heard.count(False), later, Knock.objects.count()) == (1, True, 1)


def test_an_address_is_not_kept_in_clear() -> None:
    may_knock("send", "10.1.2.3", timezone.now())
    assert "10.1.2.3" not in Knock.objects.get().place
