"""The desk's pages: bad input is told at its field and kept, nothing is kept of nobody, two windows never overwrite."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import Case, Person
from hotline.forms import DeskForm
from hotline.models import Call, CallDraft
from hotline.selectors import draft_of, record
from privacy.reading import reveal
from tests.casework.cases import a_case
from tests.hotline.calls import NUMBER, TOLD, a_call, at_the_desk
from tests.people import a_caseworker, an_operator, another_federation, signed_in

pytestmark = pytest.mark.django_db
OPEN = TOLD | {"outcome": "open_case"}


def test_a_frightened_caller_becomes_a_case_in_one_save(client: Client) -> None:
    operator = an_operator()
    signed_in(client, operator)
    page = client.post("/desk/new", follow=True)
    call = Call.objects.get()
    typed = {
        "safety": "unsafe", "kind": "self", "number": "13904705588", "victim_name": "王小丽", "account": "他打我",
        "forms_of_violence": ["physical"], "relation": "1_spouse", "children": "yes", "rights_informed": "on",
        "danger_1": "yes", "danger_F1": "yes", "wishes": ["order", "letter"], "outcome": "open_case",
        "safe_from": "09:00", "safe_to": "11:00", "code_word": "快递",
    }  # fmt: skip
    answer = client.post(f"/desk/{call.pk}", typed)
    case = Case.objects.get()
    assert (page.status_code, answer.status_code, case.danger, case.children_answered, Person.objects.count()) == (
        200, 302, "high", True, 1,
    )  # fmt: skip
    assert not CallDraft.objects.exists()


BAD = [
    ("number", "1391234", "手机号为 11 位"),
    ("victim_phone", "1391234567８９", "手机号为 11 位"),
    ("victim_id", "11010119900307003", "身份证号应为 18 位"),
    ("victim_id", "110101199002300038", "第 7"),
    ("victim_name", "王" * 10_000, "太长了：最多 60 个字，现在有 10000 个。"),
    ("victim_name", "王\x00丽", "无法保存的空字符"),
    ("account", "打" * 8001, "太长了：最多 8000 个字，现在有 8001 个。"),
    ("happened_on", "2026-02-30", "日期"),
    ("happened_on", "2999-01-01", "这一天还没有到"),
    ("victim_age", "三十", "整数"),
    ("victim_age", "150", "120"),
    ("safe_from", "25:99", "时间"),
    ("safe_from", "09:00", "请把安全时段的起止时间都填上。"),
    ("judged_level", "high", "请说明为什么调高等级。"),
    ("danger_1", "maybe", "选项"),
    ("case", "1234", "请在左侧重新选择个案。"),
]


@pytest.mark.parametrize(("name", "value", "said"), BAD, ids=lambda one: str(one)[:24])
def test_bad_input_is_told_at_its_field_and_the_rest_is_kept(
    client: Client, name: str, value: str, said: str
) -> None:
    call = at_the_desk(client)
    answer = client.post(f"/desk/{call.pk}", OPEN | {"advice": "先到邻居家", name: value})
    page = answer.content.decode()
    assert (answer.status_code, said in page, "先到邻居家" in page, Call.objects.get().state) == (
        422, True, True, "open",
    )  # fmt: skip


GOOD = [
    ("victim_name", "欧阳·其其格", "欧阳·其其格"),
    ("victim_name", "\u202e王\u200b𠮷䶮\u2066", "王𠮷䶮"),
    ("victim_id", "１１０１０１１９９００３０７００３８", "110101199003070038"),
    ("victim_phone", "１３９－４７０１－２３４５", "13947012345"),
]


@pytest.mark.parametrize(("name", "value", "kept"), GOOD)
def test_what_people_really_type_is_taken(client: Client, name: str, value: str, kept: str) -> None:
    operator = an_operator()
    call = at_the_desk(client, operator)
    client.post(f"/desk/{call.pk}", OPEN | {name: value})
    column = {"victim_name": "name", "victim_id": "id_number", "victim_phone": "phone"}[name]
    assert reveal_one(Person.objects.get(), column, operator) == kept


def reveal_one(person: Person, column: str, actor: Any) -> str:
    return str(reveal(person, column, actor=actor)[column])


ANY_TEXT = st.text(max_size=120)
NAMES = sorted(set(DeskForm.base_fields) - {"outcome"})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.dictionaries(st.sampled_from(NAMES), ANY_TEXT, max_size=12), scale=ANY_TEXT)
def test_whatever_is_typed_the_desk_answers(client: Client, typed: dict[str, str], scale: str) -> None:
    """No text breaks the draft, the side columns or the save."""
    call = at_the_desk(client)
    sent = typed | {"danger_3": scale, "outcome": "open_case"}
    asked = [
        client.post(f"/desk/{call.pk}{part}", sent).status_code
        for part in ("/draft", "/people", "/outlook", "")
    ]
    assert asked[:3] == [204, 200, 200] and asked[3] in {302, 409, 422}


def test_an_empty_scale_is_no_assessment_and_nowhere_low(client: Client) -> None:
    call = at_the_desk(client)
    client.post(f"/desk/{call.pk}", OPEN)
    case = Case.objects.get()
    assert (case.danger, case.state, case.assessments.count()) == ("undetermined", "intake", 0)


def test_a_refusal_names_the_article_and_keeps_the_text(client: Client) -> None:
    call = at_the_desk(client)
    answer = client.post(
        f"/desk/{call.pk}", TOLD | {"outcome": "advise", "danger_F1": "yes", "account": "他掐她脖子"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "来电人有危险" in page, "妇联受理家暴投诉规程" in page, "他掐她脖子" in page) == (
        409, True, True, True,
    )  # fmt: skip


def test_a_foreign_case_is_not_joined_and_the_text_stays(client: Client) -> None:
    foreign = a_case(a_caseworker(another_federation()))
    call = at_the_desk(client)
    answer = client.post(
        f"/desk/{call.pk}", TOLD | {"outcome": "join_case", "case": str(foreign.pk), "account": "还是他"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "请在左侧重新选择个案。" in page, "还是他" in page) == (422, True, True)


@pytest.mark.parametrize("kind", ["silent", "hang_up", "abusive", "wrong", "thanks"])
def test_a_call_without_data_keeps_its_kind_and_nothing_else(client: Client, kind: str) -> None:
    operator = an_operator()
    call = at_the_desk(client, operator)
    typed = {"number": NUMBER, "account": "骂人", "place": "灵泉镇", "nothing": kind}
    client.post(f"/desk/{call.pk}/draft", typed)
    asked = client.post(f"/desk/{call.pk}/nothing", typed)
    done = client.post(f"/desk/{call.pk}/nothing", typed | {"sure": "1"})
    kept = [(row.number, row.account, row.place) for row in Call.history.all()]
    call.refresh_from_db()
    assert (asked.status_code, done.status_code, call.state, call.kind, call.tags, CallDraft.objects.count()) == (
        200, 302, "no_data", kind, [], 0,
    )  # fmt: skip
    assert [opened(call, operator)] == [("", "", "")] and len(kept) >= 2


def opened(call: Call, actor: Any) -> tuple[str, str, str]:
    clear = record(call, actor)
    return clear["number"], clear["account"], clear["place"]


def test_the_second_window_is_refused_with_both_texts(client: Client) -> None:
    operator = an_operator()
    call = at_the_desk(client, operator)
    first, second = {"window": "a", "base": "0"}, {"window": "b", "base": "1"}
    kept = client.post(f"/desk/{call.pk}/draft", first | {"account": "甲写的"})
    other = client.post(f"/desk/{call.pk}/draft", second | {"account": "乙写的"})
    stale = client.post(f"/desk/{call.pk}/draft", first | {"account": "甲又写的"})
    saved = client.post(f"/desk/{call.pk}", OPEN | first | {"account": "甲又写的"})
    pages = [stale.content.decode(), saved.content.decode()]
    assert [one.status_code for one in (kept, other, stale, saved)] == [204, 204, 409, 409]
    assert [("甲又写的" in page, "乙写的" in page) for page in pages] == [(True, True), (True, True)]
    assert (draft_of(call, operator)["account"], Call.objects.get().state) == ("乙写的", "open")


def test_what_is_sent_to_a_closed_call_is_shown_and_not_lost(client: Client) -> None:
    call = at_the_desk(client)
    client.post(f"/desk/{call.pk}", OPEN | {"account": "他打我"})
    late = client.post(f"/desk/{call.pk}", OPEN | {"account": "他还拿了刀"})
    twice = client.post(f"/desk/{call.pk}", OPEN | {"account": "他打我"})
    page = late.content.decode()
    assert (late.status_code, "他还拿了刀" in page, twice.status_code, Case.objects.count()) == (
        409,
        True,
        302,
        1,
    )


def test_a_colleagues_call_is_named_on_its_page(client: Client) -> None:
    call = a_call()
    signed_in(client, an_operator())
    assert "接手" in client.get(f"/desk/{call.pk}").content.decode()
