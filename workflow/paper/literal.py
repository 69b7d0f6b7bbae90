"""Text as it may stand on paper: exactly what was written, less what cannot be drawn or would deceive the eye."""

import unicodedata
from datetime import date, datetime
from typing import Any

from workflow.words import day_words, minute_words

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
