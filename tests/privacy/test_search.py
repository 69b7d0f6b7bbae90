"""People are found by what is heard on the telephone; too vague a question is refused."""

import uuid
from typing import Any

import pytest
from django.db import connection

from privacy.audit import ReadAudit
from privacy.blind import candidates, find_people, id_tags, name_tags, phone_tags
from privacy.errors import TooVague
from privacy.keys import ring
from privacy.purposes import Purpose
from privacy.terms import grams, pinyin_terms, whole_names
from tests.attacks.record import Tried
from tests.privacy.people import READER, a_person
from tests.privacy.sample.models import Folder, Person

pytestmark = pytest.mark.django_db
ID = "150102198803074825"


def known(name: str, phone: str | None = None, id_number: str | None = None, **columns: Any) -> Person:
    tags = name_tags(name) + phone_tags(phone) + id_tags(id_number)
    return a_person(name=name, phone=phone, id_number=id_number, tags=tags, **columns)


def found(text: str) -> list[uuid.UUID]:
    return [person.pk for person in find_people(Person.objects.all(), text, actor=READER)]


NAMES = [
    (
        "王小明",
        [
            "王小明",
            "小明",
            "王小",
            "wangxiaoming",
            "Wang Xiaoming",
            "wáng xiǎo míng",
            "wxm",
            "WXM",
            " 王 小 明 ",
        ],
    ),
    ("单雄信", ["单雄信", "shanxiongxin", "danxiongxin", "sxx", "dxx"]),
    ("仇英", ["qiuying", "仇英", "qy"]),
    ("解珍", ["xiezhen", "jiezhen"]),
    ("曾国华", ["zengguohua", "cengguohua", "国华"]),
    ("区志强", ["ouzhiqiang"]),
    ("翟志刚", ["zhaizhigang", "dizhigang"]),
    ("任静", ["renjing", "任静"]),
    ("查良镛", ["zhaliangyong"]),
    ("华罗庚", ["hualuogeng"]),
    ("盖叫天", ["gejiaotian", "gaijiaotian"]),
    ("朴顺姬", ["piaoshunji", "pushunji"]),
    ("万俟卨", ["万俟卨", "俟卨"]),
    ("尉迟恭", ["yuchigong", "weichigong", "ycg", "尉迟恭", "迟恭"]),
    ("长孙无忌", ["zhangsunwuji", "无忌"]),
    ("欧阳娜娜", ["ouyangnana", "欧阳娜", "娜娜", "oynn"]),
    ("吕布", ["lvbu", "lübu", "lu:bu", "lubu"]),
    ("阿拉腾·其其格", ["阿拉腾·其其格", "阿拉腾•其其格", "阿拉腾‧其其格", "阿拉腾・其其格", "阿拉腾.其其格"]),
    ("阿拉腾・其其格", ["阿拉腾其其格", "其其格", "阿拉腾", "腾其", "alatengqiqige", "altqqg"]),
    ("李𬱖", ["李𬱖", "lidi"]),
    ("䶮䶮", ["䶮䶮", "yanyan"]),
    ("𠀀𠀁", ["𠀀𠀁"]),
    ("Anna Müller", ["Anna Müller", "annamuller"]),
    ("王\u200b小\u202e明", ["王小明"]),
]


@pytest.mark.parametrize(("name", "texts"), NAMES)
def test_a_name_is_found_however_asked(name: str, texts: list[str]) -> None:
    person = known(name)
    known("陈静怡", "13900000001")
    assert {text: found(text) for text in texts} == {text: [person.pk] for text in texts}


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "１３８１２３４５６７８",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "008613812345678",
        "8613812345678",
        "5678",
        "45678",
        "2345678",
    ],
)
def test_a_mobile_is_found_however_typed(text: str) -> None:
    person = known("王小明", "138-1234-5678")
    known("李四", "13900001111")
    assert found(text) == [person.pk]


@pytest.mark.parametrize("text", ["0471-6234567", "(0471)6234567", "+86 471 6234567", "6234567", "4567"])
def test_a_land_line_is_found_with_and_without_its_area(text: str) -> None:
    person = known("王小明", "0471 6234567")
    assert found(text) == [person.pk]


@pytest.mark.parametrize(
    "text", [ID, "１５０１０２１９８８０３０７４８２５", "150102 19880307 4825", "4825", "074825"]
)
def test_an_id_number_is_found_whole_or_by_its_tail(text: str) -> None:
    person = known("王小明", None, ID)
    assert found(text) == [person.pk]


def test_old_and_new_id_numbers_are_one() -> None:
    person = known("王小明", None, "150102880307482")
    assert [found("150102880307482"), found("150102198803074829")] == [[person.pk], [person.pk]]


@pytest.mark.parametrize("text", ["123X", "123x", "07123x"])
def test_an_id_number_with_x_is_found_by_its_tail(text: str) -> None:
    person = known("王小明", None, "15010219880307123X")
    assert found(text) == [person.pk]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "王",
        "小",
        "䶮",
        "𬱖",
        "w",
        "wang",
        "Li",
        "欧阳",
        "欧 阳",
        "ouyang",
        "lü",
        "1",
        "678",
        "·",
        "\0",
    ],
)
def test_too_little_to_go_by_is_refused(text: str) -> None:
    known("欧阳小明", "13812345678")
    with pytest.raises(TooVague):
        found(text)


@pytest.mark.parametrize(
    "text", ["王明", "xiaoming", "张小明", "13812345670", "5670", "wxq", "150102198803074824"]
)
def test_what_does_not_match_is_not_found(text: str) -> None:
    known("王小明", "13812345678", ID)
    assert found(text) == []


def test_a_collision_of_tags_is_not_a_hit() -> None:
    a_person(name="李四", phone="13900001111", tags=name_tags("王小明") + phone_tags("13812345678"))
    assert [found("王小明"), found("13812345678"), found("wxm")] == [[], [], []]


def test_a_rare_name_that_shares_its_tag_with_a_common_one_is_found() -> None:
    folder, tags = Folder.objects.create(), name_tags("王小明")
    Person.objects.bulk_create([Person(folder=folder, name="李四", tags=tags) for _ in range(300)])
    person = a_person(name="王小明", tags=tags)
    assert found("王小明") == [person.pk]


def test_too_many_are_refused() -> None:
    folder = Folder.objects.create()
    people = [Person(folder=folder, name=f"王小明{n}", tags=name_tags("王小明")) for n in "甲乙丙" * 67]
    Person.objects.bulk_create(people)
    with pytest.raises(TooVague):
        found("小明")


def test_a_whole_name_is_found_where_its_part_is_too_common() -> None:
    folder = Folder.objects.create()
    Person.objects.bulk_create(
        Person(folder=folder, name="张小明明", tags=name_tags("张小明明")) for _ in range(201)
    )
    person = known("小明")
    assert found("小明") == [person.pk]


def test_only_rows_in_reach_are_found() -> None:
    mine, _ = known("王小明"), known("王小明")
    assert find_people(Person.objects.filter(folder=mine.folder), "王小明", actor=READER) == [mine]


def test_only_the_named_columns_are_searched() -> None:
    known("王小明", "13812345678")
    assert find_people(Person.objects.all(), "13812345678", sealed_fields=("name",), actor=READER) == []


def test_a_search_is_written_down_for_each_case_it_found() -> None:
    folder = Folder.objects.create()
    people = [known("王小明", folder=folder), known("王小明", folder=folder), known("王小明")]
    found("王小明")
    rows = ReadAudit.objects.values_list("owner", "action", "purpose", "fields")
    owners = {person.folder_id for person in people}
    assert sorted(rows) == sorted((owner, "search", "search", ["name"]) for owner in owners)


def test_a_search_that_finds_nobody_is_written_down_too() -> None:
    known("王小明")
    found("李四光")
    row = ReadAudit.objects.values_list("owner", "table", "object_ids", "fields", "action").get()
    assert row == (None, Person._meta.db_table, [], ["name"], "search")


def test_the_question_is_not_written_down() -> None:
    known("王小明")
    found("小明")
    assert "小明" not in str(ReadAudit.objects.values().get())


def test_a_search_asks_the_database_three_things(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        known("王小明")
    ring.forget()
    found("李四光")
    with django_assert_num_queries(3):
        found("王小明")


def test_a_hundred_thousandth_row_is_found_by_the_index() -> None:
    folder = Folder.objects.create()
    people = [Person(folder=folder, name="赵", tags=[(5 << 16) + n]) for n in range(20000)]
    Person.objects.bulk_create(people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE privacy_sample_person")
    plan = candidates(Person.objects.all(), (Purpose.BI_GRAM, "小明")).explain()
    assert ("sample_person_tags" in plan, "Seq Scan" in plan) == (True, False)


def test_no_term_is_a_bare_surname_or_a_single_character() -> None:
    for name in ("王明", "欧阳娜", "单于雄", "阿·明", "李𠀀", "𠀀王", "王"):
        terms = whole_names(name) | grams(name) | pinyin_terms(name)
        bad = {"欧阳", "单于", "王", "李", "阿", "明", "wang", "li", "ouyang", "chanyu", "w", "l"}
        assert (name, terms & bad) == (name, set())


@pytest.mark.attack("T89")
def test_tags_are_sixteen_bits_under_a_key_number(tried: Tried) -> None:
    tags = name_tags("王小明") + phone_tags("13812345678") + id_tags(ID)
    purposes = {Purpose(tag >> 16) for tag in tags}
    kinds = {Purpose.BI_NAME, Purpose.BI_GRAM, Purpose.BI_PINYIN, Purpose.BI_PHONE, Purpose.BI_ID}
    got = (purposes, all(0 < tag < 2**31 for tag in tags))
    tried(request="the tags of a person", actor="dba", expected=(kinds, True), got=got)


def test_tags_lie_sorted_and_once() -> None:
    person = a_person(tags=[3, 1, 2, 3])
    assert person.tags == [1, 2, 3]


def test_nothing_gives_no_tags() -> None:
    assert [name_tags(None), phone_tags(""), id_tags(None), phone_tags("无"), name_tags("王")] == [[]] * 5


@pytest.mark.attack("T89")
def test_a_query_that_looks_like_a_tag_is_text(tried: Tried) -> None:
    tag = known("王小明", "13812345678").tags[0]
    texts = (str(tag), f"{{{tag}}}", f"[{tag}]", f"{tag >> 16}:{tag & 65535}", "xx" + "0" * 64, "' OR 1=1")
    for text in texts:
        tried(request=f"find_people({text[:12]!r}…)", actor="operator", expected=[], got=found(text))
