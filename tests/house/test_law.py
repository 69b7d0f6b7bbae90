"""Every rule of law the product knows is held, shown, or said to be no matter of software; and found by a worker."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from config.coverage import held, products, told, used_in
from config.law import find, rules, topic, topics
from tests.people import a_caseworker, a_supervisor, signed_in
from workflow.rules import all_rules


def test_the_page_is_fresh() -> None:
    assert call_command("document_law", check=True) is None


def test_no_rule_is_left_without_a_place() -> None:
    placed = {*held(products()), *used_in(), *told()}
    assert [rule for rule in rules() if rule not in placed] == []


def test_what_is_said_to_be_no_software_is_not_held_by_any() -> None:
    outside = {rule for rule, row in told().items() if row["kind"] == "outside"}
    assert (outside & held(products()).keys(), told().keys() - rules().keys()) == (set(), set())


def test_every_place_that_is_named_is_there() -> None:
    root = Path(settings.BASE_DIR)
    named = {rule: (root / row["in"], row["has"]) for rule, row in told().items() if "in" in row}
    gone = [
        rule for rule, (path, words) in named.items()
        if not path.is_file() or words not in path.read_text(encoding="utf-8")
    ]  # fmt: skip
    assert (gone, [rule for rule, row in told().items() if row["kind"] != "outside" and "in" not in row]) == (
        [],
        [],
    )


def test_every_clock_rests_on_a_rule_and_every_rule_belongs_to_a_topic() -> None:
    unknown = [clock.id for clock in all_rules() if not find(clock.ref)]
    assert (unknown, {topic(rule) for rule in rules()} - topics().keys()) == ([], set())


@pytest.mark.django_db
def test_a_worker_finds_a_rule_by_a_word_of_it_and_a_supervisor_reads_it_too() -> None:
    worker = signed_in(Client(), a_caseworker())
    page = worker.get("/law", {"q": "72小时"}).content.decode()
    assert 'id="A28"' in page and 'id="D21"' not in page
    assert "换一个短一点的词" in worker.get("/law", {"q": "没有这样的词"}).content.decode()
    assert signed_in(Client(), a_supervisor()).get("/law").status_code == 200
