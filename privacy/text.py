"""Text as it was typed, without what cannot be seen or kept."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy.normalise import strip_invisible


def clean_text(text: str) -> str:
    """Without invisible marks and control characters. NUL and half characters cannot be kept: refused."""
    if "\0" in text:
        raise ValidationError(
            _("The text holds a NUL character, which cannot be kept. Please type it again."), code="nul"
        )
    if any(unicodedata.category(c) == "Cs" for c in text):
        raise ValidationError(_("The text holds half a character. Please type it again."), code="surrogate")
    kept = strip_invisible(text)
    return "".join(c for c in kept if c in "\t\n\r" or unicodedata.category(c) != "Cc")
