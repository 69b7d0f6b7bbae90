import re
from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from config.charts import bar_chart
from config.nav import BY_ROLE, MORE, items
from config.runtime.messages import ROOMS, ROOT
from config.templatetags.ui import danger_word, icon, role_label, tone_icon
from tests.shell.gallery import PersonForm, bad_form


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


def test_an_icon_is_decoration_unless_it_is_named() -> None:
    assert ("aria-hidden" in icon("clock"), 'aria-label="钟"' in icon("clock", "钟")) == (True, True)


def test_every_tone_has_a_shape_of_its_own() -> None:
    shapes = [tone_icon(tone) for tone in ("active", "done", "soon", "danger", "unknown", "")]
    assert len(set(shapes)) == len(shapes)


def test_danger_that_nobody_assessed_is_not_called_low() -> None:
    assert danger_word("") == "危险未评估"


def test_a_role_reads_in_words() -> None:
    assert (role_label("operator"), role_label("nobody")) != ("operator", "nobody")


def test_the_bar_leaves_out_pages_that_do_not_exist() -> None:
    assert items("nobody", "/") == []


def test_the_largest_bar_fills_the_width_and_leaves_room_for_its_number() -> None:
    chart = bar_chart([("a", 10), ("b", 5)], "<5")
    assert (chart.bars[0].width, chart.bars[0].end < chart.width) == (chart.bars[1].width * 2, True)


def test_a_hidden_cell_shows_no_number() -> None:
    bar = bar_chart([("a", 100), ("b", None)], "<5").bars[1]
    assert (bar.text, bar.hidden) == ("<5", True)


def test_a_chart_of_nothing_has_no_height() -> None:
    assert bar_chart([], "<5").height == 0


def test_a_label_too_long_for_the_picture_ends_in_dots_and_stands_whole_in_the_table() -> None:
    bar = bar_chart([("禁止被申请人在住所、学校、工作单位一定范围内活动", 7)], "<5").bars[0]
    assert (bar.short, str(bar.label)[-2:]) == ("禁止被申请人在住所、学校、工…", "活动")


def test_the_error_summary_names_each_field_and_links_to_it() -> None:
    html = render_to_string("ui/form.html", {"form": bad_form()})
    assert '<a href="#id_id_number">身份证号：身份证号第 7–14 位不是有效日期</a>' in html


def test_a_group_of_choices_is_a_fieldset_the_summary_can_reach() -> None:
    html = render_to_string("ui/form.html", {"form": bad_form()})
    assert ('href="#id_forms_of_violence_group"' in html, 'id="id_forms_of_violence_group"' in html) == (
        True,
        True,
    )


def test_only_optional_fields_are_marked() -> None:
    html = render_to_string("ui/form.html", {"form": PersonForm()})
    assert html.count("（选填）") == 2


def test_a_fresh_form_has_no_summary() -> None:
    assert "error-summary" not in render_to_string("ui/form.html", {"form": PersonForm()})


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_an_error_page_stands_without_a_request(status: int) -> None:
    html = render_to_string(f"{status}.html")
    assert ("<title>工作台</title>" in html, html.count("data-error-text")) == (True, 2)


def test_an_error_page_gives_the_number_to_quote() -> None:
    assert "0123abcd" in render_to_string("500.html", {"request_id": "0123abcd"})


def test_every_sign_and_tone_a_page_names_is_drawn() -> None:
    """A name that is not there shows nothing at all."""
    pages = [page.read_text() for room in ROOMS for page in (ROOT / room).rglob("templates/**/*.html")]
    drawn = set(re.findall(r'id="([a-z-]+)"', (ROOT / "config/static/img/sprite.svg").read_text()))
    toned = set(re.findall(r"\.(notice-[a-z]+)", (ROOT / "config/static/css/app.css").read_text()))
    signs = {name for page in pages for name in re.findall(r'{% icon "([a-z-]+)"', page)}
    tones = {name for page in pages for name in re.findall(r"\bnotice-[a-z]+", page)}
    assert (signs - drawn, tones - toned, len(signs) > 20) == (set(), set(), True)


@pytest.mark.parametrize("role", BY_ROLE)
def test_no_two_pages_of_a_role_share_a_key(role: str) -> None:
    chords = [row[2] for row in (*BY_ROLE[role], *MORE.get(role, ()))]
    assert sorted(chords) == sorted(set(chords))
