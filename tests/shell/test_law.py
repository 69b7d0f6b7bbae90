import pytest
from django.utils.translation import override

from config import law
from config.templatetags.ui import clock_basis
from config.templatetags.ui import law as chips
from workflow.rules import all_rules


def test_every_rule_has_a_citation_a_gist_and_a_binding_in_both_languages() -> None:
    bare = [
        rule.id
        for rule in law.rules().values()
        if not (
            rule.cite_zh and rule.cite_en and rule.gist_zh and rule.gist_en and rule.binding in law.BINDING
        )
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("28", "第28条", "art. 28"),
        ("22.2", "第22条第2款", "art. 22(2)"),
        ("3#7", "第3条第7项", "art. 3 item 7"),
        ("9–11", "第9–11条", "art. 9–11"),
        ("第三部分（一）", "第三部分（一）", "第三部分（一）"),
    ],
)
def test_an_article_reads_as_lawyers_write_it(article: str, zh: str, en: str) -> None:
    assert (law.article_zh(article), law.article_en(article)) == (zh, en)


def test_a_rule_with_two_sources_cites_both() -> None:
    with override("zh-hans"):
        assert law.rules()["W14"].cite == "公通字〔2024〕34号第19条；《反家庭暴力法》第22条"


def test_a_house_target_does_not_look_like_law() -> None:
    assert {rule_id: law.rules()[rule_id].look for rule_id in ("A28", "W11", "F03", "T10")} == {
        "A28": "hard",
        "W11": "soft",
        "F03": "policy",
        "T10": "policy",
    }


def test_a_clock_that_is_only_guidance_does_not_look_like_law() -> None:
    guided = [rule for rule in all_rules() if rule.binding in ("guidance", "wf_internal")]
    assert [rule.id for rule in guided if not clock_basis(rule.ref, policy=False)["soft"]] == []


def test_a_chip_says_on_its_face_that_a_target_is_our_own() -> None:
    with override("zh-hans"):
        assert "内部要求 · 本系统设定" in chips("T10")


def test_a_chip_carries_what_the_rule_says() -> None:
    gist = "法院受理申请后72小时内作出保护令或者驳回；情况紧急的，24小时内。"
    with override("zh-hans"):
        assert chips("A28") == f'<abbr class="law" title="法律 · {gist}">《反家庭暴力法》第28条</abbr>'


def test_several_ids_make_several_chips() -> None:
    assert chips("A16, W05").count("<abbr") == 2


def test_text_that_is_no_id_is_escaped() -> None:
    assert chips("<b>") == '<span class="law law-soft">&lt;b&gt;</span>'
