"""Background work on cases. Ids only; what is done already is not done again."""

from uuid import UUID

from celery import shared_task

from casework.services.archive import build_archive


@shared_task(ignore_result=True)
def pack_archive(pk: str) -> None:
    build_archive(UUID(pk))
