"""From a form to its files."""

from typing import Any

from workflow.paper.pdf import to_pdf
from workflow.paper.word import to_docx

RENDERERS = {"pdf": to_pdf, "docx": to_docx}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


def draw(form: dict[str, Any]) -> dict[str, bytes]:
    """The files of a form by their ending."""
    return {ending: renderer(form) for ending, renderer in RENDERERS.items()}
