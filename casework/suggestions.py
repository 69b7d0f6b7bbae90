"""What might come next. Rooms above register here what they can offer; the case never asks them by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from agencies.actor import Actor
from casework.models import Case


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence and a link: what could be done, why now, which rule speaks for it."""

    text: str | Promise
    url: str
    button: str | Promise
    law: str = ""
    urgent: bool = False


Suggester = Callable[[Case, Actor], Iterable[Suggestion]]
_suggesters: list[Suggester] = []


def register(suggester: Suggester) -> None:
    """Called in AppConfig.ready of a room; registering twice changes nothing."""
    if suggester not in _suggesters:
        _suggesters.append(suggester)


def suggestions_for(case: Case, actor: Actor) -> list[Suggestion]:
    found = [suggestion for suggester in _suggesters for suggestion in suggester(case, actor)]
    return sorted(found, key=lambda suggestion: not suggestion.urgent)
