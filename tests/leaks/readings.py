"""What every answer shows, held against the register: who read which cell; and what no answer may show at all.

The walk goes by the map of addresses, so an address that is new is held against the register with the others.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.http import JsonResponse
from pypdf import PdfReader

from agencies.kinds import Role
from privacy.audit import ReadAudit
from privacy.tags import TagsField
from tests.leaks import canaries

Cell = tuple[UUID, str]
MARKS = re.compile(f"{canaries.MARK}[{canaries.SIGNS}]{{3}}|{canaries.NUMBER}[0-9]|{canaries.ID}")
NUMBERS = re.compile(r"(?<![0-9])[0-9]{6,10}(?![0-9])")
PAGES = ("text/html", "application/json", "text/plain")
# In papers, files and steps that were made before every cell got a mark of its own.
EARLIER = canaries.text(0)
# What these give out as a file is read, whatever can be seen in it.
FILES = ("casework:", "hand_over:", "exports:", "referrals:", "protection_orders:", "hotline:")


def body_of(answer: Any) -> bytes:
    if not answer.streaming:
        return bytes(answer.content)
    if not hasattr(answer, "kept"):  # a stream runs once
        answer.kept = b"".join(answer.streaming_content)
    return bytes(answer.kept)


def told(answer: Any) -> str:
    """All that a reader could read in it, whatever kind of file it is."""
    body, kind = body_of(answer), answer.get("Content-Type", "")
    if isinstance(answer, JsonResponse):
        return body.decode("unicode_escape", errors="replace") + body.decode()
    if body.startswith(b"%PDF"):
        pages = PdfReader(BytesIO(body)).pages
        return "".join("".join(page.extract_text().replace("\u200b", "").split()) for page in pages)
    if body.startswith(b"PK") and is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as parts:
            open_ones = [one for one in parts.infolist() if not one.flag_bits & 1]
            return "".join(parts.read(one).decode(errors="replace") for one in open_ones)
    return body.decode(errors="replace") if kind else ""


def tags_of_everybody() -> set[str]:
    """As they stand in the tables, written as numbers."""
    columns = [
        (model, one.name)
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, TagsField)
    ]
    rows = [tags for model, name in columns for tags in model._default_manager.values_list(name, flat=True)]
    return {str(tag) for tags in rows for tag in tags}


@dataclass
class Readings:
    """`cells`: where each mark stands; `reporters`: the marks of who reported; `faults`: what does not fit, by address."""

    cells: dict[str, set[Cell]]
    reporters: set[str]
    tags: set[str]
    faults: set[tuple[str, ...]] = field(default_factory=set)
    showed: Counter[str] = field(default_factory=Counter)

    def hear(self, name: str, actor: Any, answer: Any) -> None:
        """`name`: of the address. Marks that somebody typed are no reading: they stand in no cell known here."""
        text = told(answer)
        if self.tags & set(NUMBERS.findall(text)):
            self.faults.add((name, "shows a tag"))
        found = set(MARKS.findall(text))
        marks = found & self.cells.keys()
        if actor is not None and actor.role == Role.LIAISON and marks & self.reporters:
            self.faults.add((name, "shows the reporter to a liaison"))
        page = answer.get("Content-Type", "").startswith(PAGES)
        if marks or EARLIER in found or (not page and name.startswith(FILES)):
            self.showed[name] += 1
            self._against_register(name, actor, answer, marks if page else ())

    def _against_register(self, name: str, actor: Any, answer: Any, marks: Iterable[str]) -> None:
        rows = ReadAudit.objects.filter(request_id=UUID(answer["X-Request-ID"]), outcome="ok")
        read = Counter(
            (pk, column, row.action, row.purpose)
            for row in rows
            for pk in row.object_ids
            for column in row.fields
        )
        whose = {(row.actor_user, row.actor_role) for row in rows}
        if actor is not None and whose != {(actor.user_id, actor.role)}:
            self.faults.add((name, f"written down for {len(whose)} others" if whose else "not written down"))
        if twice := {column for (_pk, column, *_why), times in read.items() if times > 1}:
            self.faults.add((name, "written down twice", *sorted(twice)))
        if not read:  # a file is read as a whole: its row stands for what is in it
            self.faults.add((name, "shown without a row"))
        known = {(pk, column) for pk, column, *_why in read}
        for mark in marks:
            if not self.cells[mark] & known:
                self.faults.add(
                    (name, "shown, not written down", *sorted({column for _pk, column in self.cells[mark]}))
                )
