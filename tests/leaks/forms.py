"""Forms as they stand on a page, filled in the way a person would, with a mark in every text."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.leaks import canaries

# Numbers of documents and places and names of bodies, which say nothing of anybody, stand in the clear.
PLAIN = re.compile(r"(?!id_|victim_id).*number|passed_on_by")
# The registers hold public events, units and experts: who works where, and the telephone of the office.
REGISTERED = {"title", "partner", "body", "contact", "name", "licence", "office_phone"}
# What a meeting of the plan's bodies decided is published; long numbers are refused there.
CALENDAR = "/plan/calendar/"
# So are the plan's own texts, about figures and offices, on whose forms the same stands.
OF_THE_PLAN = {"text", "heading", "suggestion", "progress", "outcome"}
TO_COME = {
    "due_at",
    "review_on",
    "until",
    "ends_on",
    "consent_until",
    "lapses_on",
    "leave_by",
    "follow_up_on",
}


@dataclass
class Form:
    """`fields`: name -> (type, values offered)."""

    address: str
    fields: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    def add(self, name: str, kind: str, value: str) -> None:
        self.fields.setdefault(name, (kind, []))[1].append(value)


class Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name, kind = given.get("name", ""), given.get("type", tag)
        if tag == "form" and given.get("method") == "post":
            self.open = Form(given.get("action") or self.address)
            self.forms.append(self.open)
        elif self.open and tag == "select":
            self.select = name
            self.open.fields[name] = ("select", [])
        elif self.open and tag == "option" and self.select:
            self.open.add(self.select, "select", given.get("value", ""))
        elif self.open and name and tag in {"input", "textarea", "button"}:
            self.open.add(name, "button" if tag == "button" else kind, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        if tag == "select":
            self.select = ""


def forms_in(address: str, page: str) -> list[Form]:
    reader = Reader(address)
    reader.feed(page)
    return [form for form in reader.forms if form.fields]


def filled(form: Form) -> dict[str, Any]:
    return {name: _value(name, kind, offered, form.address) for name, (kind, offered) in form.fields.items()}


def _value(name: str, kind: str, offered: list[str], address: str) -> Any:
    if kind in {"text", "tel", "textarea", "search"}:
        return _text(name, address)
    day = timezone.localtime() + timedelta(days=20 if name in TO_COME else 0, minutes=-5)
    return {
        "number": "7", "date": f"{day:%Y-%m-%d}", "time": f"{day:%H:%M}", "datetime-local": f"{day:%Y-%m-%dT%H:%M}",
        "checkbox": [one for one in offered if one] or "on",
        "file": SimpleUploadedFile(f"{canaries.text(8)}.txt", canaries.text(9).encode()),
    }.get(kind, next(filter(None, offered), ""))  # fmt: skip


def _text(name: str, address: str) -> str:
    if "registers/" in address and name in REGISTERED:
        return "04706520002" if name.endswith("phone") else "北疆律师事务所"
    if address.startswith(CALENDAR) and name.endswith("decisions"):
        return "按期完成"
    if address.startswith(("/plan/", "/moves/plan_")) and name in OF_THE_PLAN:
        return "按期完成"
    if name.endswith(("phone", "mobile")) or (name == "number" and address.startswith("/desk/")):
        return canaries.phone(7)
    if name.endswith(("id_number", "victim_id")):
        return canaries.ID
    return "2026-7" if PLAIN.fullmatch(name) else canaries.text(7)
