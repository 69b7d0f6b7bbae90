"""What may be shown of a number or a name where the whole is not needed."""

from privacy.normalise import normalise_name, normalise_phone


def mask_phone(phone: str | None) -> str:
    """138****1234, land lines likewise (047****4567). Short or odd numbers show nothing."""
    number = normalise_phone(phone or "")
    if not number:
        return ""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "*" * len(number)


def mask_id(number: str | None) -> str:
    """Province and last four: 15************1234."""
    compact = (number or "").strip()
    if not compact:
        return ""
    return (
        f"{compact[:2]}{'*' * (len(compact) - 6)}{compact[-4:]}" if len(compact) >= 15 else "*" * len(compact)
    )


def mask_name(name: str | None) -> str:
    """The first character and stars: 王**. A one-character name shows nothing but a star."""
    whole = normalise_name(name or "")
    if not whole:
        return ""
    return whole[0] + "*" * (len(whole) - 1) if len(whole) > 1 else "*"
