"""The dictionary holds the whole plan in names of its own, and a file that contradicts itself is refused."""

from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation

from monitor.dictionary import DATA, RULES, DictionaryError, dictionary, read

PER_DOMAIN = {"D1": 11, "D2": 9, "D3": 8, "D4": 9, "D5": 9, "D6": 9, "D7": 10, "D8": 10}


def test_eight_domains_and_seventy_five_targets_are_there() -> None:
    book = dictionary()
    assert {one.code: len(one.targets) for one in book.domains} == PER_DOMAIN
    types = [one.type for one in book.targets.values()]
    assert [types.count(kind) for kind in ("numeric", "trend", "qualitative")] == [15, 25, 35]
    own = [one for one in book.indicators.values() if not (one.support or one.casework)]
    assert (len(book.targets), len(own), {one.rule.kind for one in own}) == (75, 98, RULES)


def test_a_third_is_a_third_and_every_name_is_short_in_both_languages() -> None:
    book = dictionary()
    assert book.indicators["D4.04a"].rule.value == Fraction(100, 3) and book.indicators["D4.04a"].rule.soft
    named: list[Any] = [*book.domains, *book.targets.values(), *book.indicators.values()]
    assert [one.zh for one in named if len(one.zh) > 18 or len(one.en) > 64] == []
    with translation.override("en"):
        assert book.targets["D8.T4"].name == "Against domestic violence"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rule: {is: le, value: "12"}', "rule: {is: le}"),
        ("than: D4.02a", "than: D4.99z"),
        ("is: growth_slows", "is: growth_stops"),
        ("D1.01a:", "D9.01a:"),
        ("type: numeric", "type: qualitative"),
        ("unit: per_100k", "unit: per_100"),
        ("wants: none", "wants: up"),
        ("least: 10", "least: 4"),
    ],
)
def test_a_dictionary_that_contradicts_itself_is_refused(old: str, new: str) -> None:
    text = DATA.read_text("utf-8")
    assert old in text
    with pytest.raises(DictionaryError):
        read(text.replace(old, new, 1))


def test_a_new_definition_is_a_break_in_the_series() -> None:
    text = DATA.read_text("utf-8").replace("D2.09b: {", "D2.09b: {versions: {2: {since: 2025}}, ", 1)
    one = read(text).indicators["D2.09b"]
    assert (one.version, one.breaks) == (2, (2025,))
