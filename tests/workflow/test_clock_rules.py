"""The clocks as data: complete, versioned, law and policy apart."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import translation

from workflow.holidays import PACKAGED
from workflow.rulebook import ClockRule, SilentChange
from workflow.rules import Book, all_rules, book, is_clock, rule_data

# The clocks of our legal sources, one of them twice (who asks for data: she, or somebody else), and those of the house itself.
LAW, HOUSE = 79, 7
LAW_KEYS = {"duration", "calendar", "standard", "counting", "rollover", "source", "binding", "in_force_from"}


def edition(version: int, **changes: object) -> Book:
    """The shipped edition with `wl_decision_72h` changed."""
    raw = dict(book().raw)
    raw["wl_decision_72h"] = {**raw["wl_decision_72h"], **changes}
    return replace(book(), version=version, raw=raw)


@pytest.fixture
def unloaded(db: None) -> None:
    """A database into which nobody has brought the rules yet."""
    ClockRule.objects.all().delete()


def test_all_clocks_are_there() -> None:
    assert (len(all_rules()), is_clock("wl_decision_72h"), is_clock("no_such_clock")) == (
        LAW + HOUSE,
        True,
        False,
    )


def test_every_clock_is_named_and_advised_in_both_languages() -> None:
    words = [text for rule in all_rules() for text in (*rule.labels.values(), *rule.advice.values())]
    assert (len(words), all(words)) == (4 * (LAW + HOUSE), True)


def test_labels_follow_the_language() -> None:
    with translation.override("en"):
        english = rule_data("ppo_validity").label
    assert (english, rule_data("ppo_validity").label) == ("Protection order runs out", "保护令有效期届满")


def test_policy_holds_no_word_of_law() -> None:
    assert {key for rule in all_rules() for key in rule.policy} & LAW_KEYS == set()


def test_a_number_in_the_law_is_never_replaced_by_a_target_of_the_house() -> None:
    targets = {"hours", "natural_days", "working_days", "months", "first_days", "by_danger"}
    assert [rule.id for rule in all_rules() if rule.is_statutory and targets & rule.policy.keys()] == []


def test_rules_of_the_region_are_marked() -> None:
    regional = {rule.id for rule in all_rules() if rule.binding == "local_regulation"}
    assert {rule.id for rule in all_rules() if rule.region} == regional


def test_only_severe_clocks_reach_the_superior_federation() -> None:
    told = {rule.severity for rule in all_rules() if rule.escalation["superior"] is not None}
    assert told == {"critical", "high"}


def test_the_packaged_calendar_still_covers_this_edition() -> None:
    assert book().dated.year in PACKAGED


@pytest.mark.usefixtures("unloaded")
def test_loading_twice_changes_nothing() -> None:
    for _ in range(2):
        call_command("load_rules", verbosity=0)
    assert ClockRule.objects.count() == LAW + HOUSE


@pytest.mark.usefixtures("unloaded")
def test_a_rule_is_loaded_when_first_needed() -> None:
    first, second = (ClockRule.objects.current("wl_decision_72h") for _ in range(2))
    assert (first == second, first.facts) == (True, rule_data("wl_decision_72h"))


@pytest.mark.usefixtures("unloaded")
def test_a_silent_change_is_refused() -> None:
    ClockRule.objects.load(book())
    with pytest.raises(SilentChange, match="higher version: wl_decision_72h"):
        ClockRule.objects.load(edition(1, duration=48))


@pytest.mark.usefixtures("unloaded")
def test_a_new_version_supersedes_only_what_changed() -> None:
    found = [ClockRule.objects.load(each) for each in (book(), edition(2, duration=48))]
    rows = ClockRule.objects.filter(superseded_at=None, version=2)
    assert (found, [row.clock for row in rows]) == ([LAW + HOUSE, 1], ["wl_decision_72h"])


@pytest.mark.usefixtures("unloaded")
def test_older_code_does_not_bring_an_older_edition_back() -> None:
    ClockRule.objects.load(edition(2, duration=48))
    assert ClockRule.objects.current("wl_decision_72h").facts.duration == 48


@pytest.mark.usefixtures("unloaded")
def test_an_amended_law_does_not_reach_back() -> None:
    for each in (book(), edition(2, duration=48, in_force_from="2027-01-01")):
        ClockRule.objects.load(each)
    days = (date(2026, 12, 31), date(2027, 1, 1), None)
    assert [ClockRule.objects.governing("wl_decision_72h", day).version for day in days] == [1, 2, 2]
