"""One spelling for phone numbers, ID numbers and names, so that the same person is found however typed."""

import re
import unicodedata
from datetime import date

DOTS = dict.fromkeys(map(ord, "••‧・･⋅∙●◦᛫.。˙"), "·")
INVISIBLE = dict.fromkeys(
    [
        0x061C,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x2060,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
PROVINCES = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
        91,
    ]
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
EXTENSION = re.compile(r"转|分机|ext|x|#", re.IGNORECASE)


def strip_invisible(text: str) -> str:
    """Without bidirectional controls and zero-width marks: they change what is seen, not what is said."""
    return text.translate(INVISIBLE)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", strip_invisible(text)).strip()


def normalise_phone(text: str) -> str:
    """Digits only: 11 of a mobile, or area code and number of a land line. '' where there is none."""
    digits = "".join(c for c in EXTENSION.split(_folded(text))[0] if c in "0123456789")
    if not re.match(r"(00)?86[1-9]", digits) or len(digits.removeprefix("00")) not in (12, 13):
        return digits
    national = digits.removeprefix("00")[2:]
    return national if re.fullmatch(r"1\d{10}|[48]00\d{7}", national) else f"0{national}"


def normalise_id(text: str) -> str:
    """18 characters, X in capitals; an old 15-digit number becomes the 18-digit one."""
    compact = re.sub(r"[\s\-–—_]", "", _folded(text)).upper()
    if len(compact) == 15 and compact.isascii() and compact.isdigit():
        long = f"{compact[:6]}19{compact[6:]}"
        return long + id_check_character(long)
    return compact


def id_check_character(seventeen: str) -> str:
    """GB 11643: the last character, from the seventeen digits before it."""
    return CHECK_CHARACTERS[sum(w * int(d) for w, d in zip(WEIGHTS, seventeen, strict=True)) % 11]


def normalise_name(text: str) -> str:
    """No spaces between Chinese characters, one middle dot for all its variants, Latin letters folded."""
    name = re.sub(r"·+", "·", _folded(text).translate(DOTS)).strip("· ")
    return re.sub(r"\s+", "", name).casefold()


def check_id(text: str) -> str | None:
    """What is wrong with an ID number: characters, length, region, date, checksum. None: nothing."""
    number = normalise_id(text)
    if not re.fullmatch(r"[0-9]*[0-9X]", number):
        return "characters"
    if len(number) != 18:
        return "length"
    if int(number[:2]) not in PROVINCES:
        return "region"
    if not _is_date(number[6:14]):
        return "date"
    return None if id_check_character(number[:17]) == number[17] else "checksum"


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1880
    except ValueError:
        return False


def check_phone(text: str) -> str | None:
    """What is wrong with a phone number: characters, length, start. None: nothing."""
    if re.search(r"[^0-9+\-\s()转分机extEXT#]", _folded(text)):
        return "characters"
    number = normalise_phone(text)
    if re.fullmatch(r"1[3-9]\d{9}|0[1-9]\d{9,10}|(400|800)\d{7}", number):
        return None
    return "length" if number[:1] in ("0", "1") or len(number) < 10 else "start"
