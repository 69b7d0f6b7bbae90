"""Printing: the paper is drawn once, hashed, sealed, registered; from then on the same bytes are served again."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.actor import Actor
from agencies.authority import Act, authorize
from agencies.models import Agency
from casework.models import Case, Document, DocumentFile
from casework.paper.papers import Paper, find_paper
from casework.paper.reader import Reader
from casework.paper.render import make_form, render
from privacy.audit import Action, Purpose, record_read
from privacy.errors import SealError
from privacy.files import delete_file, open_file, seal_file
from workflow.errors import NotVisible


def printable(paper: Paper | None, pk: UUID, actor: Actor) -> Any:
    """What this paper is printed from, if this actor may see it and print it; otherwise it is absent."""
    obj = paper.of.objects.visible_to(actor).filter(pk=pk).first() if paper else None
    if obj is None or paper is None or not paper.may_be_printed(obj, actor):
        raise NotVisible
    authorize(actor, Act.PRINT, obj, reached=True)
    return obj


@transaction.atomic
def print_paper(
    paper: Paper, pk: UUID, *, actor: Actor, key: UUID | None = None, now: datetime | None = None
) -> Document:
    """A new document. The same `key` again is the same document: a button pressed twice prints once."""
    obj, now = printable(paper, pk, actor), now or timezone.now()
    known: Document | None = Document.objects.visible_to(actor).filter(key=key).first() if key else None
    if known is not None:
        return known
    case = obj if isinstance(obj, Case) else obj.case
    document = numbered(case, kind=paper.key, obj_id=pk, actor=actor, key=key, now=now)
    reader = Reader(actor)
    form = make_form(paper, obj, reader=reader, agency=document.agency.name, number=document.number, at=now)
    keep_files(document, render(form), asks_proof=reader.guarded)
    return document


def numbered(
    case: Case, *, kind: str, obj_id: UUID, actor: Actor, key: UUID | None, now: datetime
) -> Document:
    """A row of the register under the next number of the actor's body. Needs a transaction."""
    assert actor.agency_id
    agency = Agency.objects.select_for_update(no_key=True).get(pk=actor.agency_id)
    year = timezone.localdate(now).year
    last = Document.objects.filter(agency=agency, year=year).aggregate(last=Max("serial"))["last"] or 0
    document = Document(
        case=case, kind=kind, obj_id=obj_id, agency=agency, year=year, serial=last + 1, key=key,
        made_by_id=actor.user_id,
    )  # fmt: skip
    document.acting(actor).save()
    return document


def keep_files(document: Document, files: Mapping[str, bytes], *, asks_proof: bool) -> None:
    """Seal each file under the case's key; if one fails, none is left."""
    kept: list[UUID] = []
    try:
        for ending, content in files.items():
            row = DocumentFile(
                document=document, case_id=document.case_id, ending=ending, asks_proof=asks_proof
            )
            stored = seal_file(BytesIO(content), row)
            kept.append(stored.id)
            row.file_id, row.sha256, row.size = stored.id, stored.sha256, stored.size
            row.save()
    except BaseException:
        for file_id in kept:
            delete_file(file_id)
        raise


def reach_document(pk: UUID, *, actor: Actor) -> Document:
    """A document this actor may read: one of a case that is hers, or of her body while she may still print it."""
    found: Document | None = (
        Document.objects.visible_to(actor).select_related("case", "agency", "made_by").filter(pk=pk).first()
    )
    if found is None:
        raise NotVisible
    if not Case.objects.visible_to(actor).filter(pk=found.case_id).exists():
        printable(find_paper(found.kind), found.obj_id, actor)
    return found


@transaction.atomic
def document_file(row: DocumentFile, *, actor: Actor, action: str = Action.PRINT) -> bytes:
    """The same bytes as at the first printing, after the reading was written down; SealError if they are not."""
    record_read(
        actor=actor, action=action, owner=row.case_id, table=row._meta.db_table, object_ids=[row.pk],
        fields=["file"], purpose=Purpose.DOCUMENT,
    )  # fmt: skip
    return b"".join(verified(row.file_id, row, row.sha256))


def verified(file_id: UUID, row: Any, sha256: str) -> Iterator[bytes]:
    """The clear content piece by piece; SealError at its end if its hash is not the one in the register."""
    digest = hashlib.sha256()
    for piece in open_file(file_id, row):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != sha256:
        raise SealError("the file is not the one that was registered")


def is_unchanged(row: Any) -> bool:
    """For a check of the store: nothing that is read is given to anybody."""
    try:
        return all(True for _piece in verified(row.file_id, row, row.sha256))
    except SealError:
        return False
