"""Background work on cases. Ids only; what is done already is not done again."""

from uuid import UUID

from celery import shared_task

from casework.services.archive import build_archive
from casework.services.copies import ensure_copies, ensure_copy_of


@shared_task(ignore_result=True)
def pack_archive(pk: str) -> None:
    build_archive(UUID(pk))


@shared_task(ignore_result=True)
def prepare_copy(pk: str) -> None:
    """The copy of one file of evidence."""
    ensure_copy_of(UUID(pk))


@shared_task(ignore_result=True)
def prepare_copies() -> None:
    """Each minute: the copies that are still missing."""
    ensure_copies()
