"""What a form says of a wrong number or of text that cannot be kept. Codes for programs, words for people."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy.normalise import check_id, check_phone

ID_ERRORS = {
    "characters": _("An ID number has digits only; the last character may be X."),
    "length": _("An ID number has 18 characters (15 in old ones)."),
    "region": _("The first two digits of the ID number are not a province."),
    "date": _("Digits 7 to 14 of the ID number are not a valid date."),
    "checksum": _("The last character of the ID number does not fit the others. Please compare each digit."),
}
PHONE_ERRORS = {
    "characters": _("A phone number has digits only."),
    "length": _(
        "A mobile number has 11 digits; a land line its area code (3 or 4 digits) and 7 or 8 digits."
    ),
    "start": _("A mobile number begins with 1; a land line begins with its area code, such as 0471."),
}


def validate_id_number(value: Any) -> None:
    if error := check_id(str(value)):
        raise ValidationError(ID_ERRORS[error], code=error)


def validate_phone(value: Any) -> None:
    if error := check_phone(str(value)):
        raise ValidationError(PHONE_ERRORS[error], code=error)
