"""Background work on cases. Ids only; what is done already is not done again."""

import time
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from casework.models import Archive
from casework.services import exports
from casework.services.archive import build_archive
from casework.services.copies import ensure_copies, ensure_copy_of
from casework.services.exports import make_export
from casework.services.lapsing import let_lapse
from casework.services.shredding import carry_out_due
from casework.services.stray_files import drop_strays
from workflow.alone import alone

DAY = 24 * 60 * 60


@shared_task(ignore_result=True)
def pack_archive(pk: str) -> None:
    """Delivered twice, or again while it still runs, it packs once."""
    with alone(f"archive {UUID(pk)}") as mine:
        if mine:
            build_archive(UUID(pk))


@shared_task(ignore_result=True)
def pack_waiting_archives() -> None:
    """Each minute: what was asked for while the broker was down, or by a worker that died."""
    for pk in Archive.objects.filter(document=None, failed=False).values_list("pk", flat=True):
        pack_archive(str(pk))


@shared_task(ignore_result=True)
def prepare_copy(pk: str) -> None:
    """The copy of one file of evidence."""
    ensure_copy_of(UUID(pk))


@shared_task(ignore_result=True)
def prepare_copies() -> None:
    """Each minute: the copies that are still missing."""
    ensure_copies()


@shared_task(ignore_result=True)
def drop_stray_files() -> None:
    """Each night: sealed files whose row was never written. No request takes a day."""
    drop_strays(time.time() - DAY)


@shared_task(ignore_result=True)
def make_an_export(pk: str) -> None:
    make_export(UUID(pk))


@shared_task(ignore_result=True)
def end_exports() -> None:
    """Each minute: what has run out goes; what no worker took up, or lost, is made."""
    exports.end_exports(timezone.now())
    for pk in exports.left_over(timezone.now()):
        make_export(pk)


@shared_task(ignore_result=True)
def carry_out_shreddings() -> None:
    """Every five minutes: what was approved and has waited its days; what is left of a run that was killed."""
    with alone("shredding") as mine:
        if mine:
            carry_out_due()


@shared_task(ignore_result=True)
def let_records_lapse() -> None:
    """Each night: calls, drafts and findings without a case whose time is over."""
    with alone("lapsing") as mine:
        if mine:
            let_lapse(timezone.now())
