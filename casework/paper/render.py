"""From a paper and an object to the form, and from the form to its files."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from casework.paper.layout import fill
from casework.paper.literal import literal
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from workflow.paper.draw import MEDIA_TYPES, draw

__all__ = ["MEDIA_TYPES", "make_form", "render"]


def make_form(
    paper: Paper, obj: Any, *, reader: Reader, agency: str, number: str, at: datetime
) -> dict[str, Any]:
    """All that is drawn: fixed words, facts as plain text. Always in Chinese: it is an official form."""
    with translation.override("zh-hans"):
        facts = {"agency": agency, "number": number, "today": timezone.localdate(at)}
        facts |= paper.build(obj, reader)
        layout = paper.layout
        return {
            "style": layout.style,
            "title": paper.title.zh,
            "agency": literal(agency),
            "number": literal(facts["number"]),
            "register": literal(number),
            "date": timezone.localdate(at).isoformat(),
            "purpose": layout.purpose,
            "secrecy": layout.secrecy,
            "blocks": fill(layout.body, facts),
        }


def render(form: dict[str, Any]) -> dict[str, bytes]:
    """The files of a form by their ending."""
    return draw(form)
