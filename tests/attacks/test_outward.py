"""What the product sends out, and whom it calls: nobody by an address that somebody typed, and nothing that names her."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from config.runtime.messages import ROOMS, ROOT
from tests.attacks.record import Tried
from workflow.models import Notice, OutboxMessage

CALLING = (
    "smtplib", "socket", "ssl", "http.client", "urllib.request", "requests", "httpx", "aiohttp", "django.core.mail",
)  # fmt: skip
# The demonstration asks itself whether it answers; the identity provider's address comes from the settings alone.
KNOWN = {"config/runtime/demo.py", "agencies/provider/calls.py"}
TYPED = (models.URLField, models.TextField, models.JSONField, models.GenericIPAddressField)


def imported(file: Path) -> set[str]:
    text = file.read_text(encoding="utf-8")
    found: set[str] = set()
    if not any(one.split(".")[-1] in text for one in CALLING):
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


@pytest.mark.attack("T64", "T78")
def test_no_room_can_call_or_write_to_anybody(tried: Tried) -> None:
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    out = {str(file.relative_to(ROOT)) for file in files if imported(file) & set(CALLING)}
    tried(
        request="modules that can call out",
        actor="whoever types an address",
        expected=[],
        got=sorted(out - KNOWN),
    )
    mail = settings.EMAIL_HOST, settings.ADMINS
    tried(
        request="a server and people to write to", actor="the product", expected=("localhost", []), got=mail
    )
    assert len(files) > 300


@pytest.mark.attack("T78", "T80")
def test_a_notice_has_room_for_ids_codes_and_times_alone(tried: Tried) -> None:
    for model in (Notice, OutboxMessage):
        wide = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, TYPED) or (getattr(field, "max_length", None) or 0) > 40
        ]
        tried(
            request=f"columns of {model.__name__} that could hold a text", actor="host", expected=[], got=wide
        )
