"""Either four kinds of signs make a password hard to guess, or its length does."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_PASSWORD = 256
ENOUGH_KINDS = 3
LONG_ENOUGH = 16
ASVS_LENGTH = 12
NEAR_AT_HAND = ("huhang", "护航", "fulian", "妇联", "12338", "zhalainuoer", "扎赉诺尔", "manzhouli", "满洲里")


def kinds_of(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum() or ord(c) > 127)
    return sum(any(test(c) for c in password) for test in tests)


class KindsOrLengthValidator:
    """Three of: small letters, capitals, digits, other signs. From 16 characters on, anything."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > MAX_PASSWORD:
            raise ValidationError(_("The password is longer than 256 characters."), code="too_long")
        if settings.SECURITY_PROFILE == "asvs":
            self._by_length(password)
        elif len(password) < LONG_ENOUGH and kinds_of(password) < ENOUGH_KINDS:
            raise ValidationError(self.get_help_text(), code="too_plain")

    def _by_length(self, password: str) -> None:
        """No rule of signs; length, and no word that lies near at hand here."""
        if len(password) < ASVS_LENGTH:
            raise ValidationError(_("Use 12 characters or more; a sentence is best."), code="too_short")
        if any(word in password.casefold() for word in NEAR_AT_HAND):
            raise ValidationError(_("This password holds a word that lies near at hand here."), code="near")

    def get_help_text(self) -> str:
        return _(
            "Use three of these: small letters, capital letters, digits, other signs. "
            "Or simply a sentence of 16 characters or more."
        )
