"""One spelling for what is heard, and plain words for what is wrong."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from privacy.masks import mask_id, mask_name, mask_phone
from privacy.normalise import check_id, check_phone, normalise_id, normalise_name, normalise_phone
from privacy.text import clean_text
from privacy.validators import validate_id_number, validate_phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 1234 5678", "13812345678"),
        ("１３８－１２３４－５６７８", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("0086 13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("(0471)6234567", "04716234567"),
        ("+86 471 6234567", "04716234567"),
        ("+86 10 12345678", "01012345678"),
        ("0471-6234567转801", "04716234567"),
        ("+864001234567", "4001234567"),
        ("无", ""),
        ("", ""),
    ],
)
def test_phones(text: str, number: str) -> None:
    assert normalise_phone(text) == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王 小 明", "王小明"),
        ("阿拉腾•其其格", "阿拉腾·其其格"),
        ("阿拉腾‧其其格", "阿拉腾·其其格"),
        ("阿拉腾・其其格", "阿拉腾·其其格"),
        ("阿拉腾．其其格", "阿拉腾·其其格"),
        ("·阿拉腾··其其格·", "阿拉腾·其其格"),
        ("Ａnna", "anna"),
        ("王\u200b小\u202e明\ufeff", "王小明"),
        ("\uf91d", "欄"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert normalise_name(text) == name


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("110105491231002", "11010519491231002X"),
        (" 1101 05", "110105"),
    ],
)
def test_id_numbers(text: str, number: str) -> None:
    assert normalise_id(text) == number


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("11010519491231002X", None),
        ("１１０１０５１９４９１２３１００２ｘ", None),
        ("110105491231002", None),
        ("110105194912310021", "checksum"),
        ("110105194902300020", "date"),
        ("110105194913010020", "date"),
        ("990105194912310020", "region"),
        ("1101051949123100", "length"),
        ("1101051949123100211", "length"),
        ("11010519491231002Y", "characters"),
        ("X10105194912310020", "characters"),
        ("", "characters"),
    ],
)
def test_what_is_wrong_with_an_id_number(text: str, error: str | None) -> None:
    assert check_id(text) == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("13812345678", None),
        ("+86 138 1234 5678", None),
        ("0471-6234567", None),
        ("010-12345678", None),
        ("4001234567", None),
        ("1381234567", "length"),
        ("138123456789", "length"),
        ("12812345678", "length"),
        ("6234567", "length"),
        ("23812345678", "start"),
        ("138123456七八", "characters"),
        ("<b>13812345678", "characters"),
    ],
)
def test_what_is_wrong_with_a_phone_number(text: str, error: str | None) -> None:
    assert check_phone(text) == error


@pytest.mark.parametrize(
    ("validate", "text", "said"),
    [
        (validate_id_number, "110105194902300020", "身份证号第 7–14 位不是有效日期。"),
        (validate_id_number, "1101", "身份证号应为 18 位（旧号 15 位）。"),
        (validate_phone, "1381234567", "手机号为 11 位；座机号为区号（3–4 位）加 7–8 位号码。"),
        (clean_text, "a\0b", "文字中含有无法保存的空字符，请重新输入。"),
    ],
)
def test_it_is_said_in_plain_chinese(validate: Any, text: str, said: str) -> None:
    with override("zh-hans"), pytest.raises(ValidationError) as caught:
        validate(text)
    assert caught.value.messages == [said]


def test_invisible_marks_are_taken_out_and_line_ends_kept() -> None:
    assert clean_text("\u202e王\u200b小\u2066明\u2069\x07\r\n第二行\t\ufeff") == "王小明\r\n第二行\t"


def test_mongolian_script_keeps_its_own_marks() -> None:
    assert clean_text("ᠮᠣᠩᠭᠣᠯ\u180b\u180e\u202fᠪᠢᠴᠢᠭ") == "ᠮᠣᠩᠭᠣᠯ\u180b\u180e\u202fᠪᠢᠴᠢᠭ"


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        clean_text(text)


def test_masks_show_little() -> None:
    shown = [
        mask_phone("138 1234 5678"),
        mask_phone("0471-6234567"),
        mask_phone("12345"),
        mask_phone(None),
        mask_id("11010519491231002X"),
        mask_id("12"),
        mask_id(None),
        mask_name("王小明"),
        mask_name("阿拉腾·其其格"),
        mask_name("王"),
        mask_name(None),
    ]
    assert shown == [
        "138****5678",
        "047****4567",
        "*****",
        "",
        "11************002X",
        "**",
        "",
        "王**",
        "阿******",
        "*",
        "",
    ]
