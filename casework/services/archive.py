"""The pack of a closed case: every paper, all evidence, the story, an index with the hash of each."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone, translation

from agencies.actor import Actor
from agencies.authority import Act, acting_again, authorize
from casework.documents import archive as builders
from casework.media import ENDINGS
from casework.models import Archive, Case, DocumentFile
from casework.models.documents import ARCHIVE
from casework.needs import STILL_OPEN
from casework.paper.literal import literal
from casework.paper.pack import Entry, Stream, packed
from casework.paper.papers import Paper, find_paper
from casework.paper.reader import Reader
from casework.paper.render import make_form
from casework.services.documents import numbered, verified
from privacy.audit import Action, Purpose, record_read
from privacy.files import delete_file, seal_file
from workflow.errors import NotVisible
from workflow.paper.pdf import to_pdf

LIMIT = 8 * 1024**3


class StillOpen(Exception):
    """Only a closed case is packed."""


@dataclass(frozen=True)
class Piece:
    """One file of the pack: its name there, what the index says of it, its content and the hash it must have."""

    name: str
    title: str
    number: str
    at: datetime
    sha256: str
    content: Callable[[], Iterable[bytes]]


@transaction.atomic
def ask_for_archive(case: Case, *, actor: Actor) -> Archive:
    """The packing that is under way, or a new one. Whoever asks queues the work after the commit."""
    found: Case | None = (
        Case.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=case.pk).first()
    )
    if found is None:
        raise NotVisible
    authorize(actor, Act.EXPORT, found, reached=True)
    if found.state in STILL_OPEN:
        raise StillOpen
    under_way: Archive | None = found.archives.filter(document=None, failed=False).first()
    if under_way is not None:
        return under_way
    assert actor.posting_id
    archive = Archive(case=found, posting_id=actor.posting_id)
    archive.acting(actor).save()
    return archive


def build_archive(pk: UUID, *, now: datetime | None = None) -> None:
    """Pack it. Done again after a crash it begins anew; done already it does nothing."""
    archive = Archive.objects.select_related("case", "posting__user", "posting__agency").filter(pk=pk).first()
    if archive is None or not archive.running:
        return
    now = now or timezone.now()
    try:
        actor = acting_again(archive.posting_id)
        authorize(actor, Act.EXPORT, archive.case)
        _pack(archive, actor, now)
    except Http404:
        Archive.objects.filter(pk=pk).update(failed=True)  # whoever asked may not have it any more
    except BaseException:
        Archive.objects.filter(pk=pk).update(failed=True)
        raise


def _pack(archive: Archive, actor: Actor, now: datetime) -> None:
    pieces = _pieces(archive.case, actor, now)
    Archive.objects.filter(pk=archive.pk).update(total=len(pieces), done=0)
    row = DocumentFile(case_id=archive.case_id, ending="zip")
    stored = seal_file(Stream(packed(_entries(archive, pieces, actor, now))), row, limit=LIMIT)  # type: ignore[arg-type]
    row.file_id, row.sha256, row.size = stored.id, stored.sha256, stored.size
    try:
        with transaction.atomic():
            document = numbered(
                archive.case, kind=ARCHIVE, obj_id=archive.pk, actor=actor, key=archive.pk, now=now
            )
            row.document = document
            row.save()
            Archive.objects.filter(pk=archive.pk).update(document=document)
    except BaseException:
        delete_file(stored.id)
        raise


def _pieces(case: Case, actor: Actor, now: datetime) -> list[Piece]:
    """The story first, then papers and evidence in the order in which they came."""
    paper = find_paper("timeline")
    assert paper is not None
    story = _draw(paper, case, case, actor, now)
    first = Piece("timeline.pdf", paper.title.zh, "", now, hashlib.sha256(story).hexdigest(), lambda: [story])
    return [first, *_papers(case, actor), *_evidence(case, actor)]


def _papers(case: Case, actor: Actor) -> Iterator[Piece]:
    files = DocumentFile.objects.filter(case=case).exclude(ending="zip").select_related("document__agency")
    for n, row in enumerate(files.order_by("document__created_at", "-ending"), 1):
        kind = find_paper(row.document.kind)
        title = kind.title.zh if kind else row.document.kind
        name = f"papers/{n:03}-{row.document.kind}.{row.ending}"
        yield Piece(
            name, title, row.document.number, row.created_at, row.sha256, _opened(row, row.file_id, actor)
        )


def _evidence(case: Case, actor: Actor) -> Iterator[Piece]:
    rows = case.evidences.exclude(file_id=None).order_by("created_at")
    for n, row in enumerate(rows, 1):
        with translation.override("zh-hans"):
            title = str(row.get_kind_display())
        name = f"evidence/{n:03}-{row.kind}.{ENDINGS.get(row.media_type, 'bin')}"
        yield Piece(name, title, row.kind, row.created_at, row.sha256, _opened(row, row.file_id, actor))


def _opened(row: Any, file_id: UUID, actor: Actor) -> Callable[[], Iterator[bytes]]:
    """The content of a sealed file, checked, after the reading was written down."""

    def content() -> Iterator[bytes]:
        record_read(
            actor=actor, action=Action.EXPORT, owner=row.case_id, table=row._meta.db_table, object_ids=[row.pk],
            fields=["file"], purpose=Purpose.DOCUMENT,
        )  # fmt: skip
        yield from verified(file_id, row, row.sha256)

    return content


def _entries(archive: Archive, pieces: list[Piece], actor: Actor, now: datetime) -> Iterator[Entry]:
    files = [
        {
            "n": n,
            "name": p.name,
            "title": p.title,
            "number": p.number,
            "at": timezone.localdate(p.at),
            "sha256": p.sha256,
        }
        for n, p in enumerate(pieces, 1)
    ]
    paper = Paper(ARCHIVE, Archive, builders.INDEX, lambda obj, reader: builders.index(obj, files))
    index = _draw(paper, archive, archive.case, actor, now)
    sums = [*((p.sha256, p.name) for p in pieces), (hashlib.sha256(index).hexdigest(), "index.pdf")]
    yield "index.pdf", [index]
    yield "SHA256SUMS", ["".join(f"{digest}  {name}\n" for digest, name in sums).encode()]
    for piece in pieces:
        yield piece.name, piece.content()
        Archive.objects.filter(pk=archive.pk).update(done=F("done") + 1)


def _draw(paper: Paper, obj: Any, case: Case, actor: Actor, now: datetime) -> bytes:
    agency = literal(case.agency.name)
    return to_pdf(make_form(paper, obj, reader=Reader(actor), agency=agency, number=case.reference, at=now))
