"""Evidence: registered, hashed, sealed. The file is looked at before it is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.copies import NoCopy
from casework.copies.pictures import FORMATS, fits
from casework.media import kind_named
from casework.models import Case, CopyState, Evidence, EvidenceCopy
from casework.selectors import purpose_for
from casework.services.cases import reach
from casework.services.copies import ensure_copy
from casework.uploads import SealedUpload
from privacy.audit import Action, record_read
from privacy.filereader import SealedReader
from privacy.files import Arriving, TooLarge, delete_file
from workflow.errors import NotVisible
from workflow.when import When


class BadFile(ValidationError):
    """The file is none of the kinds that are kept."""


@dataclass(frozen=True)
class OpenedFile:
    """What may be given out, after the reading was written down."""

    media_type: str
    content: SealedReader


@transaction.atomic
def register_evidence(
    case: Case, *, actor: Actor, kind: str, title: str, note: str = "", original_held: bool = False,
    when: When | None = None, file: UploadedFile | None = None,
) -> Evidence:  # fmt: skip
    """One entry of the register, with or without a file."""
    files = [file] if file is not None else []
    facts: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "note": note or None,
        "original_held": original_held,
    }
    return register_files(case, actor=actor, when=when, files=files, **facts)[0]


@transaction.atomic
def register_files(
    case: Case, *, actor: Actor, title: str, files: Sequence[UploadedFile], when: When | None = None, **facts: Any
) -> list[Evidence]:  # fmt: skip
    """One entry for each file, or one without; all of them or none. What was stored of a refused one is gone."""
    case = reach(case, actor=actor)
    _within_quota(case, files)
    kept: list[Evidence] = []
    try:
        for n, file in enumerate(files or [None], 1):
            name = title if len(files) < 2 else f"{title}（{n}/{len(files)}）"
            row = Evidence(case=case, title=name, **facts)
            row.happened, row.registered_by_id = when or When.unknown(), actor.user_id
            kept.append(row)
            if file is not None:
                _keep_file(row, file)
            row.acting(actor).save()
            if file is not None:
                EvidenceCopy(case=case, evidence=row).acting(actor).save()
    except BaseException as refused:
        for row in kept:
            if row.file_id is not None:
                delete_file(row.file_id)
        if isinstance(refused, BadFile) and len(files) > 1:
            why = {"n": len(kept), "why": refused.messages[0]}
            raise BadFile(_("File %(n)d: %(why)s"), code=refused.code, params=why) from None
        raise
    return kept


def _within_quota(case: Case, files: Sequence[UploadedFile]) -> None:
    held = case.evidences.aggregate(all=Sum("size"))["all"] or 0
    if held + sum(file.size or 0 for file in files) > settings.EVIDENCE_MOST_PER_CASE:
        words = _(
            "The files of this case would exceed %(most)d GB. Nothing was stored. Ask the administrator."
        )
        most = settings.EVIDENCE_MOST_PER_CASE // 1024**3
        raise BadFile(words, code="quota", params={"most": most})


def _keep_file(row: Evidence, file: UploadedFile) -> None:
    arriving, name = _arrived(file), file.name or ""
    try:
        kind = kind_named(arriving.front, name)
        if kind is None:
            words = _(
                "This is no photo, audio, video or PDF file, or its name ends otherwise. Nothing was stored."
            )
            raise BadFile(words, code="kind")
        stored = arriving.keep(row)
    finally:
        arriving.drop()
    row.media_type, row.file_name = kind, name[:200] or None
    row.file_id, row.sha256, row.sm3, row.size = stored.id, stored.sha256, stored.sm3, stored.size
    if kind in FORMATS:
        with SealedReader(stored.id, row) as content:
            if not fits(content, kind):
                raise BadFile(_("The picture has too many pixels to be shown. Nothing was stored."), code="pixels")  # fmt: skip


def _arrived(file: UploadedFile) -> Arriving:
    """What was sealed on its way in; a file that came otherwise is sealed now."""
    if isinstance(file, SealedUpload):
        if file.arriving is None:
            raise BadFile(_("The file is too large. Nothing was stored."), code="size")
        return file.arriving
    arriving = Arriving(limit=settings.EVIDENCE_MOST_BYTES)
    try:
        for piece in file.chunks():
            arriving.write(piece)
    except TooLarge:
        raise BadFile(_("The file is too large. Nothing was stored."), code="size") from None
    return arriving


def evidence_file(row: Evidence, *, actor: Actor, original: bool = False, again: bool = False) -> OpenedFile:
    """The file, after the reading has been written down; `again`: a further part of what was written down just now.

    It comes without place, time and device unless the original is asked for; NoCopy where that cannot be done.
    """
    if row.file_id is None:
        raise NotVisible
    purpose = purpose_for(row.case, actor)
    Evidence.require_leave([row], actor=actor, purpose=purpose)
    copy = ensure_copy(row)
    if copy.state == CopyState.INFECTED or copy.state == CopyState.WAITING:
        raise NoCopy
    if not original and (copy.state != CopyState.READY or copy.file_id is None):
        raise NoCopy
    if not again:
        record_read(
            actor=actor, action=Action.FILE, owner=row.case_id, table=row._meta.db_table, object_ids=[row.pk],
            fields=["original" if original else "file"], purpose=purpose,
        )  # fmt: skip
    if original:
        return OpenedFile(row.media_type, SealedReader(row.file_id, row))
    assert copy.file_id
    return OpenedFile(copy.media_type, SealedReader(copy.file_id, copy))
