"""Values of a case as text on paper. `literal`: see workflow/paper."""

from typing import Any

from workflow.paper.literal import literal
from workflow.words import interval_of, interval_words

__all__ = ["literal", "named", "ticked", "when"]


def when(thing: Any) -> str:
    """When it happened, as far as known; nothing where nothing is known, so that it can be filled in by hand."""
    first, last, precision = interval_of(thing)
    return "" if first is None and last is None else interval_words(first, last, precision)


def ticked(choices: Any, chosen: Any) -> str:
    """All words of a vocabulary with a box before each: filled where it applies. `chosen`: one code or several."""
    held = {chosen} if isinstance(chosen, str) else set(chosen or ())
    return "　".join(f"{'■' if value in held else '□'}{label}" for value, label in choices if value)


def named(choices: Any, chosen: Any) -> str:
    """The words of the codes that apply, in the order of the vocabulary."""
    held = {chosen} if isinstance(chosen, str) else set(chosen or ())
    return "、".join(str(label) for value, label in choices if value in held)
