"""Making the copy of a file: scanned first, then taken apart. In the background, or when it is asked for before that."""

import time
from uuid import UUID

from django.db import transaction

from agencies.actor import SYSTEM
from casework.copies import NoCopy, copy_of
from casework.models import CopyState, Evidence, EvidenceCopy
from casework.scanner import NotScanned, is_clean
from privacy.errors import SealError
from privacy.filereader import SealedReader
from privacy.files import delete_file, drop_broken, seal_pieces

BROKEN_AFTER = 24 * 60 * 60
AT_ONCE = 20


@transaction.atomic
def ensure_copy(evidence: Evidence) -> EvidenceCopy:
    """The copy, made if it was not yet. Nobody sees anything here, so no reading is written down."""
    copy: EvidenceCopy = EvidenceCopy.objects.select_for_update().get(evidence=evidence)
    if copy.state != CopyState.WAITING:
        return copy
    assert evidence.file_id
    try:
        with SealedReader(evidence.file_id, evidence) as source:
            _make(copy, source, evidence.media_type)
    except NotScanned:
        return copy
    try:
        copy.acting(SYSTEM).save()
    except BaseException:
        if copy.file_id:
            delete_file(copy.file_id)
        raise
    return copy


def _make(copy: EvidenceCopy, source: SealedReader, kind: str) -> None:
    if not is_clean(source.pieces(0, source.size)):
        copy.state = CopyState.INFECTED
        return
    try:
        copy.media_type, pieces = copy_of(source, kind)
        stored = seal_pieces(pieces, copy)
    except NoCopy:
        copy.state = CopyState.NONE
        return
    copy.state, copy.file_id, copy.size = CopyState.READY, stored.id, stored.size


def ensure_copy_of(pk: UUID) -> None:
    evidence = Evidence.objects.filter(pk=pk).exclude(file_id=None).first()
    if evidence is not None:
        ensure_copy(evidence)


def ensure_copies() -> None:
    """What a lost message or a killed worker left; and what uploads left that broke off with their process."""
    drop_broken(time.time() - BROKEN_AFTER)
    for copy in EvidenceCopy.objects.filter(state=CopyState.WAITING).order_by("created_at")[:AT_ONCE]:
        try:
            ensure_copy_of(copy.evidence_id)
        except SealError:
            EvidenceCopy.objects.filter(pk=copy.pk).update(state=CopyState.NONE)
