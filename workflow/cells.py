"""Cells that a spreadsheet takes for text, whatever stands in them."""

# What a spreadsheet takes for the beginning of a formula or a command, also in full width and behind blanks.
FORMULA = tuple("=+-@|%＝＋－＠｜％")
HIDDEN = "\ufeff\u200b\u2060 \t\r\n\u3000\xa0"


def harmless(text: str) -> str:
    """For a file without types: a mark in front keeps a cell from being reckoned."""
    begins_so = text.lstrip(HIDDEN).startswith(FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if begins_so else text
