"""Text as it may stand on paper: exactly what was written, less what cannot be drawn or would deceive the eye."""

import unicodedata
from datetime import date, datetime
from typing import Any

from workflow.words import day_words, interval_of, interval_words, minute_words

# Control characters, marks that turn the reading direction, halves of characters.
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})


def literal(value: Any) -> str:
    """One value as text; nothing for None. Lines stay lines, a tab becomes a space."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return minute_words(value)
    if isinstance(value, date):
        return day_words(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in UNPRINTABLE).strip()


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
