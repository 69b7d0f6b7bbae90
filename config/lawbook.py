"""The page of all rules and clocks the product holds: where each stands, what it says, how binding it is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from agencies.guards import STAFF, for_roles
from agencies.middleware import ActorRequest
from config.law import BINDING, Rule, find, rules, topic, topics
from workflow.rules import ClockData, all_rules
from workflow.words import chinese

UNITS = {
    "hours": _("hours"),
    "natural_days": _("natural days"),
    "working_days": _("working days"),
    "months": _("months"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule with the clocks that count it."""

    rule: Rule
    clocks: list[ClockData]

    @property
    def binding(self) -> object:
        return BINDING[self.rule.binding]


def clocks_by_rule() -> dict[str, list[ClockData]]:
    found: dict[str, list[ClockData]] = {}
    for clock in all_rules():
        for rule in find(clock.ref):
            found.setdefault(rule.id, []).append(clock)
    return found


def limit(clock: ClockData) -> str:
    """ "72 hours"; empty where the rule gives no number."""
    return f"{clock.duration} {UNITS[clock.calendar]}" if clock.duration else ""


def matches(entry: Entry, word: str) -> bool:
    rule = entry.rule
    told = [rule.id, rule.cite_zh, rule.cite_en, rule.gist_zh, rule.gist_en]
    told += [text for clock in entry.clocks for text in clock.labels.values()]
    return any(word in text.casefold() for text in told)


@for_roles(*STAFF)
def law(request: ActorRequest) -> HttpResponse:
    """All rules by topic; `q` narrows them by a word of the article, the gist or a clock."""
    word, clocks = request.GET.get("q", "").strip()[:40], clocks_by_rule()
    entries = [Entry(rule, clocks.get(rule.id, [])) for rule in rules().values()]
    found = [entry for entry in entries if matches(entry, word.casefold())]
    groups = [
        (
            letters,
            title[0] if chinese() else title[1],
            [one for one in found if topic(one.rule.id) == letters],
        )
        for letters, title in topics().items()
    ]
    context = {"groups": [group for group in groups if group[2]], "word": word, "count": len(found)}
    return render(request, "law.html", context)
