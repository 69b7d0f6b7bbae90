"""Evidence: registered, hashed, sealed. The file is looked at before it is trusted."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.media import FRONT, kind_of
from casework.models import Case, Evidence
from casework.pictures import FORMATS, fits, plain
from casework.selectors import purpose_for
from casework.services.cases import reach
from privacy.audit import Action, record_read
from privacy.files import TooLarge, open_file, seal_file
from workflow.errors import NotVisible
from workflow.when import When


class BadFile(ValidationError):
    """The file is none of the kinds that are kept."""


@transaction.atomic
def register_evidence(
    case: Case, *, actor: Actor, kind: str, title: str, note: str = "", original_held: bool = False,
    when: When | None = None, file: UploadedFile | None = None,
) -> Evidence:  # fmt: skip
    """One entry of the register, with or without a file."""
    case = reach(case, actor=actor)
    row = Evidence(case=case, kind=kind, title=title, note=note or None, original_held=original_held)
    row.happened, row.registered_by_id = when or When.unknown(), actor.user_id
    if file is not None:
        _keep_file(row, file)
    row.acting(actor).save()
    return row


def _keep_file(row: Evidence, file: UploadedFile) -> None:
    kind = kind_of(file.read(FRONT))
    if kind is None:
        raise BadFile(_("This is no photo, audio, video or PDF file. Nothing was stored."), code="kind")
    file.seek(0)
    if kind in FORMATS and not fits(file.read()):
        raise BadFile(_("The picture has too many pixels to be shown. Nothing was stored."), code="pixels")
    file.seek(0)
    row.media_type, row.file_name = kind, file.name or None
    try:
        stored = seal_file(file, row, limit=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
    except TooLarge:
        raise BadFile(_("The file is too large. Nothing was stored."), code="size") from None
    row.file_id, row.sha256, row.size = stored.id, stored.sha256, stored.size


@transaction.atomic
def evidence_file(row: Evidence, *, actor: Actor, original: bool = False) -> Iterator[bytes]:
    """The clear content in pieces, after the reading has been written down.

    A picture comes without place, time and device unless the original is asked for; NoCopy where that cannot be done.
    """
    if row.file_id is None:
        raise NotVisible
    Evidence.require_leave([row], actor=actor, purpose=purpose_for(row.case, actor))
    record_read(
        actor=actor, action=Action.FILE, owner=row.case_id, table=row._meta.db_table, object_ids=[row.pk],
        fields=["original" if original else "file"], purpose=purpose_for(row.case, actor),
    )  # fmt: skip
    pieces = open_file(row.file_id, row)
    if original or not row.media_type.startswith("image/"):
        return pieces
    return iter([plain(b"".join(pieces), row.media_type)])
