"""The list of attacks and the tests that try them belong together."""

from config.attack_table import attacks, tried_by
from config.runtime.messages import ROOT


def test_a_test_names_only_attacks_that_are_listed() -> None:
    assert set(tried_by()) <= set(attacks())


def test_an_attack_without_a_test_says_why() -> None:
    tried = tried_by()
    silent = [number for number, one in attacks().items() if number not in tried and not one.get("open")]
    assert silent == []


def test_the_document_names_every_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert [name for names in tried_by().values() for name in names if f"`{name}`" not in text] == []
