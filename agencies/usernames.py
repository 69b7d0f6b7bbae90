"""One spelling of a username: however it is typed, it counts as the same name."""

import unicodedata

MAX_LENGTH = 64


def normalise_username(text: str) -> str:
    """Full-width and case variants and stray blanks are folded. Idempotent; cut at MAX_LENGTH characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (c for c in unicodedata.normalize("NFKC", folded) if c.isprintable() and not c.isspace())
    return "".join(kept)[:MAX_LENGTH]
