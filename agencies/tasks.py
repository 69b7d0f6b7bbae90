"""The beat of the reading register: chain, watch, sign, send, check. Tasks take no data and may run twice."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from agencies.watch import look
from privacy.census import cut, sign
from privacy.chain import LATE, seal
from privacy.chainrows import AuditChain
from privacy.checkpoints import checkpoint, known, push
from privacy.verify import Verdict, note, verify, verify_chain

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def seal_register() -> None:
    """Every two seconds: rows that stand get their place, and are looked at."""
    seal(timezone.now(), late=LATE, then=look)


@shared_task(ignore_result=True)
def sign_register() -> None:
    """Every minute: sign where the chains stand if there is enough that is new, and send what the sink has not got."""
    seal(timezone.now(), late=timedelta(days=1), then=look)
    checkpoint(timezone.now())
    push()


@shared_task(ignore_result=True)
def check_new_rows() -> None:
    """Every ten minutes: what was chained since the last check. What was found bad stays bad until a whole check."""
    for head in AuditChain.objects.filter(fault=""):
        found: Verdict = verify_chain(head.chain, after=head.verified)
        note(found, timezone.now())


@shared_task(ignore_result=True)
def check_register() -> None:
    """Every night: all of it, against what was signed; then the old versions of all rows, and a new count of them."""
    now, signed = timezone.now(), known()
    verify(now, signed)
    fewer = cut(signed)
    for table, upto in fewer:
        log.error("versions_cut table=%s upto=%s", table, upto)
    if not fewer:  # or the next count would take the cut for what there always was
        sign(now)
