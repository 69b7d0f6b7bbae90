"""The rules the product cites: id -> where it stands, what it says in our words, how binding it is."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.words import chinese

DATA = Path(__file__).parent / "data" / "law.yaml"

# How binding a text is, strongest first. "policy" is the house's own target and never looks like law.
BINDING = {
    "law": pgettext_lazy("binding", "Law"),
    "regulation": pgettext_lazy("binding", "Administrative regulation"),
    "local": pgettext_lazy("binding", "Local regulation"),
    "judicial": pgettext_lazy("binding", "Judicial interpretation"),
    "normative": pgettext_lazy("binding", "Normative document"),
    "internal": pgettext_lazy("binding", "Federation procedure"),
    "guidance": pgettext_lazy("binding", "Guidance"),
    "policy": pgettext_lazy("binding", "House target"),
}
SET_BY_LAW = _("Set by law")
HOUSE = pgettext_lazy("binding", "House target")
BASIS = {"normative": _("Normative rule"), "internal": _("Federation rule"), "guidance": _("For guidance")}
HARD = {"law", "regulation", "local", "judicial"}
SOFT = {"internal", "guidance", "policy"}
SPOKEN = {"guidance", "policy"}  # the chip itself says that this is no law
ARTICLE = re.compile(r"^(?P<first>[\d–、]+)(?:\.(?P<paragraph>\d+))?(?:#(?P<item>\d+))?$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `cites` pairs a source's name with an article, in Chinese and in English."""

    id: str
    cite_zh: str
    cite_en: str
    gist_zh: str
    gist_en: str
    binding: str

    @property
    def cite(self) -> str:
        return self.cite_zh if chinese() else self.cite_en

    @property
    def gist(self) -> str:
        return self.gist_zh if chinese() else self.gist_en

    @property
    def prefix(self) -> str:
        return f"{BINDING[self.binding]} · " if self.binding in SPOKEN else ""

    @property
    def look(self) -> str:
        return "hard" if self.binding in HARD else "policy" if self.binding in SOFT else "soft"


def article_zh(article: str) -> str:
    """22.2 -> 第22条第2款; 3#7 -> 第3条第7项; anything else stands as written."""
    match = ARTICLE.match(article)
    if not match:
        return article
    paragraph, item = match["paragraph"], match["item"]
    return (
        f"第{match['first']}条" + (f"第{paragraph}款" if paragraph else "") + (f"第{item}项" if item else "")
    )


def article_en(article: str) -> str:
    match = ARTICLE.match(article)
    if not match:
        return article
    paragraph, item = match["paragraph"], match["item"]
    first = match["first"].replace("、", ", ")
    return f"art. {first}" + (f"({paragraph})" if paragraph else "") + (f" item {item}" if item else "")


def _rule(rule_id: str, row: dict[str, Any], sources: dict[str, dict[str, str]]) -> Rule:
    cites = [text.split(" ", 1) for text in row["cites"]]
    zh = "；".join(
        sources[name]["zh"] + article_zh(rest[0]) if rest else sources[name]["zh"] for name, *rest in cites
    )
    en = "; ".join(
        f"{sources[name]['en']} {article_en(rest[0])}" if rest else sources[name]["en"]
        for name, *rest in cites
    )
    binding = row.get("binding") or sources[cites[0][0]]["binding"]
    return Rule(rule_id, zh, en, row["zh"], row["en"], binding)


@cache
def rules() -> dict[str, Rule]:
    data = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {rule_id: _rule(rule_id, row, data["sources"]) for rule_id, row in data["rules"].items()}


@cache
def topics() -> dict[str, tuple[str, str]]:
    """Letters the ids of a group begin with -> its title in Chinese and in English."""
    data = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {letters: (title["zh"], title["en"]) for letters, title in data["topics"].items()}


def topic(rule_id: str) -> str:
    """The letters a rule's id begins with."""
    return re.match(r"[A-Z]+", rule_id)[0]  # type: ignore[index]


def find(text: str) -> list[Rule]:
    """The rules named in `text`: ids divided by commas, semicolons or spaces. Unknown ids are left out."""
    return [rules()[name] for name in re.split(r"[\s,;，；]+", text) if name in rules()]


def strongest(text: str) -> str:
    """How binding the most binding rule named in `text` is; empty where none is known."""
    ranks = list(BINDING)
    return min((rule.binding for rule in find(text)), key=ranks.index, default="")
