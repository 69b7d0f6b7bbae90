"""What might come next. Rooms above register here what they can offer; the case never asks them by name."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from agencies.actor import Actor
from casework.models import Case, SetAside


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence and a link: what could be done, why now, which rule speaks for it.

    `key`: its code where rule and link do not tell it from another one. `firm`: a duty; only its own step ends it.
    """

    text: str | Promise
    url: str
    button: str | Promise
    law: str = ""
    urgent: bool = False
    key: str = ""
    firm: bool = False

    @property
    def code(self) -> str:
        """The same suggestion on the next day has the same code; codes and ids only."""
        return (f"{self.law} {self.key}" if self.key else f"{self.law} {self.url}")[:200]

    @property
    def mark(self) -> str:
        """The code as it stands in an address."""
        return hashlib.sha256(self.code.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Hints:
    """`aside`: what was set aside and would be shown without that."""

    shown: list[Suggestion]
    aside: list[tuple[Suggestion, SetAside]]

    def of(self, mark: str) -> Suggestion | None:
        return next(
            (hint for hint in (*self.shown, *(h for h, _row in self.aside)) if hint.mark == mark), None
        )


Suggester = Callable[[Case, Actor], Iterable[Suggestion]]
_suggesters: list[Suggester] = []


def register(suggester: Suggester) -> None:
    """Called in AppConfig.ready of a room; registering twice changes nothing."""
    if suggester not in _suggesters:
        _suggesters.append(suggester)


def hints_for(case: Case, actor: Actor) -> Hints:
    """Urgent ones first, each once; what was set aside apart, unless it is a duty."""
    found: dict[str, Suggestion] = {}
    for suggester in _suggesters:
        for suggestion in suggester(case, actor):
            found.setdefault(suggestion.code, suggestion)
    aside = _set_aside(case) if found else {}
    hidden = [(hint, aside[hint.code]) for hint in found.values() if hint.code in aside and not hint.firm]
    codes = {hint.code for hint, _row in hidden}
    shown = [hint for hint in found.values() if hint.code not in codes]
    return Hints(sorted(shown, key=lambda hint: not hint.urgent), hidden)


def suggestions_for(case: Case, actor: Actor) -> list[Suggestion]:
    return hints_for(case, actor).shown


def _set_aside(case: Case) -> dict[str, SetAside]:
    """By code. New violence, or danger looked at anew, brings everything back: the reason was another one then."""
    rows = list(SetAside.objects.filter(case=case, taken_back_at=None).select_related("set_by"))
    since = _news(case) if rows else None
    return {row.code: row for row in reversed(rows) if since is None or row.created_at > since}


def _news(case: Case) -> datetime | None:
    """When violence was last recorded or danger last assessed."""
    latest = (rows.order_by("-created_at").values_list("created_at", flat=True)[:1] for rows in (
        case.incidents, case.assessments))  # fmt: skip
    return max((at for found in latest for at in found), default=None)
